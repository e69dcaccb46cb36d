import { TradekitError } from '../core/domain/error.ts';
import { BEFORE_ALL } from '../core/domain/events/position.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { RunIdentity, Store, StoreReader } from '../core/ports/store.ts';
import { followEvents } from '../core/services/follow-events.ts';
import { readStoreState } from '../core/services/follow-surroundings.ts';
import { parseRunNote, type RunNote } from '../core/services/run-note.ts';
import { createDashboard } from '../core/views/dashboard/controller.ts';
import type { RunSettings } from '../core/views/dashboard/fold/settings.ts';
import { FIRST_UI, type Ui, type View } from '../core/views/dashboard/ui.ts';
import type { Choice } from './choice.ts';
import { type Flags, textFlag } from './flags.ts';
import { runSettingsOf } from './run-settings.ts';
import { awaitRun } from './service-run.ts';
import { openRun, showDashboard } from './show-dashboard.ts';
import { hasTerminal, styleOf } from './terminal.ts';

export type DashRunJob = {
  readonly flags: Flags;
  readonly openReader: () => Promise<StoreReader>;
  readonly openStore: () => Promise<Store>;
  /** Where the store is, without a password. */
  readonly shown: string;
  /** The flags of the run's start, where they are kept, with those that were typed now. */
  readonly choose: (kept: Flags) => Choice;
  readonly configHashOf: (choice: Choice) => string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/** Watches a run on the terminal, or says once what there is to see. */
export async function dashRun(job: DashRunJob): Promise<void> {
  const isOnce = job.flags['once'] === true || job.flags['json'] === true;
  if (!isOnce && !hasTerminal()) throw noTerminal();
  await using reader = await job.openReader();
  const run = isOnce
    ? await reader.run()
    : await awaitRun('dash-tui', reader, job.shown, job.clock, job.signal);
  if (run === undefined) {
    if (isOnce) throw noRun(job.shown);
    return;
  }
  const settings = settingsOf(run, job);
  if (isOnce) return await tellOnce(reader, settings, job);
  await showDashboard({
    reader,
    settings,
    halt: () => halt(job),
    clock: job.clock,
    signal: job.signal,
    ui: uiOf(job.flags),
  });
}

/** The only thing that is ever written. */
async function halt({ openStore }: DashRunJob): Promise<void> {
  await using store = await openStore();
  await store.halt(`dash-tui, ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`);
}

/**
 * What the run trades by. Whether that is known here tells the fingerprint that the run was begun with: where it differs,
 * strategies are not judged again and limits are doubted.
 */
function settingsOf(run: RunIdentity, { choose, configHashOf }: DashRunJob): RunSettings {
  const { feed, flags = {} }: RunNote = parseRunNote(run.feed);
  const { choice, doubts } = chosen(
    () => choose(flags),
    () => choose({}),
  );
  const isKnown = doubts.length === 0 && configHashOf(choice) === run.configHash;
  const known = runSettingsOf(run.id, feed, choice);
  if (isKnown) return known;
  return {
    ...known,
    strategies: undefined,
    doubts: [...doubts, 'settings differ from the run’s: limits may, too'],
  };
}

/** A strategies file that is gone since must not keep anyone from looking. */
function chosen(
  kept: () => Choice,
  plain: () => Choice,
): { readonly choice: Choice; readonly doubts: readonly string[] } {
  try {
    return { choice: kept(), doubts: [] };
  } catch (error) {
    if (!(error instanceof TradekitError && error.code === 'CONFIG')) throw error;
    return { choice: plain(), doubts: [error.message] };
  }
}

async function tellOnce(reader: StoreReader, settings: RunSettings, { flags }: DashRunJob): Promise<void> {
  const run = openRun(settings);
  for await (const events of followEvents(reader, BEFORE_ALL, AbortSignal.abort())) run.take(events);
  run.onState(await readStoreState(reader));
  const { fold, around } = run;
  const dashboard = createDashboard({ fold, around, canHalt: false, onEffect: () => {}, ui: uiOf(flags) });
  if (flags['json'] === true) process.stdout.write(`${JSON.stringify(dashboard.figures, null, 2)}\n`);
  else process.stdout.write(`${dashboard.frame(paneOf(flags)).join('\n')}\n`);
}

function uiOf(flags: Flags): Ui {
  const view = textFlag(flags, 'view') as View | undefined; // commander knows the choices
  return { ...FIRST_UI, view: view ?? 'now', query: textFlag(flags, 'symbol') ?? '' };
}

const SMALLEST = { columns: 60, lines: 16 };

function paneOf(flags: Flags) {
  const { colour } = styleOf(process.stdout);
  const asked = textFlag(flags, 'size');
  if (asked === undefined) {
    const { columns = 80, rows = 25 } = process.stdout;
    return { width: columns, height: rows - 1, colour };
  }
  const [, columns, lines] = /^(\d{1,4})x(\d{1,4})$/.exec(asked) ?? [];
  if (Number(columns) >= SMALLEST.columns && Number(lines) >= SMALLEST.lines)
    return { width: Number(columns), height: Number(lines), colour };
  throw new TradekitError('CONFIG', `"${asked}" is no size of a picture.`, {
    hint: `Write columns, an x and lines, at least ${SMALLEST.columns}x${SMALLEST.lines}: 80x24.`,
  });
}

function noTerminal(): TradekitError {
  return new TradekitError('CONFIG', 'The dashboard needs a terminal to be shown on.', {
    hint: 'Print one picture with --once, or the same figures with --json.',
  });
}

function noRun(shown: string): TradekitError {
  return new TradekitError('CONFIG', `There is no run in "${shown}" yet.`, {
    hint: 'Start one: tradekit run-all',
  });
}
