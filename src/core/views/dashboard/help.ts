import { drawLine } from '../line.ts';
import { padText } from '../text-width.ts';
import { drawHeading, type Pane } from './pane.ts';
import type { Pausing } from './ui.ts';

type Row = readonly [left: string, right: string];

const PAUSING: Readonly<Record<Pausing, readonly Row[]>> = {
  run: [
    ['p', 'pause the run: it stands still until p is pressed again'],
    ['.', 'while paused: run one instant and stand still again'],
  ],
  display: [
    ['p', 'pause the display, not the run: nothing is missed afterwards'],
    ['.', 'while paused: show one instant more'],
  ],
};

/** The keys, as the help and docs/dashboard.md say them. */
export const keysOf = (pauses: Pausing): readonly Row[] => [
  ['1 to 6, Tab', 'the views: Now, Watch, Flow, Chart, Trades, Detail'],
  ['← →', 'the view beside; in Chart the timeframe'],
  ['↑ ↓, PgUp, PgDn', 'select a row; in Chart the symbol; in Detail scroll'],
  ['Enter', 'open: of a symbol its chart, of an event or trade its chain'],
  ['/', 'search: only symbols that contain what you type; Esc ends it'],
  ...PAUSING[pauses],
  ['k', 'the kill switch: no new entry, exits go on; asked twice'],
  ['?', 'the keys and signs; any key closes it'],
  ['q, Ctrl-C', 'quit'],
];

const SIGNS: readonly Row[] = [
  ['▲ ▼', 'long or bought, short or sold'],
  ['├─┊──●──┤', 'from stop to target: ┊ the entry, ● the last price'],
  ['● ✕ ○', 'a service: heard within 15 s, silent for longer, left'],
  ['R', 'profit in units of the amount that was risked'],
];

export function drawHelp(pauses: Pausing, pane: Pane): readonly string[] {
  const row = ([left, right]: Row): string =>
    drawLine([{ text: `  ${padText(left, 16)}`, tone: 'strong' }, right], pane);
  return [
    drawHeading('Keys', pane),
    ...keysOf(pauses).map(row),
    '',
    drawHeading('Signs', pane),
    ...SIGNS.map(row),
  ];
}
