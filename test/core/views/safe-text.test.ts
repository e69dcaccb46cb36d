import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../../../src/core/views/safe-text.ts';

describe('text of others', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['A\nB\r\tC\u0000', 'A\\u{a}B\\u{d}\\u{9}C\\u{0}'],
    ['\u009b2J', '\\u{9b}2J'],
    ['abc\u202etxt.exe', 'abc\\u{202e}txt.exe'],
    ['\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
    ['line\u2028end', 'line\\u{2028}end'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\u{d800}'],
  ])('%j is shown as %s', (text, shown) => {
    expect(safeText(text)).toBe(shown);
  });

  it('that is plain stays as it is, in any script', () => {
    for (const text of ['M&M', 'रिलायंस', '貴州茅台', 'نفط', 'é', '🚀']) expect(safeText(text)).toBe(text);
  });

  it('leaves nothing a terminal obeys', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (points) => {
        expect(safeText(String.fromCodePoint(...points))).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
