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
/** Beyond the candles this many times their own range may be shown, for the plan's sake; half as much for a level's. */
const MOST_ROOM = 1.5;

export function frameOf(study: Study, style: Style): Frame {
  const { instrument } = study;
  const lines = linesOf(study);
  const columns = style.width - priceColumns(study) - TAG_COLUMNS - 3;
  const stride = columns >= WIDE ? 2 : 1;
  const candles = study.candles.slice(-Math.max(1, Math.floor((columns - AHEAD_COLUMNS) / stride)));
  const columnOf = (index: number): number => index * stride;
  const rows = Math.max(16, Math.min(28, Math.round(columns / 3)));
  const [low, high] = rangeOf(study, candles, rows);
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

/** With a row to spare above and below, for the names of swings. */
function rangeOf(
  { outcome: { plan }, untaken, instrument }: Study,
  candles: readonly StudyCandle[],
  rows: number,
): readonly [low: number, high: number] {
  const low = Math.min(...candles.map((candle) => candle.low));
  const high = Math.max(...candles.map((candle) => candle.high));
  const room = MOST_ROOM * Math.max(high - low, instrument.tick);
  const within = (price: number, most: number): boolean => price >= low - most && price <= high + most;
  const orders = plan === undefined ? [] : [plan.stop, ...plan.targets.map(({ price }) => price)];
  const nearest = [untaken.above[0], untaken.below[0]].flatMap((level) => level?.level ?? []);
  const wanted = [
    ...orders.filter((price) => within(price, room)),
    ...nearest.filter((price) => within(price, room / 2)),
  ];
  const [from, to] = [Math.min(low, ...wanted), Math.max(high, ...wanted)];
  const spare = Math.max(to - from, instrument.tick) / (rows - 2);
  return [from - spare, to + spare];
}
