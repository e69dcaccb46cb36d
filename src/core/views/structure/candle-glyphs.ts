import type { StudyCandle } from '../../domain/mse/study/observe.ts';
import type { Scale } from './scale.ts';

/** What fills half a cell. */
type Half = ' ' | 'w' | 'b';

/** By upper and lower half: nothing, wick, body. A rise is drawn thin, a fall solid: they read apart without colour. */
const RISE: Readonly<Record<string, string>> = {
  ww: '│',
  w: '╵',
  ' w': '╷',
  bb: '┃',
  b: '╹',
  ' b': '╻',
  wb: '╽',
  bw: '╿',
};
const FALL: Readonly<Record<string, string>> = {
  ww: '│',
  w: '╵',
  ' w': '╷',
  bb: '█',
  b: '▀',
  ' b': '▄',
  wb: '▄',
  bw: '▀',
};
const FLAT: Readonly<Record<string, string>> = { ...RISE, b: '─', ' b': '─', wb: '┴', bw: '┬', bb: '┼' };

export type Glyph = { readonly row: number; readonly character: string };

/** 1 a rise, -1 a fall, 0 closed where it opened. */
export function colourOf({ open, close }: StudyCandle): 1 | -1 | 0 {
  if (close === open) return 0;
  return close > open ? 1 : -1;
}

/** A candle of one column, on halves of rows. */
export function glyphsOf(candle: StudyCandle, scale: Scale): readonly Glyph[] {
  const { open, high, low, close } = candle;
  const [from, to] = [scale.half(high), scale.half(low)];
  const [bodyFrom, bodyTo] = [scale.half(Math.max(open, close)), scale.half(Math.min(open, close))];
  const at = (half: number): Half => {
    if (half < from || half > to) return ' ';
    return half >= bodyFrom && half <= bodyTo ? 'b' : 'w';
  };
  const table = { 1: RISE, '-1': FALL, 0: FLAT }[colourOf(candle)];
  const glyphs: Glyph[] = [];
  for (let row = from >> 1; row <= to >> 1; row += 1) {
    const character = table[`${at(row * 2)}${at(row * 2 + 1)}`.trimEnd()] ?? ' ';
    glyphs.push({ row, character });
  }
  return glyphs;
}
