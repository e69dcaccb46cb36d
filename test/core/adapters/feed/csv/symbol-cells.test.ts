import { expect, it } from 'vitest';
import { createSymbolCells } from '../../../../../src/core/adapters/feed/csv/symbol-cells.ts';

it('knows a symbol again after the block it stood in was overwritten', () => {
  const asked: string[] = [];
  const cells = createSymbolCells((symbol) => asked.push(symbol));
  const block = Buffer.from('ACME,DULL');
  expect(cells.keptOf(block, 0, 4)).toBe(1);
  expect(cells.keptOf(block, 5, 9)).toBe(2);
  block.write('....,ACME');
  expect(cells.keptOf(block, 5, 9)).toBe(1);
  expect(asked).toEqual(['ACME', 'DULL']);
});
