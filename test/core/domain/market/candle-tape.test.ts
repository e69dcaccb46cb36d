import { describe, expect, it } from 'vitest';
import { CandleTape } from '../../../../src/core/domain/market/candle-tape.ts';
import { columnsOf, MINUTE_MS } from '../../../run-engine.ts';

/** Minutes 0, 1, 3 and 4 of an hour. */
const MINUTES = [0, 1, 3, 4];
const tape = new CandleTape(
  columnsOf(
    'X',
    MINUTES.map((minute) => [minute * MINUTE_MS, 10, 12 + minute, 9, 11, 100]),
  ),
  2,
  MINUTE_MS,
);

describe('a tape', () => {
  it('reads a row into its one view', () => {
    const candle = tape.read(1, 2 * MINUTE_MS);
    expect(candle).toEqual({
      slot: 2,
      openAt: MINUTE_MS,
      closeAt: 2 * MINUTE_MS,
      open: 10,
      high: 13,
      low: 9,
      close: 11,
      volume: 100,
    });
    expect(tape.read(2, 4 * MINUTE_MS)).toBe(candle);
  });

  it('has no volume where the columns have none', () => {
    const { volume: _, ...columns } = columnsOf('X', [[0, 10, 12, 9, 11]]);
    const bare = new CandleTape({ ...columns, volume: undefined }, 0, MINUTE_MS);
    expect(bare.read(0, MINUTE_MS).volume).toBeNaN();
  });

  it.each([
    [0, 0, 4, 0],
    [1, 0, 4, 0],
    [1.5, 0, 4, 1],
    [2, 0, 4, 1],
    [2.5, 0, 4, 2],
    [3.5, 0, 4, 2],
    [9, 0, 4, 4],
    [9, 1, 3, 3],
    [1, 2, 4, 2],
  ])('finds the first row that closes from minute %d on, of rows %i to %i: %i', (minute, from, end, row) => {
    expect(tape.firstClosingFrom(minute * MINUTE_MS, from, end)).toBe(row);
  });
});
