import { expect, it } from 'vitest';
import { createMarket } from '../../../../src/core/domain/market/presets/catalog.ts';
import { sayUnknownDates } from '../../../../src/core/domain/market/unknown-dates.ts';

/** Its data go from 2010-01-01 to 2026-12-31; the hours of the Muhurat session of 2026-11-08 nobody could tell. */
const { calendar } = createMarket('nse');

it.each([
  [['2026-11-08'], '1 date, taken as closed: 2026-11-08.'],
  [
    ['2027-01-01', '2027-01-04'],
    '2 dates, taken as closed: 2027-01-01, 2027-01-04. It ends with 2026-12-31.',
  ],
  [['2009-12-31'], '1 date, taken as closed: 2009-12-31. It begins with 2010-01-01.'],
  [
    ['2009-12-31', '2027-01-01'],
    '2 dates, taken as closed: 2009-12-31, 2027-01-01. It begins with 2010-01-01 and ends with 2026-12-31.',
  ],
  [
    ['2027-01-01', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08'],
    '6 dates, taken as closed: 2027-01-01, 2027-01-04, 2027-01-05, 2027-01-06, 2027-01-07, …. It ends with 2026-12-31.',
  ],
])('says of %j how many they are, and where the data end', (dates, said) => {
  expect(sayUnknownDates(dates, calendar)).toBe(`The market’s calendar knows nothing of ${said}`);
});
