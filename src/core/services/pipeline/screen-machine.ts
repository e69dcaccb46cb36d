import type { Mark, TradekitEvent } from '../../domain/events/events.ts';
import { BEFORE_ALL, endOfInstant, RANK } from '../../domain/events/position.ts';
import type { Candle } from '../../domain/market/candle.ts';
import { createScreen } from '../../domain/screen/screen.ts';
import type { Feed } from '../../ports/feed.ts';
import { createCandleEvents } from './candle-events.ts';
import type { PipelineSetup } from './setup.ts';
import type { PlacedEvent, StageMachine, Step } from './stage-machine.ts';

/** Instants that the screen may be ahead of execution: enough that nobody waits for the wire, few enough to hold. */
const WINDOW = 500;
/** Instants in one commit. */
const BATCH = 200;

export type ScreenMachineOptions = { readonly feed: Feed; readonly window?: number; readonly batch?: number };

/** Numbers the instants of the feed, and publishes their candles, marks and signals. */
export function createScreenMachine(
  setup: PipelineSetup,
  { feed, window = WINDOW, batch = BATCH }: ScreenMachineOptions,
): StageMachine {
  const screen = createScreen({ ...setup, symbols: setup.instruments, traces: true });
  const candleEvents = createCandleEvents(setup);
  let n = 0;
  let ended = false;
  let placed: PlacedEvent[] = [];

  function put(rank: number, i: number, event: TradekitEvent): void {
    placed.push({ position: { n, rank, i }, event });
  }

  function instant(at: number, candles: readonly Candle[], count: number, marks: readonly Mark[]): void {
    n += 1;
    for (let i = 0; i < count; i += 1) {
      const candle = candles[i];
      if (candle === undefined) continue;
      put(RANK.feed, i, candleEvents.event(candle));
      screen.onCandle(candle, at);
    }
    marks.forEach((mark, i) => {
      put(RANK.feed, count + i, mark);
    });
    screen.evaluate(at).forEach((signal, i) => {
      put(RANK.signals, i, signal);
    });
    for (const mark of marks) {
      screen.onMark(mark);
      if (mark.type === 'FEED_ENDED') ended = true;
    }
  }

  return {
    name: 'screen',
    sources: [{ channels: [], stage: 'exec' }],
    take() {},
    get ended() {
      return ended;
    },
    async next([execution = BEFORE_ALL], signal): Promise<Step | undefined> {
      // Execution's mark never stands before it has met its instant.
      const room = execution.n + window - n;
      if (ended || room <= 0 || !(await feed.ready(signal))) return undefined;
      if (feed.run({ instant }, Math.min(room, batch)) === 0) return undefined;
      const events = placed;
      placed = [];
      return { to: endOfInstant(n), events, writes: [], acceptsEntries: false };
    },
  };
}
