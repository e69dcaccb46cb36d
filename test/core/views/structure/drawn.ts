import type { CandleColumns } from '../../../../src/core/domain/market/candle.ts';
import { type Study, type StudyInput, studyOf } from '../../../../src/core/domain/mse/study/study.ts';
import { createCostModel } from '../../../../src/core/domain/trading/costs/catalog.ts';
import type { Direction } from '../../../../src/core/domain/trading/plan.ts';
import { wordingOf } from '../../../../src/core/views/structure/draw-study.ts';
import { sentencesOf } from '../../../../src/core/views/structure/sentences.ts';
import { sayPlan, sayStamps } from '../../../../src/core/views/structure/vocabulary.ts';
import { columnsOf } from '../../../run-engine.ts';
import { PER_SESSION, type Prices, STEP, sessionAt } from '../../domain/structure/tape.ts';

/**
 * Tapes as one would draw them: legs of one point a candle. Each candle goes one point and reaches one further the way
 * it goes: a rise from 100 is [100, 102, 100, 101], a fall from 100 is [100, 100, 98, 99]. So every true range is 2, the
 * ATR is 2, a turn after a close at 108 is a pivot high at 109, and no leg leaves a gap. Candle i opens at i × 5 minutes
 * after midnight; a pivot on it is known 20 minutes after that; a session is 40 candles.
 */
export function legs(from: number, ...turns: readonly number[]): readonly Prices[] {
  const tape: Prices[] = [];
  let price = from;
  for (const turn of turns) {
    for (; price < turn; price += 1) tape.push([price, price + 2, price, price + 1]);
    for (; price > turn; price -= 1) tape.push([price, price, price - 2, price - 1]);
  }
  return tape;
}

export type Drawn = {
  readonly tape: readonly Prices[];
  readonly direction?: Direction;
  /** Instant of the decision, in candles; the end of the tape without. */
  readonly after?: number;
};

/** Prices x become 220 − x. */
export const MIRROR = 220;

export function mirrored({ tape, direction, ...drawn }: Drawn & { readonly direction: Direction }): Drawn {
  const turned = tape.map(
    ([open, high, low, close]): Prices => [MIRROR - open, MIRROR - low, MIRROR - high, MIRROR - close],
  );
  return { ...drawn, tape: turned, direction: direction === 'long' ? 'short' : 'long' };
}

/** Without costs and slippage, so that the plan can be reckoned by hand. */
export function studyOfTape({ tape, direction, after = tape.length }: Drawn): Study {
  const columns: CandleColumns = {
    ...columnsOf(
      'DRAWN',
      tape.map((prices, i) => [i * STEP, ...prices, Number.NaN]),
    ),
    volume: undefined,
  };
  const sessions = Array.from({ length: Math.ceil(tape.length / PER_SESSION) }, (_, i) =>
    sessionAt(i * PER_SESSION * STEP),
  );
  const input: StudyInput = {
    columns: [columns],
    sessions,
    symbol: 'DRAWN',
    baseTimeframeMs: STEP,
    timeframeMs: STEP,
    at: after * STEP,
    direction,
    costs: createCostModel('none'),
    fills: {
      model: 'neutral',
      slippage: { ticks: 0, bp: 0 },
      collarRatio: 0.25,
      marketLifeCandles: 2,
      entryLifeCandles: 10,
    },
    minRewardRisk: 1.5,
    stopDistanceRule: true,
    instrument: ({ symbol }) => ({ symbol, type: 'equity', tick: 0.01, lot: 1, decimals: 2 }),
  };
  const study = studyOf(input);
  if (study === undefined) throw new Error('The tape is too short.');
  return study;
}

/** The sentences as they are printed, their times behind them. */
export function saidOf(study: Study): readonly string[] {
  const wording = wordingOf(study, 'UTC');
  return sentencesOf(study, wording).map((sentence) => {
    const stamps = sayStamps(sentence, wording);
    return stamps === '' ? sentence.text : `${sentence.text} (${stamps})`;
  });
}

/** The plan as it is printed; of none the code. */
export function planOf({ outcome, ...study }: Study): string {
  if (outcome.plan === undefined) return outcome.refusal;
  return sayPlan(outcome.plan, study.direction, outcome.risk, wordingOf({ outcome, ...study }, 'UTC'));
}
