import { sessionOf } from '../../events/marks.ts';
import { vwap } from '../../indicators/vwap.ts';
import type { CandleColumns } from '../../market/candle.ts';
import type { Instrument } from '../../market/instrument.ts';
import type { Session } from '../../market/session.ts';
import { createReplay } from '../../replay.ts';
import type { Strategy } from '../../rules/strategy.ts';
import { createMse, type Mse, type MseOptions } from '../mse.ts';
import type { Timing } from './known.ts';
import { createObservation, type Observation } from './observe.ts';

/** What stands for the name of a strategy where none asks. */
export const STUDY = 'mse --test';

type FoldInput = Timing &
  Pick<MseOptions, 'costs' | 'fills' | 'minRewardRisk' | 'stopDistanceRule'> & {
    readonly columns: readonly CandleColumns[];
    readonly instrument: Instrument;
    readonly timeframeMs: number;
  };

/** The engine as it stood, what it said on the way, and the session of its last candle. */
export type Folded = { readonly mse: Mse; readonly seen: Observation; readonly session: Session | undefined };

/** Feeds the engine the instants of all symbols up to `at` in the engine's order: candles, the clock, marks. */
export function foldUntil(at: number, input: FoldInput): Folded {
  const { columns, instrument } = input;
  const slot = columns.findIndex(({ symbol }) => symbol === instrument.symbol);
  const seen = createObservation();
  const average = createSessionAverage();
  const mse = createMse({
    ...input,
    instruments: columns.map(({ symbol }) => ({ ...instrument, symbol })),
    strategies: [strategyOf(input)],
    explains: true,
    onStructure: seen.onStructure,
    onFolded: (candle, closedAt, structure) =>
      seen.onFolded(candle, closedAt, structure, average.next(candle)),
  });
  let session: Session | undefined;
  createReplay(input).run({
    instant(now, candles, count, marks) {
      for (let i = 0; i < count; i += 1) {
        const candle = candles[i];
        if (candle === undefined || candle.slot !== slot) continue;
        average.meet(candle.openAt);
        mse.onCandle(candle, now);
      }
      mse.endInstant(now);
      for (const mark of marks) {
        mse.onMark(mark);
        if (mark.type !== 'SESSION_OPENED') continue;
        session = sessionOf(mark);
        average.startSession(session, mark.at <= mark.openAt);
      }
    },
  });
  mse.endInstant(at);
  return { mse, seen, session };
}

/** Leaves its whole plan to structure. */
function strategyOf({ instrument, timeframeMs }: FoldInput): Strategy {
  return {
    place: 0,
    name: STUDY,
    direction: 'long',
    timeframesMs: [timeframeMs],
    symbols: [instrument.symbol],
    session: undefined,
    trigger: 'level',
    logic: { operator: 'AND', rules: [] },
    plan: { entry: 'market' },
    risk: {},
  };
}

/** VWAP; of a symbol whose data begins inside a session, only from the next one on. */
function createSessionAverage() {
  const average = vwap.create({}, 'close');
  let session: Session | undefined;
  let isMet = false;
  return {
    startSession(next: Session, complete: boolean): void {
      session = next;
      average.startSession?.(next, complete);
    },
    meet(openAt: number): void {
      if (!isMet && session !== undefined && openAt > session.openAt) average.startSession?.(session, false);
      isMet = true;
    },
    next(candle: Parameters<typeof average.next>[0]): number {
      average.next(candle);
      return average.out[0] ?? Number.NaN;
    },
  };
}
