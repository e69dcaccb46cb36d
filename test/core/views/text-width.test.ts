import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMiddle, cutText, padText, textWidth, wrapText } from '../../../src/core/views/text-width.ts';

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

  it('is never cut inside a figure', () => {
    const closed = '+₹1,914.50  +1.53 R  short 176.50 → 174.20  Breakout';
    const cuts = Array.from({ length: textWidth(closed) }, (_, width) => cutText(closed, width));
    const whole = ['+₹1,914.50', '+1.53 R', '176.50 → 174.20'];
    for (const cut of cuts) {
      const figures = cut.match(/[+₹\d,.]*\d[\d,.]*(?: R| → [\d.]*)?/g) ?? [];
      expect(figures, cut).toEqual(whole.slice(0, figures.length));
    }
    expect(cutText('outside (entry-window: 14:50:00, limit 14:40)', 43)).toBe(
      'outside (entry-window: 14:50:00, limit…',
    );
  });

  it('takes from the middle where ends tell apart', () => {
    expect(cutMiddle('opening_range_breakout_short', 20)).toBe('opening_ra…out_short');
    expect(cutMiddle('貴州茅台', 5)).toBe('貴…台');
    expect([0, 1, 2].map((width) => cutMiddle('INFY', width))).toEqual(['', '…', 'I…']);
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
