import { describe, expect, it } from 'vitest';
import { createScratch, read, refusalOf } from './scratch.ts';

const scratch = createScratch();

/** NSE trades 09:15 to 15:30, Monday to Friday: 375 candles of a minute. Its calendar's data end with 2026-12-31, a Thursday. */
const CANDLES = 375;
const NINE_FIFTEEN_IST = (3 * 60 + 45) * 60_000;

function daysOf(dates: readonly string[]): string {
  const rows = dates.flatMap((date) =>
    Array.from({ length: CANDLES }, (_, i) => {
      const clock = `${Math.floor((555 + i) / 60)}:${String((555 + i) % 60).padStart(2, '0')}`;
      return `${date} ${clock.padStart(5, '0')},100,102,98,101,1`;
    }),
  );
  return `time,open,high,low,close,volume\n${rows.join('\n')}\n`;
}

const KNOWN = ['2026-12-30', '2026-12-31'];
const BEYOND = ['2027-01-01', '2027-01-04', '2027-01-05'];
const ENDS = /knows nothing of 3 dates, .*2027-01-01, 2027-01-04, 2027-01-05\. It ends with 2026-12-31\./;

describe('candles beyond the end of the calendar', () => {
  it('are dropped, their dates are listed, and no zone is blamed', async () => {
    const path = scratch.write('over.csv', daysOf([...KNOWN, ...BEYOND]));
    const { report } = await read(path, {}, 'nse');
    expect(report.symbols[0]).toMatchObject({
      candles: 2 * CANDLES,
      outsideSessions: 3 * CANDLES, // 60 % of the rows
      unknownDates: BEYOND,
      span: [Date.UTC(2026, 11, 30), Date.UTC(2027, 0, 5)].map(
        (day, i) => day + NINE_FIFTEEN_IST + i * 374 * 60_000,
      ),
    });
    expect(report.files[0]?.warnings).toEqual([]);
  });

  it('are listed when it is one day of many', async () => {
    const path = scratch.write('day.csv', daysOf([...KNOWN, '2027-01-01']));
    const { report } = await read(path, {}, 'nse');
    expect(report.symbols[0]?.unknownDates).toEqual(['2027-01-01']);
  });

  it('are not spoken of where --to leaves them out', async () => {
    const path = scratch.write('to.csv', daysOf([...KNOWN, ...BEYOND]));
    // 2027-01-01 00:00 in Kolkata, which is left out
    const { report } = await read(path, { to: Date.UTC(2026, 11, 31, 18, 30) }, 'nse');
    expect(report.symbols[0]?.unknownDates).toEqual([]);
  });

  it('are what is said where --from leaves nothing else', async () => {
    const path = scratch.write('from.csv', daysOf([...KNOWN, ...BEYOND]));
    const said = await refusalOf(read(path, { from: Date.UTC(2026, 11, 31, 18, 30) }, 'nse'));
    expect(said).toMatch(ENDS);
    expect(said).toContain('The files hold from 2026-12-30 09:15:00+05:30 … 2027-01-05 15:29:00+05:30.');
  });

  it.each([{}, { stamps: 'start' as const }])(
    'are refused as such where there is nothing else (%j)',
    async (options) => {
      const said = await refusalOf(read(scratch.write('2027.csv', daysOf(BEYOND)), options, 'nse'));
      expect(said).toMatch(ENDS);
      expect(said).not.toMatch(/--stamps|--zone/);
    },
  );

  it('of one file do not keep the others from being read', async () => {
    const a = scratch.write('A.csv', daysOf(KNOWN));
    const b = scratch.write('B.csv', daysOf(BEYOND));
    const { report } = await read([a, b], {}, 'nse');
    expect(report.symbols.map(({ symbol, candles }) => [symbol, candles])).toEqual([['A', 2 * CANDLES]]);
    expect(report.files[1]?.warnings.join()).toMatch(ENDS);
  });

  it('are told of by their own date when they are daily, west of Greenwich too', async () => {
    // The calendar of New York ends with 2030-12-31, a Tuesday; the stamp is no instant, but a date.
    const rows = ['2030-12-30', '2030-12-31', '2031-01-01', '2031-01-02'].map((date) => `${date},1,2,1,1`);
    const path = scratch.write('daily.csv', `date,open,high,low,close\n${rows.join('\n')}\n`);
    const { report } = await read(path, { timeframe: 86_400_000 }, 'us');
    expect(report.symbols[0]).toMatchObject({ candles: 2, unknownDates: ['2031-01-01', '2031-01-02'] });
  });
});

it('rows of known dates outside sessions still make one ask for the zone', async () => {
  const shifted = daysOf([...KNOWN, '2027-01-01']).replaceAll(
    / (\d\d):/g,
    (_, hour) => ` ${String(Number(hour) + 6).padStart(2, '0')}:`,
  );
  const { report } = await read(scratch.write('zone.csv', shifted), { stamps: 'start' }, 'nse');
  expect(report.files[0]?.warnings[0]).toContain('Are the stamps really in Asia/Kolkata?');
});
