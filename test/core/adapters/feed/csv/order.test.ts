import { describe, expect, it } from 'vitest';
import { createCandleRows } from '../../../../../src/core/adapters/feed/csv/candle-rows.ts';
import { inOrder } from '../../../../../src/core/adapters/feed/csv/order.ts';

const ROWS = 200_000; // more than three runs of 65,536, so that runs of two lengths are merged
const STEP = 7_919; // has no divisor in common with 100,000: each remainder comes up

/** Each of 100,000 times twice, from all over the day; lines tell which came first. */
function shuffled() {
  const rows = createCandleRows(false, ROWS);
  for (let i = 0; i < ROWS; i++) {
    rows.at[i] = (i * STEP) % (ROWS / 2);
    rows.open[i] = i;
    rows.line[i] = i + 1;
  }
  rows.length = ROWS;
  return rows;
}

describe('rows in order', () => {
  it('are by time, those of one time in the order of the file, each with its own values', async () => {
    const { at, open, line } = await inOrder(shuffled(), new AbortController().signal);
    let wrong = 0;
    for (let i = 0; i < ROWS; i++) {
      const isSecond = i % 2 === 1;
      const first = (line[i] ?? 0) <= ROWS / 2;
      if (at[i] !== Math.floor(i / 2) || first === isSecond || open[i] !== (line[i] ?? 0) - 1) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it('are given up where the signal aborts while they are sorted', async () => {
    const ending = new AbortController();
    const sorting = inOrder(shuffled(), ending.signal);
    setImmediate(() => ending.abort(new Error('enough')));
    await expect(sorting).rejects.toThrow('enough');
  });
});
