import { setImmediate as nextTurn } from 'node:timers/promises';
import { TradekitError } from '../core/domain/error.ts';
import { STAGE_NAMES } from '../core/domain/events/channels.ts';
import { decode } from '../core/domain/events/decode.ts';
import { BEFORE_ALL } from '../core/domain/events/position.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { StoredEvent, StoreReader } from '../core/ports/store.ts';
import { followEvents } from '../core/services/follow-events.ts';
import { followStoreState, readStoreState, type StoreState } from '../core/services/follow-surroundings.ts';
import { createGate, type Gate } from '../core/services/gate.ts';
import { createDashboard, type Dashboard } from '../core/views/dashboard/controller.ts';
import type { ServiceState, Surroundings } from '../core/views/dashboard/figures.ts';
import { createRunFold, type FoldedEvent, type RunFold } from '../core/views/dashboard/fold/run-fold.ts';
import type { RunSettings } from '../core/views/dashboard/fold/settings.ts';
import type { Effect } from '../core/views/dashboard/keys.ts';
import type { Notice } from '../core/views/dashboard/notice.ts';
import { FIRST_UI, type Ui } from '../core/views/dashboard/ui.ts';
import { defined } from './defined.ts';
import { passKeysOn } from './early-keys.ts';
import { styleOf } from './terminal.ts';
import { openTerminalScreen, type TerminalScreen } from './terminal-screen.ts';

export type DashboardJob = {
  readonly reader: StoreReader;
  readonly settings: RunSettings;
  /** Where the run itself can be paused: `p` closes it. Absent where only the display can. */
  readonly replay?: Gate | undefined;
  /** Sets the kill switch; absent where the dashboard only looks. */
  readonly halt?: () => Promise<void>;
  /** The newest thing that was said of the run beside its events. */
  readonly notice?: () => Notice | undefined;
  readonly clock: Clock;
  /** Ends it, as `q` does. */
  readonly signal: AbortSignal;
  /** The run is over, and its process waits: aborts where it stays for a last look. */
  readonly over?: AbortSignal;
  readonly ui?: Ui;
};

/** Pictures a second, at most; keys are answered at once. */
const REDRAW_MS = 100;
const LOOK_MS = 500;
/** Ages of heartbeats and of the feed go on where nothing happens. */
const AGE_MS = 1000;

/** Shows a run on the terminal until `q`, Ctrl-C or the signal, and leaves the terminal as it was. */
export async function showDashboard(job: DashboardJob): Promise<void> {
  if (job.signal.aborted) return;
  const ending = new AbortController();
  const signal = AbortSignal.any([job.signal, ending.signal]);
  const run = openRun(job.settings);
  const display = createGate();
  const gate = job.replay ?? display;
  const dashboard = createDashboard({
    fold: run.fold,
    around: run.around,
    canHalt: job.halt !== undefined,
    pauses: job.replay === undefined ? 'display' : 'run',
    ...defined({ notice: job.notice }),
    isOver: () => job.over?.aborted === true,
    onEffect,
    ui: job.ui ?? FIRST_UI,
  });

  function onEffect(effect: Effect): void {
    if (effect === 'quit') ending.abort();
    else if (effect === 'step') gate.step();
    else job.halt?.().then(look, fail);
  }

  /** What was done is seen at once. */
  async function look(): Promise<void> {
    run.onState(await readStoreState(job.reader));
    dashboard.refresh();
  }

  let failure: { readonly error: unknown } | undefined;
  function fail(error: unknown): void {
    failure ??= { error };
    ending.abort();
  }

  run.onState(await readStoreState(job.reader));
  const hangUp = (): void => ending.abort();
  process.on('SIGHUP', hangUp);
  using screen = openTerminalScreen(process.stdout);
  const drawing = draw(dashboard, screen, job.clock, signal, run);
  const following = follow(job.reader, run, display, signal);
  const looking = followStoreState(job.reader, job.clock, signal, LOOK_MS, run.onState);
  const unsubscribe = dashboard.subscribe(() => gate.set(dashboard.ui.isPaused));
  for (const work of [drawing, following, looking]) work.catch(fail);
  await Promise.allSettled([drawing, following, looking]);
  unsubscribe();
  process.off('SIGHUP', hangUp);
  if (failure !== undefined) {
    screen[Symbol.dispose]();
    throw failure.error;
  }
}

/** A run as it is known so far, and whether there is something new to show. */
type OpenRun = {
  readonly fold: RunFold;
  readonly around: () => Surroundings;
  readonly onState: (state: StoreState) => void;
  readonly take: (events: readonly StoredEvent[]) => void;
  /** True once after something has changed. */
  readonly hasNews: () => boolean;
};

export function openRun(settings: RunSettings): OpenRun {
  const fold = createRunFold(settings);
  let state: StoreState | undefined;
  let unreadable = 0;
  let news = true;

  function read({ line, position, recordedAt }: StoredEvent): readonly FoldedEvent[] {
    try {
      return [{ n: position.n, event: decode(line), recordedAt }];
    } catch (error) {
      if (!(error instanceof TradekitError && error.code === 'DATA')) throw error;
      unreadable += 1;
      return [];
    }
  }

  return {
    fold,
    around: () => ({ services: servicesOf(state), halted: state?.halted, now: Date.now(), unreadable }),
    onState(now) {
      state = now;
      news = true;
    },
    take(events) {
      fold.take(events.flatMap(read));
      news = true;
    },
    hasNews() {
      const had = news;
      news = false;
      return had;
    },
  };
}

function servicesOf(state: StoreState | undefined): Surroundings['services'] {
  const of = (name: (typeof STAGE_NAMES)[number]): ServiceState => ({
    beatMs: state?.beats[name],
    done: state?.done[name].n ?? 0,
  });
  const [screen, mse, risk, exec] = STAGE_NAMES;
  return { [screen]: of(screen), [mse]: of(mse), [risk]: of(risk), [exec]: of(exec) };
}

/** Folds events as they become final; while paused they stay in the store. */
async function follow(reader: StoreReader, run: OpenRun, gate: Gate, signal: AbortSignal): Promise<void> {
  for await (const events of followEvents(reader, BEFORE_ALL, signal)) {
    let left = events;
    while (left.length > 0 && !signal.aborted) {
      const count = (await gate.pass(signal)) === 'all' ? left.length : instantLength(left);
      run.take(left.slice(0, count));
      left = left.slice(count);
    }
    if (signal.aborted) return;
    // A store in a file answers without waiting: keys and pictures get their turn here.
    await nextTurn();
  }
}

function instantLength(events: readonly StoredEvent[]): number {
  const next = events.findIndex(({ position }) => position.n !== events[0]?.position.n);
  return next === -1 ? events.length : next;
}

/** The first picture at once, by hand; ink takes over as soon as it is there. */
async function draw(
  dashboard: Dashboard,
  screen: TerminalScreen,
  clock: Clock,
  signal: AbortSignal,
  run: OpenRun,
): Promise<void> {
  const { colour } = styleOf(process.stdout);
  const size = () => ({ columns: process.stdout.columns, rows: process.stdout.rows });
  const paintByHand = (): void => {
    const { columns, rows } = size();
    screen.paint(dashboard.frame({ width: columns, height: rows, colour }));
  };
  const byHand = dashboard.subscribe(paintByHand);
  paintByHand();
  const { openInkScreen } = await loadInk();
  byHand();
  if (signal.aborted) return;
  passKeysOn();
  // What a key asks for is painted at once: ink takes several times as long to say the same.
  const ink = openInkScreen(dashboard, screen, size(), colour, paintByHand);
  const resize = (): void => {
    screen.forget();
    ink.resize(size());
  };
  process.stdout.on('resize', resize);
  const refreshing = refresh(dashboard, run, clock, signal).finally(() => ink.end());
  await Promise.all([ink.ended, refreshing]).finally(() => process.stdout.off('resize', resize));
}

/** React's other build measures itself without end, which takes memory and time. */
async function loadInk() {
  process.env['NODE_ENV'] ??= 'production';
  return import('./ink-screen.tsx');
}

async function refresh(dashboard: Dashboard, run: OpenRun, clock: Clock, signal: AbortSignal): Promise<void> {
  let drawnAt = clock.now();
  while (!signal.aborted) {
    await clock.sleep(REDRAW_MS, signal);
    if (!run.hasNews() && clock.now() - drawnAt < AGE_MS) continue;
    drawnAt = clock.now();
    dashboard.refresh();
  }
}
