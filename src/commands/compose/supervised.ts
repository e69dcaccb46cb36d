import { fileURLToPath } from 'node:url';
import { systemClock } from '../../core/adapters/clock/system.ts';
import { createNodeLauncher } from '../../core/adapters/processes/node-launcher.ts';
import { openStore, openStoreReader } from '../../core/adapters/store/open.ts';
import type { Settings } from '../../core/config/settings.ts';
import { STAGE_NAMES } from '../../core/domain/events/channels.ts';
import type { RunIdentity } from '../../core/ports/store.ts';
import { createPatientReader } from '../../core/services/pipeline/patient-store.ts';
import { parseRunNote } from '../../core/services/run-note.ts';
import { type Choice, choiceOf } from '../choice.ts';
import { defined } from '../defined.ts';
import { argumentsOf, type Flags } from '../flags.ts';

import { createNotices, type Notices } from '../notices.ts';
import { runSettingsOf } from '../run-settings.ts';
import { groupsOf } from '../service-groups.ts';
import { runServices } from '../services-run.ts';
import { tellLines, untilInterrupted } from '../terminal.ts';
import { HALTED_BY, hasTerminal } from './on-terminal.ts';
import { redisOf, storeOptionsOf } from './redis-of.ts';

const LAUNCHER = new URL('../../../bin/tradekit.js', import.meta.url);

/** Over Redis each service is a process; this one starts them, starts again who dies, and shows what they write. */
export async function superviseRun(flags: Flags, settings: Settings, isPlain: boolean): Promise<void> {
  const { signal } = untilInterrupted();
  const { url, shown } = redisOf(settings);
  const choice = choiceOf(settings);
  const { market } = choice;
  const notices = createNotices(tellLines);
  await using reader = await openStoreReader(url, storeOptionsOf(settings));
  await runServices({
    reader,
    shown,
    services: [
      ...STAGE_NAMES.map((name) => ({
        name,
        args: [name, ...argumentsOf(flags, groupsOf(name), ['redis'])],
        argsAgain: ['--take-over'],
      })),
      { name: 'log', args: ['log', ...argumentsOf(flags, [], [])], argsAgain: [], looksOn: true },
    ],
    // URLs may bear passwords, and anyone sees a command line.
    launcher: createNodeLauncher(fileURLToPath(LAUNCHER), {
      TRADEKIT_REDIS: url,
      TRADEKIT_STORE_TIMEOUT: String(settings.services.storeTimeoutMs / 1000),
      ...defined({
        TRADEKIT_REDIS_CA: settings.services.redisCa,
        TRADEKIT_MONGO: settings.services.mongo,
      }),
    }),
    zone: market.calendar.zone,
    money: { currency: market.currency, minorDigits: market.minorDigits },
    notices,
    dashboard:
      !isPlain && hasTerminal()
        ? (run, until) => notices.whileShown(() => watchServices(run, choice, url, notices, until))
        : undefined,
    verbose: settings.replay.verbose,
    storeTimeoutMs: settings.services.storeTimeoutMs,
    clock: systemClock,
    signal,
  });
}

/** The dashboard of the run that services make together. */
async function watchServices(
  run: RunIdentity,
  choice: Choice,
  url: string,
  notices: Notices,
  signal: AbortSignal,
): Promise<void> {
  const { showDashboard } = await import('../show-dashboard.ts');
  const { storeTimeoutMs: timeoutMs } = choice.settings.services;
  const options = storeOptionsOf(choice.settings);
  await using reader = await openStoreReader(url, options);
  await showDashboard({
    // Who tells the run says it where the store is away.
    reader: createPatientReader(reader, { clock: systemClock, timeoutMs, signal, say: () => {} }),
    settings: runSettingsOf(run.id, parseRunNote(run.feed).feed, choice),
    notice: () => notices.newest,
    async halt() {
      await using store = await openStore(url, options);
      await store.halt(HALTED_BY);
    },
    clock: systemClock,
    signal,
  });
}
