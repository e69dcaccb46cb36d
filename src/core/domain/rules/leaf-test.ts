import { readCell, rowsOf } from './cell.ts';
import type { Judge, OperandCells } from './conditions/condition.ts';
import type { Test, Truth } from './truth.ts';

/** A condition upon its operands. */
export function createLeafTest(judge: Judge, cells: OperandCells): Test {
  return new LeafTest(judge, cells);
}

/** A class, as most of a screen's time goes into its loop. */
class LeafTest implements Test {
  private readonly judge: Judge;
  private readonly cells: OperandCells;

  constructor(judge: Judge, cells: OperandCells) {
    this.judge = judge;
    this.cells = cells;
  }

  now(): Truth {
    const { left, right, upper, previousLeft, previousRight } = this.cells;
    const leftNow = readCell(left);
    const rightNow = readCell(right);
    // Most conditions read two of the five: the others then are the same cells.
    return this.judge(
      leftNow,
      rightNow,
      upper === right ? rightNow : readCell(upper),
      previousLeft === left ? leftNow : readCell(previousLeft),
      previousRight === right ? rightNow : readCell(previousRight),
    );
  }

  rows(truths: Int8Array, count: number): void {
    const { judge } = this;
    const { left, right, upper, previousLeft, previousRight } = this.cells;
    const lefts = rowsOf(left, count);
    const rights = rowsOf(right, count);
    const uppers = rowsOf(upper, count);
    const previousLefts = rowsOf(previousLeft, count);
    const previousRights = rowsOf(previousRight, count);
    for (let i = 0; i < count; i += 1) {
      truths[i] = judge(
        lefts[i] ?? Number.NaN,
        rights[i] ?? Number.NaN,
        uppers[i] ?? Number.NaN,
        previousLefts[i] ?? Number.NaN,
        previousRights[i] ?? Number.NaN,
      );
    }
  }
}
