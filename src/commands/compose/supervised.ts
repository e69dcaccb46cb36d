import { fileURLToPath } from 'node:url';
import { systemClock } from '../../core/adapters/clock/system.ts';
import { createSha256 } from '../../core/adapters/digest/sha256.ts';
import { openEventLog } from '../../core/adapters/event-log/open.ts';
import { createNodeLauncher } from '../../core/adapters/processes/node-launcher.ts';
import { openStore, openStoreReader } from '../../core/adapters/store/open.ts';
import { checkRun } from '../../core/adapters/store/rules.ts';
import type { Settings } from '../../core/config/settings.ts';
import { STAGE_NAMES } from '../../core/domain/events/channels.ts';
import type { RunIdentity } from '../../core/ports/store.ts';
import { createPatientReader } from '../../core/services/pipeline/patient-store.ts';
import { formatRunNote, parseRunNote } from '../../core/services/run-note.ts';
import { type Choice, choiceOf, packageVersion } from '../choice.ts';
import { defined } from '../defined.ts';
import { argumentsOf, type Flags } from '../flags.ts';
import { copyBeside } from '../log-copy.ts';
import { logToWrite } from '../log-source.ts';
import { createNotices, type Notices } from '../notices.ts';
import { runSettingsOf } from '../run-settings.ts';
import { groupsOf } from '../service-groups.ts';
import { runServices } from '../services-run.ts';
import { hasTerminal, tellLines, untilInterrupted } from '../terminal.ts';
import { configHashOf } from './config-hash.ts';
import { HALTED_BY } from './on-terminal.ts';
import { redisOf, storeOptionsOf } from './redis-of.ts';
import { openTraded } from './traded.ts';

const LAUNCHER = new URL('../../../bin/tradekit.js', import.meta.url);

/** Over Redis each service is a process; this one starts them, starts again who dies, and shows what they write. */
export async function superviseRun(flags: Flags, settings: Settings, isPlain: boolean): Promise<void> {
  const { signal } = untilInterrupted();
  const { url, shown } = redisOf(settings);
  const choice = choiceOf(settings);
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
    choice,
    openTraded: () => openTraded(settings),
    checkRun: (run, feed) =>
      checkRun(run, {
        id: settings.services.run ?? run.id,
        configHash: configHashOf(choice),
        feed: formatRunNote({ feed }),
      }),
    copyLog: () =>
      copyBeside({
        from: url,
        to: logToWrite({}, settings.services.mongo),
        openStore: (of) => openStoreReader(of, storeOptionsOf(settings)),
        openLog: openEventLog,
        clock: systemClock,
        signal,
        say: (line) => notices.say(`log: ${line}`),
      }),
    notices,
    dashboard:
      !isPlain && hasTerminal()
        ? (run, until, over) =>
            notices.whileShown(() => watchServices(run, choice, { url, notices, over }, until))
        : undefined,
    storeTimeoutMs: settings.services.storeTimeoutMs,
    createDigest: createSha256,
    codeVersion: packageVersion(),
    clock: systemClock,
    signal,
  });
}

/** The dashboard of the run that services make together. */
async function watchServices(
  run: RunIdentity,
  choice: Choice,
  { url, notices, over }: { readonly url: string; readonly notices: Notices; readonly over: AbortSignal },
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
    over,
  });
}
