import { systemClock } from '../../core/adapters/clock/system.ts';
import { type OpenStore, openStore } from '../../core/adapters/store/open.ts';
import type { Settings } from '../../core/config/settings.ts';
import type { StageName } from '../../core/domain/events/channels.ts';
import type { Feed } from '../../core/ports/feed.ts';
import type { RunIdentity, StoreReader } from '../../core/ports/store.ts';
import { createExecMachine } from '../../core/services/pipeline/exec-machine.ts';
import { createMseMachine } from '../../core/services/pipeline/mse-machine.ts';
import { createPatientReader } from '../../core/services/pipeline/patient-store.ts';
import { createRiskMachine } from '../../core/services/pipeline/risk-machine.ts';
import { createScreenMachine } from '../../core/services/pipeline/screen-machine.ts';
import { formatRunNote, parseRunNote } from '../../core/services/run-note.ts';
import { createTickShow } from '../../core/services/tick-show.ts';
import { choiceOf, nameOf, settingsOf } from '../choice.ts';
import type { Flags } from '../flags.ts';
import { awaitRun, runService, say } from '../service-run.ts';
import { setupOf } from '../setup.ts';
import { untilInterrupted } from '../terminal.ts';
import { configHashOf } from './config-hash.ts';
import { redisOf, storeOptionsOf } from './redis-of.ts';
import { openTraded, paced, type Traded } from './traded.ts';

/** One service of the pipeline over Redis. */
export async function runServiceOf(name: StageName, flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const { signal } = untilInterrupted();
  const { url, shown } = redisOf(settings);
  const { takeOver, storeTimeoutMs } = settings.services;
  await using store = await openStore(url, storeOptionsOf(settings));
  const common = { name, store, shown, takeOver, storeTimeoutMs, clock: systemClock, signal };
  if (name === 'screen') {
    const traded = await openTraded(settings, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (traded === undefined) return say(name, 'stopped while the candles were read.');
    const setup = setupOf(traded.choice, traded.feed);
    await using feed = withTicks(await traded.openFeed(), store);
    const run = await runOf(store, settings, traded);
    await runService({
      ...common,
      run,
      create: ({ n }) => createScreenMachine(setup, { feed: paced(feed, settings, n) }),
    });
    return;
  }
  const choice = choiceOf(settings);
  const patient = createPatientReader(store, {
    clock: systemClock,
    timeoutMs: storeTimeoutMs,
    signal,
    say: (line) => say(name, line),
  });
  const begun = await awaitRun(name, patient, shown, systemClock, signal);
  if (begun === undefined) return say(name, 'stopped before a run had begun.');
  const setup = setupOf(choice, parseRunNote(begun.feed).feed);
  const run = { ...begun, configHash: configHashOf(choice) };
  await runService({ ...common, run, create: () => MACHINES[name](setup) });
}

/** Where others can watch the store they can watch the ticks, too. */
function withTicks(feed: Feed, { publishTick }: OpenStore): Feed {
  if (publishTick === undefined) return feed;
  return createTickShow(feed, { publishTick }, (error) => {
    say('screen', `no ticks are shown: ${error instanceof Error ? error.message : String(error)}`);
  });
}

const MACHINES = { mse: createMseMachine, risk: createRiskMachine, exec: createExecMachine };

/** A run that the store holds is gone on with where it has the same feed; else screen begins a new one. */
async function runOf(
  store: StoreReader,
  { services }: Settings,
  { choice, feed }: Traded,
): Promise<RunIdentity> {
  const held = await store.run();
  const id = services.run ?? held?.id ?? nameOf(new Date());
  return { id, configHash: configHashOf(choice), feed: formatRunNote({ feed }) };
}
