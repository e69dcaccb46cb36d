import { assembleResult, type FinishedRun } from '../../../src/core/domain/performance/assemble-result.ts';
import { createEquityCurve } from '../../../src/core/domain/performance/equity-curve.ts';
import { createFunnel } from '../../../src/core/domain/performance/funnel.ts';
import type { BacktestResult } from '../../../src/core/domain/performance/result.ts';
import type { Trade } from '../../../src/core/domain/trading/trade.ts';
import {
  makeCancelled,
  makeClosed,
  makeFilled,
  makePlan,
  makeRejected,
  makeSignal,
  makeValidated,
} from '../domain/performance/make-event.ts';
import { MINUTE_MS, OPEN_AT } from '../domain/performance/make-trade.ts';

/** ₹10,00,000.00 in paise. */
const STARTING_MINOR = 100_000_000;
const DAY_MS = 1440 * MINUTE_MS;
const SESSION_MS = 375 * MINUTE_MS;

/** A run over `sessionCount` days whose account is marked at each close of a trade, with the rest as plain as can be. */
export function makeResult(
  trades: readonly Trade[],
  own: Partial<FinishedRun> = {},
  sessionCount = 5,
): BacktestResult {
  return assembleResult({
    money: { currency: 'INR', minorDigits: 2 },
    zone: 'Asia/Kolkata',
    baseTimeframeMs: MINUTE_MS,
    periodsPerYear: 252,
    assumptions: {
      market: 'nse',
      symbols: ['FRL'],
      baseTimeframe: '1m',
      startingMinor: STARTING_MINOR,
      riskPct: 1,
      ownRiskPct: [],
      fillModel: 'pessimistic',
      slippage: { ticks: 1, bp: 2 },
      costs:
        'Zerodha intraday equity on NSE, stamp duty of Maharashtra before 2020-07-01, rounded as on the contract note',
      strategiesFile: 'strategies.json',
      strategies: 12,
      disabledRules: [],
      chosenElsewhere: [],
      settings: [
        { name: '--min-rr', value: '1.2', isDefault: false },
        { name: '--leverage', value: '5', isDefault: true },
      ],
    },
    data: [
      {
        symbol: 'INFY',
        rows: 1900,
        duplicates: 10,
        outsideSessions: 15,
        outsideRange: 0,
        candles: 1875,
        outOfOrder: 3,
        sessions: 5,
        missingCandles: 0,
        firstAt: OPEN_AT,
        lastAt: OPEN_AT + 4 * DAY_MS + SESSION_MS - MINUTE_MS,
        files: [],
        notes: [],
      },
    ],
    buyAndHold: [{ symbol: 'INFY', firstOpen: 1000, lastClose: 1025, grossPct: 2.5 }],
    noTrade: null,
    warnings: [],
    manifest: {
      data: [{ symbol: 'INFY', hash: 'aaaaaaaa11111111aaaaaaaa11111111' }],
      strategiesHash: 'bbbbbbbb22222222',
      settingsHash: 'cccccccc33333333',
      codeVersion: '0.1.0',
      firstCandleAt: OPEN_AT,
      eventsHash: 'dddddddd44444444dddddddd',
      resultHash: 'eeeeeeee55555555eeeeeeee',
    },
    trades,
    equity: equityOf(trades, sessionCount),
    funnel: funnelOf(trades),
    beside: { model: 'neutral', trades },
    ...own,
  });
}

function equityOf(trades: readonly Trade[], sessionCount: number) {
  const curve = createEquityCurve(STARTING_MINOR);
  let equity = STARTING_MINOR;
  let next = 0;
  for (let day = 0; day < sessionCount; day += 1) {
    const closeAt = OPEN_AT + day * DAY_MS + SESSION_MS;
    for (let trade = trades[next]; trade !== undefined && trade.exitAt <= closeAt; trade = trades[next]) {
      equity += trade.netPnl;
      curve.mark(trade.exitAt, equity);
      next += 1;
    }
    curve.closeSession(`day ${day}`, closeAt, equity);
  }
  return curve.read();
}

/** Each trade's own way, and beside it per trade one signal rejected and one order cancelled. */
function funnelOf(trades: readonly Trade[]) {
  const funnel = createFunnel();
  for (const { exitReason } of trades) {
    const way = [makeSignal(), makePlan(), makeValidated(), makeFilled(), makeClosed({ exitReason })];
    const rejected = [makeSignal(), makePlan(), makeRejected('REWARD_RISK', [])];
    const cancelled = [makeSignal(), makePlan(), makeValidated(), makeCancelled()];
    for (const event of [...way, ...rejected, ...cancelled]) funnel.count(event);
  }
  return funnel.read();
}
