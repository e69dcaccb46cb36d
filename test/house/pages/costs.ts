import {
  EXCHANGE_RATES,
  GST_PCT,
  SEBI_PCT,
  STATE_STAMPS,
  STT_PCT,
  UNIFORM_STAMP_FROM,
  UNIFORM_STAMP_PCT,
  ZERODHA_BROKERAGE_PCT,
  ZERODHA_MAX_RUPEES,
} from '../../../src/core/domain/trading/costs/india-rates.ts';
import type { Schedule } from '../../../src/core/domain/trading/costs/schedule.ts';
import { SEC_FEE_PER_MILLION, TAF_RATES } from '../../../src/core/domain/trading/costs/us-rates.ts';
import { drawTable, type Tables } from './page.ts';

/** Tables of docs/costs.md: the rates that the program reckons with. */
export function costTables(): Tables {
  return {
    india: drawTable(['charge', 'percent, from that date on'], indiaRows()),
    stamps: drawTable(['state', 'percent, on both sides', 'at most a day'], stampRows()),
    us: drawTable(['fee', 'rate, from that date on'], usRows()),
  };
}

function indiaRows(): readonly (readonly string[])[] {
  return [
    [`brokerage, each order, at most ₹${ZERODHA_MAX_RUPEES}`, dated(ZERODHA_BROKERAGE_PCT, String)],
    ['STT, what was sold at the day’s average price', dated(STT_PCT, String)],
    ['NSE, each side', dated(EXCHANGE_RATES.NSE, exchangeRate)],
    ['BSE, each side', dated(EXCHANGE_RATES.BSE, exchangeRate)],
    ['SEBI, each side', dated(SEBI_PCT, String)],
    ['service tax, from 2017-07-01 GST, on brokerage and exchange charge', dated(GST_PCT, String)],
    ['stamp duty, what was bought', `${UNIFORM_STAMP_PCT} from ${UNIFORM_STAMP_FROM}`],
  ];
}

function stampRows(): readonly (readonly string[])[] {
  return [...STATE_STAMPS].map(([state, { pct, maxRupees }]) => [
    state,
    String(pct),
    maxRupees === undefined ? '' : `₹${maxRupees}`,
  ]);
}

function usRows(): readonly (readonly string[])[] {
  return [
    ['SEC section 31, $ a million sold', dated(SEC_FEE_PER_MILLION, String)],
    [
      'FINRA TAF, $ a share sold (at most a trade)',
      dated(TAF_RATES, ({ microPerShare, maxCents }) => {
        const most = maxCents === undefined ? '' : ` (${(maxCents / 100).toFixed(2)})`;
        return `${(microPerShare / 1e6).toFixed(6)}${most}`;
      }),
    ],
  ];
}

function exchangeRate({
  chargePct,
  ipftPct,
}: {
  readonly chargePct: number;
  readonly ipftPct: number;
}): string {
  return ipftPct === 0 ? String(chargePct) : `${chargePct} + ${decimal(ipftPct)} IPFT`;
}

/** 1e-7 is no way to write a percentage. */
function decimal(value: number): string {
  return value.toFixed(7).replace(/0+$/, '');
}

function dated<Value>(schedule: Schedule<Value>, show: (value: Value) => string): string {
  return schedule
    .map(([from, value]) => {
      const rate = value === undefined ? 'not known' : show(value);
      return from === '' ? rate : `${rate} from ${from}`;
    })
    .join('; ');
}
