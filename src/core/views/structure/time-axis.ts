import { DAY_MS } from '../../domain/market/civil.ts';
import { formatLocal, localClockMs, localDayOf } from '../../domain/market/zone.ts';
import type { Span } from '../line.ts';
import type { Frame } from './frame.ts';

const MINUTE_MS = 60_000;
/** Clock times that are marked fall on multiples of one of these. */
const STEPS_MS = [1, 5, 15, 30, 60, 120, 240, 1440].map((minutes) => minutes * MINUTE_MS);
/** Columns that a mark needs: `09:15` and air. */
const MARK_COLUMNS = 8;

type Mark = { readonly column: number; readonly text: string };

/** Two lines: the axis with a tick under each mark, and the marks: a date where one begins, clock times between. */
export function timeAxis(frame: Frame, zone: string): readonly (readonly Span[])[] {
  const marks = placed([...dateMarks(frame, zone), ...clockMarks(frame, zone)], frame.columns);
  const ticks = new Set(marks.map(({ column }) => column));
  const line = Array.from({ length: frame.columns }, (_, column) => (ticks.has(column) ? '┴' : '─')).join('');
  const text = marks.reduce((before, { column, text: mark }) => before.padEnd(column) + mark, '');
  return [[{ text: `${line}┘`, tone: 'dim' }], [{ text, tone: 'dim' }]];
}

function dateMarks({ candles, columnOf }: Frame, zone: string): readonly Mark[] {
  return candles.flatMap(({ openAt }, index) => {
    const before = candles[index - 1];
    if (before !== undefined && localDayOf(zone, before.openAt) === localDayOf(zone, openAt)) return [];
    return [{ column: columnOf(index), text: formatLocal(zone, openAt).slice(5, 10) }];
  });
}

function clockMarks({ candles, columnOf, columns }: Frame, zone: string): readonly Mark[] {
  const marksAt = (stepMs: number): readonly Mark[] =>
    candles.flatMap(({ openAt }, index) =>
      localClockMs(zone, openAt) % stepMs === 0
        ? [{ column: columnOf(index), text: formatLocal(zone, openAt).slice(11, 16) }]
        : [],
    );
  const most = columns / MARK_COLUMNS;
  const step = STEPS_MS.find((stepMs) => marksAt(stepMs).length <= most) ?? DAY_MS;
  return marksAt(step);
}

/** Those that fit, the earlier in the list first, then by column. */
function placed(marks: readonly Mark[], columns: number): readonly Mark[] {
  const kept: Mark[] = [];
  for (const mark of marks) {
    const fits = kept.every(
      ({ column, text }) => mark.column + mark.text.length < column || column + text.length < mark.column,
    );
    if (fits && mark.column + mark.text.length <= columns) kept.push(mark);
  }
  return kept.toSorted((a, b) => a.column - b.column);
}
