import { describe, expect, it } from 'vitest';
import { groupTrades, zoneClock } from '../../../../src/core/domain/performance/groups.ts';
import { MINUTE_MS, makeTrade, OPEN_AT } from './make-trade.ts';

const OPTIONS = {
  startingMinor: 1,
  baseTimeframeMs: MINUTE_MS,
  days: [],
  periodsPerYear: 252,
  clock: zoneClock('Asia/Kolkata'),
};

describe('groups', () => {
  it('put a trade in the exchange month of its close and the exchange hour of its entry', () => {
    // 2015-07-31 23:00 Kolkata is 17:30 UTC; two hours later it is August there, and still July in UTC
    const entryAt = OPEN_AT + 25 * 1440 * MINUTE_MS + 825 * MINUTE_MS;
    const { month, hour } = groupTrades([makeTrade({ entryAt, exitAt: entryAt + 120 * MINUTE_MS })], OPTIONS);
    expect(month.map(({ key }) => key)).toEqual(['2015-08']);
    expect(hour.map(({ key }) => key)).toEqual(['23']);
  });

  it('are ordered by key, exit reasons within their strategy', () => {
    const { strategy, strategyExit } = groupTrades(
      [
        makeTrade({ strategy: 'B', exitReason: 'target' }),
        makeTrade({ strategy: 'A', exitReason: 'target' }),
        makeTrade({ strategy: 'B', exitReason: 'stop' }),
      ],
      OPTIONS,
    );
    expect(strategy.map(({ key, statistics }) => [key, statistics.trades])).toEqual([
      ['A', 1],
      ['B', 2],
    ]);
    expect(strategyExit.map((group) => `${group.strategy} ${group.exitReason}`)).toEqual([
      'A target',
      'B stop',
      'B target',
    ]);
  });

  it('take any name for a key', () => {
    const { symbol } = groupTrades([makeTrade({ symbol: '__proto__' })], OPTIONS);
    expect(symbol.map(({ key }) => key)).toEqual(['__proto__']);
  });
});
