import { describe, expect, it } from 'vitest';
import type { CandleTape } from '../../../../src/core/domain/market/candle-tape.ts';
import type { CompiledRule, Frame } from '../../../../src/core/domain/rules/compile.ts';
import { FALSE, TRUE, type Truth, UNDEFINED } from '../../../../src/core/domain/rules/truth.ts';
import { FoldedRows } from '../../../../src/core/domain/screen/folded-rows.ts';
import { strategiesOf } from '../../../run-engine.ts';

/** Rows are folded 2,048 at a time: 5,000 of them end two blocks in full and one in part. */
const ROWS = 5000;

/** Only handed through: the rule drawn here reads no candle. */
const TAPE = {} as CandleTape;

/** True in [3, 5), over the first block's end [2040, 2060), from the second's first row on [4096, 4098), at the last row. */
const STRETCHES = [
  [3, 5],
  [2040, 2060],
  [4096, 4098],
  [4999, 5000],
] as const;

function truthAt(row: number): Truth {
  if (STRETCHES.some(([from, to]) => row >= from && row < to)) return TRUE;
  return row % 7 === 0 ? UNDEFINED : FALSE;
}

/** The rows at which a rule of this trigger comes true, as `nextTrue` gives them, block by block. */
function comesTrue(trigger: 'edge' | 'level', wasTrue: 0 | 1 = 0) {
  const [strategy] = strategiesOf([
    {
      strategy_name: 'drawn',
      entry_direction: 'LONG',
      timeframes: ['1m'],
      trigger,
      logic: { operator: 'AND', rules: [{ indicator: 'close', condition: '>', value: 1 }] },
    },
  ]);
  let folded = 0;
  const rule = {
    strategy,
    truths(truths: Int8Array, count: number) {
      for (let i = 0; i < count; i += 1) truths[i] = truthAt(folded - count + i);
    },
  } as unknown as CompiledRule;
  const frame = {
    rules: [rule],
    foldRows(_tape: unknown, _from: number, to: number) {
      folded = to;
    },
  } as unknown as Frame;
  const rows = new FoldedRows();
  const was = Uint8Array.of(wasTrue);
  const found: number[] = [];
  for (let row = 0; row < ROWS; row += 1) {
    while (rows.until <= row) rows.foldOn(frame, was, TAPE, ROWS);
    row = rows.nextTrue(row);
    if (row < rows.until) {
      expect(rows.isTrue(0, row)).toBe(true);
      found.push(row);
    } else row -= 1;
  }
  return { found, wasTrue: was[0] };
}

describe('rows folded in blocks', () => {
  it('an edge comes true once a stretch, also where the stretch goes on into the next block', () => {
    expect(comesTrue('edge').found).toEqual([3, 2040, 4096, 4999]);
  });

  it('a level is true at every row of each stretch', () => {
    const all = STRETCHES.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
    expect(comesTrue('level').found).toEqual(all);
  });

  it('what the rule said before the first row counts, and what it says at the last is handed on', () => {
    const { found, wasTrue } = comesTrue('edge', 1);
    expect(found).toEqual([3, 2040, 4096, 4999]); // row 0 is undefined: what was true before it has ended
    expect(wasTrue).toBe(1);
  });
});
