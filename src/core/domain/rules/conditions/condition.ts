import type { Cell } from '../cell.ts';
import type { Truth } from '../truth.ts';

/** The operands of one condition: their cells now, and one candle before. */
export type OperandCells = {
  readonly left: Cell;
  readonly right: Cell;
  /** `between`: the upper end. */
  readonly upper: Cell;
  /** Given where the condition `needsPrevious`. */
  readonly previousLeft: Cell;
  readonly previousRight: Cell;
};

/** The condition upon numbers, NaN for undefined. Five arguments and no object: it is asked at every candle. */
export type Judge = (
  left: number,
  right: number,
  upper: number,
  previousLeft: number,
  previousRight: number,
) => Truth;

/** A line of the catalog of conditions. */
export type ConditionEntry = {
  readonly summary: string;
  /** True only at the close at which it comes about, so it looks one candle back. */
  readonly needsPrevious: boolean;
  /** May compare what is true or false. */
  readonly boolean: boolean;
  readonly judge: Judge;
};
