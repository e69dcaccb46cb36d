import type { Schedule } from './schedule.ts';

/** What selling US shares costs by law and by rule, dated. NOTICE.md names the sources and doubts. */

/** SEC section 31 fee in dollars per million of sales. */
export const SEC_FEE_PER_MILLION: Schedule<number> = [
  ['2008-01-01', 11],
  ['2008-04-01', 5.6],
  ['2009-04-10', 25.7],
  ['2010-01-15', 12.7],
  ['2010-04-01', 16.9],
  ['2011-01-21', 19.2],
  ['2012-02-21', 18],
  ['2012-04-01', 22.4],
  ['2013-05-25', 17.4],
  ['2014-03-18', 22.1],
  ['2015-02-14', 18.4],
  ['2016-02-16', 21.8],
  ['2017-07-04', 23.1],
  ['2018-05-22', 13],
  ['2019-04-16', 20.7],
  ['2020-02-18', 22.1],
  ['2021-02-25', 5.1],
  ['2022-05-14', 22.9],
  ['2023-02-27', 8],
  ['2024-05-22', 27.8],
  ['2025-05-14', 0],
  ['2026-04-04', 20.6],
];

/** FINRA trading activity fee: millionths of a dollar per share sold, and its maximum per trade in cents where known. */
export type TafRate = { readonly microPerShare: number; readonly maxCents?: number };

export const TAF_RATES: Schedule<TafRate> = [
  ['', { microPerShare: 75, maxCents: 375 }],
  ['2011-07-01', { microPerShare: 90, maxCents: 450 }],
  ['2012-03-01', { microPerShare: 95, maxCents: 475 }],
  ['2012-07-01', { microPerShare: 119, maxCents: 595 }],
  ['2022-01-01', { microPerShare: 130, maxCents: 649 }],
  ['2023-01-01', { microPerShare: 145, maxCents: 727 }],
  ['2024-01-01', { microPerShare: 166, maxCents: 830 }],
  ['2026-01-01', { microPerShare: 195, maxCents: 979 }],
  ['2027-01-01', { microPerShare: 232 }],
];
