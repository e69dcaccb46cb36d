import { drawLine } from '../line.ts';
import { padText } from '../text-width.ts';
import { drawHeading, type Pane } from './pane.ts';

/** The keys, as the help and docs/dashboard.md say them. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['1 to 6, Tab', 'the views: Now, Watch, Flow, Chart, Trades, Detail'],
  ['← →', 'the view beside; in Chart the timeframe'],
  ['↑ ↓, PgUp, PgDn', 'select a row; in Chart the symbol; in Detail scroll'],
  ['Enter', 'open: of a symbol its chart, of an event or trade its whole chain'],
  ['/', 'search: only symbols that contain what you type; Esc ends it'],
  ['p', 'pause the display; the run goes on, and nothing is missed afterwards'],
  ['.', 'while paused: one instant further'],
  ['k', 'the kill switch: no new entry, exits go on; asked twice'],
  ['?', 'the keys and signs; any key closes it'],
  ['q, Ctrl-C', 'quit'],
];

const SIGNS: readonly (readonly [sign: string, means: string])[] = [
  ['▲ ▼', 'long or bought, short or sold'],
  ['├─┊──●──┤', 'from stop to target: ┊ the entry, ● the last price'],
  ['● ✕ ○', 'a service: heard within 15 s, silent for longer, left'],
  ['R', 'profit in units of the amount that was risked'],
];

export function drawHelp(pane: Pane): readonly string[] {
  const row = ([left, right]: readonly [string, string]): string =>
    drawLine([{ text: `  ${padText(left, 16)}`, tone: 'strong' }, right], pane);
  return [drawHeading('Keys', pane), ...KEYS.map(row), '', drawHeading('Signs', pane), ...SIGNS.map(row)];
}
