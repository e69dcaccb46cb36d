import { describe, expect, it } from 'vitest';
import { drawStudy } from '../../../../src/core/views/structure/draw-study.ts';
import { drawPicture } from '../../../../src/core/views/structure/picture.ts';
import { textWidth } from '../../../../src/core/views/text-width.ts';
import type { Prices } from '../../domain/structure/tape.ts';
import { legs, mirrored, studyOfTape } from './drawn.ts';

const STYLE = { width: 80, colour: false };
const picture = (tape: readonly Prices[], width = 80) =>
  drawPicture(studyOfTape({ tape }), 'UTC', { ...STYLE, width });

/** Rows that contain the text, and the column of its first sign. */
function find(plot: readonly string[], text: string): readonly (readonly [row: number, column: number])[] {
  return plot.flatMap((line, row) => (line.includes(text) ? [[row, line.indexOf(text)] as const] : []));
}

const UP = legs(100, 108, 104, 112, 108, 116, 112, 115);

describe('drawPicture', () => {
  it('puts each candle in its column, thin where it rose, solid where it fell', () => {
    const { plot } = picture(UP);
    const signs = (column: number): string => plot.map((line) => [...line][column] ?? ' ').join('');
    const rising = [0, 1, 2, 3, 12, 13, 24, 36];
    const falling = [8, 9, 20, 21, 32, 33];
    for (const column of rising) expect(signs(column)).toMatch(/[┃╹╻╽╿]/);
    for (const column of rising) expect(signs(column)).not.toMatch(/[█▀▄]/);
    for (const column of falling) expect(signs(column)).toMatch(/[█▀▄]/);
    for (const column of falling) expect(signs(column)).not.toMatch(/[┃╹╻╽╿]/);
  });

  it('names swings above their highs and below their lows', () => {
    const { plot } = picture(UP);
    // Highs on candles 19 and 31, lows on 23 and 35; the first high, on candle 7, is H, the first low, on 11, L.
    const [higher, high] = find(plot, 'HH');
    expect([high?.[1], higher?.[1]]).toEqual([19, 31]);
    expect(find(plot, 'HL').map(([, column]) => column)).toEqual([35, 23]);
    expect(find(plot, 'H ').at(-1)?.[1]).toBe(7);
    expect(find(plot, 'L').at(-1)?.[1]).toBe(11);
    expect(high?.[0]).toBeGreaterThan(higher?.[0] ?? 0);
  });

  it('draws the last break from its swing to the candle that closed beyond', () => {
    // Swing high 113 on candle 19, broken by candle 29. Candles of the leg cover a part of it.
    const [place] = find(picture(UP).plot, '┈');
    const line = [...(picture(UP).plot[place?.[0] ?? 0] ?? '')];
    expect(place?.[1]).toBeGreaterThanOrEqual(19);
    expect(line.lastIndexOf('S')).toBeLessThan(29);
    expect(line.join('')).toContain('BOS');
  });

  it('doubles the line of equal highs and counts their touches on the axis', () => {
    const { plot } = picture(legs(100, 105, 100, 105, 100, 105, 100, 103));
    const [row] = find(plot, '106.00 EQH 3');
    expect(plot[row?.[0] ?? 0]).toMatch(/═{20}┤106\.00 EQH 3$/);
    expect(find(plot, '99.00 EQL 3')).toHaveLength(1);
  });

  it('crosses the wick that swept', () => {
    const tape: readonly Prices[] = [
      ...legs(100, 105, 100, 105, 100, 105, 101),
      [101, 101, 97, 100],
      ...legs(100, 104),
    ];
    const { plot } = picture(tape);
    const [cross] = find(plot, '×');
    expect(cross?.[1]).toBe(29);
    expect([...(plot[(cross?.[0] ?? 0) - 1] ?? '')][29]).toMatch(/[│╵]/);
  });

  it('shades an open gap and draws entry, stop and target right of the last candle', () => {
    const tape: readonly Prices[] = [
      ...legs(116, 120, 104, 108, 104, 105),
      [105, 110, 105, 109],
      [109, 111, 108, 110],
      [110, 110, 108, 109],
    ];
    const { plot } = picture(tape);
    expect(find(plot, '░').length).toBeGreaterThan(0);
    for (const tag of ['120.99 target', '109.00 entry', '102.43 stop']) {
      const [place] = find(plot, tag);
      expect(plot[place?.[0] ?? 0]).toMatch(/^.{32,}━━.*┤/);
    }
  });

  it('marks the hours under their candles and the date under the first', () => {
    const { axis } = picture(UP);
    const [line = '', marks = ''] = axis;
    expect(marks.startsWith('01-01')).toBe(true);
    for (const [clock, candle] of [
      ['01:00', 12],
      ['02:00', 24],
      ['03:00', 36],
    ] as const) {
      expect(marks.indexOf(clock)).toBe(candle);
      expect([...line][candle]).toBe('┴');
    }
  });

  it('ends every line at the width, whatever the prices', () => {
    const wild: readonly Prices[] = [
      ...UP,
      [115, 1_234_567, 1, 900_000],
      [900_000, 900_000, 900_000, 900_000],
    ];
    const flat: readonly Prices[] = Array.from({ length: 20 }, () => [100, 100, 100, 100]);
    const tapes = [UP, wild, flat, mirrored({ tape: UP, direction: 'long' }).tape, UP.slice(0, 1)];
    for (const tape of tapes) {
      for (const width of [60, 80, 133, 200]) {
        const lines = drawStudy(studyOfTape({ tape }), 'UTC', { width, colour: false }).split('\n');
        expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
      }
    }
  });

  it('names a target that is too far away at the edge, with an arrow', () => {
    // At 60 columns the last 34 candles are shown: 99 to 109. The high of the day before, 141, is their range above them.
    const tape = legs(137, 140, 100, 108, 104, 108, 104, 108, 104, 107);
    const { plot } = picture(tape, 60);
    expect(plot[0]).toMatch(/┤140\.99 target ↑$/);
    const turned = studyOfTape(mirrored({ tape, direction: 'long' }));
    expect(drawPicture(turned, 'UTC', { ...STYLE, width: 60 }).plot.at(-1)).toMatch(/┤ 79\.01 target ↓$/);
  });
});
