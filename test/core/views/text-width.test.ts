import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, padText, textWidth, wrapText } from '../../../src/core/views/text-width.ts';

describe('width of text', () => {
  it.each([
    ['INFY', 4],
    ['₹10,00,000', 10],
    ['貴州茅台', 8],
    ['e\u0301', 1],
    ['🚀', 2],
    ['한글', 4],
    ['▲ → ×', 5],
    ['', 0],
  ])('%s takes %d columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  it('is kept when text is cut, a wide character that does not fit left out whole', () => {
    expect(cutText('Opening range', 8)).toBe('Opening…');
    expect(cutText('貴州茅台', 4)).toBe('貴…');
    expect(cutText('INFY', 4)).toBe('INFY');
  });

  it('is what padding fills up to', () => {
    expect(padText('貴', 4)).toBe('貴  ');
    expect(padText('12', 4, 'right')).toBe('  12');
  });

  it('bounds every line of wrapped text, and no word is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 4, max: 40 }),
        (words, width) => {
          const text = words.join(' ');
          const lines = wrapText(text, width);
          for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        },
      ),
    );
  });
});
