import type { Calendar } from './calendar.ts';

const MOST_SHOWN = 5;

/** Dates that a calendar does not know, as a sentence; where they lie beyond its data, with the date at which these end. */
export function sayUnknownDates(dates: readonly string[], { coverage }: Calendar): string {
  const shown = dates.slice(0, MOST_SHOWN).join(', ');
  const list = dates.length > MOST_SHOWN ? `${shown}, …` : shown;
  const count = dates.length === 1 ? '1 date' : `${dates.length} dates`;
  const ends = [
    ...(coverage !== undefined && dates.some((date) => date < coverage.from)
      ? [`begins with ${coverage.from}`]
      : []),
    ...(coverage !== undefined && dates.some((date) => date > coverage.to)
      ? [`ends with ${coverage.to}`]
      : []),
  ];
  const end = ends.length === 0 ? '' : ` It ${ends.join(' and ')}.`;
  return `The market’s calendar knows nothing of ${count}, taken as closed: ${list}.${end}`;
}
