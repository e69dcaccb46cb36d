import { readCell, rowOf } from './cell.ts';
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
    return this.judge(
      readCell(left),
      readCell(right),
      readCell(upper),
      readCell(previousLeft),
      readCell(previousRight),
    );
  }

  rows(truths: Int8Array, count: number): void {
    const { judge } = this;
    const { left, right, upper, previousLeft, previousRight } = this.cells;
    const leftFrom = rowOf(left, count - 1);
    const rightFrom = rowOf(right, count - 1);
    const upperFrom = rowOf(upper, count - 1);
    const previousLeftFrom = rowOf(previousLeft, count - 1);
    const previousRightFrom = rowOf(previousRight, count - 1);
    const leftValues = left.column.values;
    const rightValues = right.column.values;
    const upperValues = upper.column.values;
    const previousLeftValues = previousLeft.column.values;
    const previousRightValues = previousRight.column.values;
    for (let i = 0; i < count; i += 1) {
      truths[i] = judge(
        leftValues[leftFrom + i * left.stride] ?? Number.NaN,
        rightValues[rightFrom + i * right.stride] ?? Number.NaN,
        upperValues[upperFrom + i * upper.stride] ?? Number.NaN,
        previousLeftValues[previousLeftFrom + i * previousLeft.stride] ?? Number.NaN,
        previousRightValues[previousRightFrom + i * previousRight.stride] ?? Number.NaN,
      );
    }
  }
}
