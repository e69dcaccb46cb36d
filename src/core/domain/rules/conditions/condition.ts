import type { Cell } from '../cell.ts';
import type { Test } from '../truth.ts';

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

/** A line of the catalog of conditions. */
export type ConditionEntry = {
  readonly summary: string;
  /** True only at the close at which it comes about, so it looks one candle back. */
  readonly needsPrevious: boolean;
  /** May compare what is true or false. */
  readonly boolean: boolean;
  create(cells: OperandCells): Test;
};
