import type { StudyCandle } from '../../domain/mse/study/observe.ts';
import type { Study } from '../../domain/mse/study/study.ts';
import { formatPrice } from '../numbers.ts';
import type { Style } from '../style.ts';
import { type LevelLine, linesOf } from './levels.ts';
import { createScale, type Scale } from './scale.ts';

/** Where everything of a chart goes. */
export type Frame = {
  readonly candles: readonly StudyCandle[];
  readonly scale: Scale;
  /** Columns of the plot; right of it stands the price axis. */
  readonly columns: number;
  readonly lines: readonly LevelLine[];
  /** Column of the `index`-th candle shown. */
  columnOf(index: number): number;
  /** Column of the candle that opened at `at` or was the last before it: 0 where that is not shown. */
  columnAt(at: number): number;
  /** First column right of the last candle, where orders are drawn. */
  readonly ahead: number;
};

const TAG_COLUMNS = 11;
/** Right of the last candle. */
const AHEAD_COLUMNS = 6;
/** From so many columns on a candle gets two: one for itself, one for air. */
const WIDE = 120;
/** The picture may grow to so many times the candles' own range to show the plan and the nearest levels. */
const MOST_GROWTH = 2;

export function frameOf(study: Study, style: Style): Frame {
  const { instrument } = study;
  const lines = linesOf(study);
  const columns = style.width - priceColumns(study) - TAG_COLUMNS - 3;
  const stride = columns >= WIDE ? 2 : 1;
  const candles = study.candles.slice(-Math.max(1, Math.floor((columns - AHEAD_COLUMNS) / stride)));
  const columnOf = (index: number): number => index * stride;
  const rows = Math.max(16, Math.min(28, Math.round(columns / 3)));
  const [low, high] = rangeOf(study, candles);
  return {
    candles,
    scale: createScale(low, high, rows, instrument.tick),
    columns,
    lines,
    columnOf,
    columnAt: (at) =>
      columnOf(
        Math.max(
          0,
          candles.findLastIndex(({ openAt }) => openAt <= at),
        ),
      ),
    ahead: columnOf(candles.length - 1) + 1,
  };
}

export function priceColumns({ candles, instrument }: Study): number {
  const widths = candles.map(({ high }) => formatPrice(high, instrument.decimals).length);
  return Math.max(6, ...widths);
}

function rangeOf(study: Study, candles: readonly StudyCandle[]): readonly [low: number, high: number] {
  const low = Math.min(...candles.map((candle) => candle.low));
  const high = Math.max(...candles.map((candle) => candle.high));
  const room = ((high - low || study.instrument.tick) * (MOST_GROWTH - 1)) / 2;
  const wanted = wantedPrices(study).filter((price) => price >= low - room && price <= high + room);
  return [Math.min(low, ...wanted), Math.max(high, ...wanted)];
}

function wantedPrices({ outcome: { plan }, untaken }: Study): readonly number[] {
  const nearest = [untaken.above[0], untaken.below[0]].flatMap((level) => level?.level ?? []);
  if (plan === undefined) return nearest;
  return [...nearest, plan.stop, plan.entry.price, ...plan.targets.map(({ price }) => price)];
}
