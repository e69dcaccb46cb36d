import { describe, expect, it } from 'vitest';
import { type Column, cutRows, drawStacked, drawTable } from '../../../src/core/views/table.ts';
import { textWidth } from '../../../src/core/views/text-width.ts';

const COLUMNS: readonly Column[] = [
  { title: 'strategy', align: 'left', flexible: true },
  { title: 'trades', align: 'right' },
  { title: 'charges', align: 'right', dropRank: 2 },
  { title: 'net', align: 'right', dropRank: 1 },
];
const ROWS = [
  ['Opening-range breakout', '1,234', '12,345.00', { text: '-1,234.00', tone: 'bad' }],
  ['貴州茅台', '7', '1.00', '+2.00'],
] as const;

const at = (width: number, colour = false) => drawTable(COLUMNS, ROWS, { width, colour });

describe('tables', () => {
  it('align columns by what is seen, wide characters included', () => {
    expect(at(100)).toEqual([
      '  strategy                trades    charges        net',
      '  Opening-range breakout   1,234  12,345.00  -1,234.00',
      '  貴州茅台                     7       1.00      +2.00',
    ]);
  });

  it('drop the column of the highest rank when there is no room', () => {
    expect(at(50)[0]).toBe('  strategy                trades        net');
    expect(at(35)[0]).toBe('  strategy                trades');
  });

  it('cut names when nothing is left to drop, and never pass the width', () => {
    for (let width = 4; width < 60; width += 1) {
      for (const line of at(width)) expect(textWidth(line)).toBeLessThanOrEqual(width);
    }
    expect(at(24)[1]).toBe('  Opening…eakout   1,234');
  });

  it('drop a column before two names become one', () => {
    const rows = ['long', 'short'].map((end) => [`opening_range_breakout_${end}`, '1', '1.00', '-1.00']);
    expect(drawTable(COLUMNS, rows, { width: 46, colour: false })).toEqual([
      '  strategy              trades  charges    net',
      '  opening_ra…kout_long       1     1.00  -1.00',
      '  opening_ra…out_short       1     1.00  -1.00',
    ]);
    const twins = ['long', 'short'].map((side) => [
      `opening_range_${side}_and_breakout`,
      '1',
      '1.00',
      '-1.00',
    ]);
    expect(drawTable(COLUMNS, twins, { width: 51, colour: false })).toEqual([
      '  strategy                          trades    net',
      '  opening_range_long_and_breakout        1  -1.00',
      '  opening_range_short_and_breakout       1  -1.00',
    ]);
  });

  it('wrap sentences between words in their column, and cut nothing of them', () => {
    const columns: readonly Column[] = [
      { title: 'strategy', align: 'left', flexible: true },
      { title: 'reason', align: 'left', wraps: true },
      { title: 'held', align: 'right' },
    ];
    const rows = [
      ['A', 'rvol >= 2 (nothing traded before)', '0'],
      ['B', 'doji', '12'],
    ];
    // 2 + 8 + 2 + x + 2 + 4 = 40: 22 columns are left to the reasons, and "(nothing traded" is longer than the rest of its line
    expect(drawTable(columns, rows, { width: 40, colour: false })).toEqual([
      '  strategy  reason                  held',
      '  A         rvol >= 2 (nothing         0',
      '            traded before)',
      '  B         doji                      12',
    ]);
  });

  it('stack columns that have no room below the others, those that belong together in one block', () => {
    const columns: readonly Column[] = [
      { title: 'symbol', align: 'left', flexible: true },
      { title: 'rows', align: 'right' },
      { title: 'from', align: 'left' },
      { title: 'to', align: 'left', joined: true },
    ];
    const rows = [
      ['INFY', '375', '2015-07-06', '2015-07-10'],
      ['TCS', '1,125', '2015-07-07', '2015-07-09'],
    ];
    // 2 + 6 + 2 + 5 + 2 + 10 + 2 + 10 = 39
    const stacked = (width: number) => drawStacked(columns, rows, { width, colour: false });
    expect(stacked(39)).toEqual([
      '  symbol   rows  from        to',
      '  INFY      375  2015-07-06  2015-07-10',
      '  TCS     1,125  2015-07-07  2015-07-09',
    ]);
    expect(stacked(38)).toEqual([
      '  symbol   rows',
      '  INFY      375',
      '  TCS     1,125',
      '  symbol  from        to',
      '  INFY    2015-07-06  2015-07-10',
      '  TCS     2015-07-07  2015-07-09',
    ]);
  });

  it('paint only where colour is allowed', () => {
    const [, row = ''] = at(100, true);
    expect(row).toContain('\u001b[31m-1,234.00\u001b[39m');
    expect(at(100).join('')).not.toContain('\u001b');
  });

  it('show what a cell would do to a terminal', () => {
    const [, row] = drawTable(COLUMNS, [['\u001b[2J\u202eX', '1']], { width: 80, colour: false });
    expect(row).toContain('\\u{1b}[2J\\u{202e}X');
  });

  it('keep first and last rows of a long list and say how many are left out', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [String(i)]);
    expect(cutRows(rows, 6).map(([cell]) => (typeof cell === 'string' ? cell : cell?.text))).toEqual([
      '0',
      '1',
      '2',
      '3',
      '… and 14 more',
      '18',
      '19',
    ]);
    expect(cutRows(rows, 20)).toBe(rows);
  });
});
