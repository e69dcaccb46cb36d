import type { Schedule } from './schedule.ts';

/**
 * What intraday trading of shares costs in India, in percent of the traded value unless said otherwise.
 * Rates and dates are facts of the law, the exchanges and the broker's own list; NOTICE.md names the sources and
 * the doubts behind the choices made here.
 */

/** Securities transaction tax on the intraday sell quantity, at the day's average price. */
export const STT_PCT: Schedule<number> = [
  ['', 0],
  ['2004-10-01', 0.015],
  ['2005-06-01', 0.02],
  ['2006-06-01', 0.025],
];

/** Exchange charge of each side, and the investor protection fund's part on top of it. */
export type ExchangeRate = { readonly chargePct: number; readonly ipftPct: number };

export const EXCHANGE_RATES: Readonly<Record<'NSE' | 'BSE', Schedule<ExchangeRate>>> = {
  NSE: [
    ['', { chargePct: 0.0035, ipftPct: 0 }],
    ['2009-10-01', { chargePct: 0.00325, ipftPct: 0 }],
    ['2021-01-01', { chargePct: 0.00345, ipftPct: 0 }],
    ['2023-04-01', { chargePct: 0.00325, ipftPct: 0.0001 }],
    ['2024-04-01', { chargePct: 0.00322, ipftPct: 0.0001 }],
    ['2024-10-01', { chargePct: 0.00297, ipftPct: 0.0001 }],
    ['2026-03-01', { chargePct: 0.0030699, ipftPct: 0.0000001 }],
  ],
  /** Ordinary groups. From 2017-04-03 it was a fee per trade, from 2018-08-01 slabs by member: not modelled. */
  BSE: [
    ['', { chargePct: 0.00275, ipftPct: 0 }],
    ['2017-04-03', undefined],
    ['2021-01-01', { chargePct: 0.00345, ipftPct: 0 }],
    ['2023-03-01', { chargePct: 0.00375, ipftPct: 0 }],
  ],
};

/** SEBI turnover fee of each side: 20, 15, 10, 5, 10 rupees a crore. */
export const SEBI_PCT: Schedule<number> = [
  ['2006-01-01', 0.0002],
  ['2017-04-01', 0.00015],
  ['2019-04-01', 0.0001],
  ['2020-06-01', 0.00005],
  ['2021-04-01', 0.0001],
];

/** Service tax until 2017-06-30, then GST. */
export const GST_PCT: Schedule<number> = [
  ['2009-02-24', 10.3],
  ['2012-04-01', 12.36],
  ['2015-06-01', 14],
  ['2015-11-15', 14.5],
  ['2016-06-01', 15],
  ['2017-07-01', 18],
];

/** Beside brokerage and exchange charge, what the tax is reckoned on. */
export type GstBase = { readonly sebi: boolean; readonly ipft: boolean };

export const GST_BASE: Schedule<GstBase> = [
  ['', { sebi: false, ipft: true }],
  ['2022-07-18', { sebi: true, ipft: true }],
  ['2023-04-01', { sebi: true, ipft: false }],
  ['2024-04-01', { sebi: true, ipft: true }],
];

/** From this date one rate for all of India, on the buyer alone; before it each state's own, on both sides. */
export const UNIFORM_STAMP_FROM = '2020-07-01';
export const UNIFORM_STAMP_PCT = 0.003;

/** Stamp duty of a state until 2020-06-30; `maxRupees` a day. */
export type StateStamp = { readonly pct: number; readonly maxRupees?: number };

export const STATE_STAMPS: ReadonlyMap<string, StateStamp> = new Map([
  ['Maharashtra', { pct: 0.002 }],
  ['Delhi', { pct: 0.002 }],
  ['Gujarat', { pct: 0.002 }],
  ['Kerala', { pct: 0.002 }],
  ['Madhya Pradesh', { pct: 0.002 }],
  ['Karnataka', { pct: 0.003 }],
  ['Tamil Nadu', { pct: 0.006 }],
  ['Andhra Pradesh', { pct: 0.005, maxRupees: 50 }],
  ['Odisha', { pct: 0.005, maxRupees: 50 }],
  ['Telangana', { pct: 0.01, maxRupees: 100 }],
  ['Goa', { pct: 0.005 }],
  ['Assam', { pct: 0.018, maxRupees: 49.5 }],
  ['Haryana', { pct: 0.002, maxRupees: 500 }],
  ['Rajasthan', { pct: 0.003 }],
]);

/** Zerodha intraday: this percentage of the order, at most 20 rupees. The change fell between 2020-04 and 2020-07-06. */
export const ZERODHA_BROKERAGE_PCT: Schedule<number> = [
  ['2010-08-01', 0.01],
  ['2020-07-01', 0.03],
];
export const ZERODHA_MAX_RUPEES = 20;
