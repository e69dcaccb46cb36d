import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CandleColumns } from '../../src/core/domain/market/candle.ts';
import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';
import { columnsOf, MINUTE_MS, runEngine, strategiesOf } from '../run-engine.ts';
import { BUSY } from './strategies.ts';
import { randomTape } from './tape.ts';

/** All in one timeframe, so that an engine that nobody listens to folds them in blocks. */
const FLAT = strategiesOf([
  flat('cross', 'edge', { indicator: 'sma5', condition: 'crosses_above', value: 'ema13' }),
  flat('level', 'level', {
    operator: 'OR',
    rules: [
      { indicator: 'rsi5', condition: '<', value: 25 },
      { operator: 'NOT', rules: [{ indicator: 'close', condition: '>=', value: 'vwap' }] },
    ],
  }),
  flat('late', 'edge', {
    operator: 'AND',
    rules: [
      { indicator: 'time', condition: 'between', value: ['10:30:00', '13:00:00'] },
      { pattern: 'bullish_engulfing' },
      {
        indicator: { name: 'close', offset: 3 },
        condition: '>',
        value: { name: 'sma', params: { period: 8 }, source: 'hlc3', offset: 1 },
      },
      { indicator: 'close', condition: 'crosses_above', value: { name: 'orb_high', offset: 2 } },
    ],
  }),
  flat(
    'volume',
    'edge',
    { indicator: 'rvol', condition: '>', value: 1.8 },
    { session: { from: '10:00', to: '14:00' } },
  ),
]);

function flat(name: string, trigger: string, logic: object, rest: object = {}) {
  return {
    strategy_name: name,
    entry_direction: name === 'level' ? 'SHORT' : 'LONG',
    timeframes: ['1m'],
    trigger,
    logic: 'operator' in logic ? logic : { operator: 'AND', rules: [logic] },
    plan: { entry: 'market', stop: { ticks: 24 }, target: { r: 2 } },
    ...rest,
  };
}

/** A jump of scale: from the second session on prices are half of what they were; the first one's last candle is missing. */
function halved(columns: CandleColumns, market: string): CandleColumns {
  const [first = 0] = columns.openAt;
  const [before, after] = createMarket(market).calendar.sessions(first, columns.openAt.at(-1) ?? 0);
  if (before === undefined || after === undefined) throw new Error('The tape has one session only.');
  const rows = Array.from(columns.openAt, (at, i) => {
    const { open, high, low, close, volume } = columns;
    const prices = [open, high, low, close].map((of) => of[i] ?? Number.NaN);
    const drawn = at < after.openAt ? prices : prices.map((price) => Math.round(price * 50) / 100);
    return [at, ...drawn, volume?.[i] ?? Number.NaN];
  });
  const isLast = (at = 0) => at >= before.closeAt - MINUTE_MS && at < before.closeAt;
  return columnsOf(
    columns.symbol,
    rows.filter(([at]) => !isLast(at)),
  );
}

describe.each(['nse', 'crypto'])('%s: candles handed out in stretches', (market) => {
  it.each([
    ['of one timeframe', FLAT],
    ['of several timeframes, some planned by structure', BUSY],
  ])('give what they give instant by instant: strategies %s', { timeout: 120_000 }, (_, strategies) => {
    let trades = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.constantFrom(1, 7, 100, 1000, Number.POSITIVE_INFINITY),
        fc.constantFrom('session' as const, 'position' as const),
        fc.boolean(),
        fc.boolean(),
        (seed, stretches, lock, unheard, jumps) => {
          const columns = randomTape({ seed, market, symbols: 1, days: 3 }).map((of) =>
            jumps ? halved(of, market) : of,
          );
          const risk = { lock, maxDailyLossPct: 2, disabledRules: ['reward-risk'] } as const;
          const options = { columns, market, strategies, unheard, risk };
          const one = runEngine(options);
          const other = runEngine({ ...options, stretches });
          trades += one.trades.length;
          expect(other.lines).toEqual(one.lines);
          expect(other.trades).toEqual(one.trades);
          expect(other.equity).toEqual(one.equity);
        },
      ),
      { numRuns: 24 },
    );
    expect(trades).toBeGreaterThan(100);
  });

  it('give the same trades where nobody marks the account, and quiet candles are passed over', {
    timeout: 120_000,
  }, () => {
    let trades = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.constantFrom(7, 1000, Number.POSITIVE_INFINITY),
        fc.boolean(),
        (seed, stretches, unheard) => {
          const columns = randomTape({ seed, market, symbols: 1, days: 3 });
          const risk = { lock: 'position', maxDailyLossPct: 2, disabledRules: ['reward-risk'] } as const;
          const options = { columns, market, strategies: FLAT, risk };
          const one = runEngine(options);
          const other = runEngine({ ...options, stretches, unheard, unmeasured: true });
          trades += one.trades.length;
          expect(other.trades).toEqual(one.trades);
        },
      ),
      { numRuns: 12 },
    );
    expect(trades).toBeGreaterThan(50);
  });
});
