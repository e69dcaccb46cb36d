import { describe, expect, it } from 'vitest';
import type { Append } from '../../../../src/core/ports/store.ts';
import { figuresOf } from '../../../../src/core/views/dashboard/figures-of.ts';
import { createRunFold } from '../../../../src/core/views/dashboard/fold/run-fold.ts';
import { independentFigures } from '../../../dashboard/independent.ts';
import {
  aroundAt,
  feed,
  foldUpTo,
  instantsOfRun,
  orderInstants,
  recordedSettings,
  STARTING_PAISE,
} from '../../../dashboard/recorded.ts';
import { recordedRun } from '../../../recorded-run.ts';

/** Every 73rd instant of the run and the busy ones: mornings, middays, session ends, the end. */
async function instants(): Promise<readonly number[]> {
  const last = (await recordedRun()).at(-1)?.position.n ?? 0;
  const spread = Array.from({ length: Math.floor(last / 73) }, (_, i) => 73 * (i + 1));
  return [...spread, ...(await orderInstants()), last];
}

describe('figures', () => {
  it('agree with an independent reckoning from the stored lines, at every instant asked', async () => {
    const lines = await recordedRun();
    const seen = { positions: 0, orders: 0, trades: 0 };
    for (const n of await instants()) {
      const figures = figuresOf(await foldUpTo(n), aroundAt(n));
      const expected = independentFigures(lines, n, STARTING_PAISE);
      const { account, limits } = figures;
      expect(
        {
          positions: figures.positions.map(({ id, symbol, qty, last, pnlMinor, riskMinor }) => ({
            id,
            symbol,
            qty,
            last,
            pnlMinor,
            riskMinor,
          })),
          orderIds: figures.orders.map(({ id }) => id),
          equityMinor: account.equityMinor,
          sessionEquityMinor: account.sessionEquityMinor,
          closedTodayMinor: account.closedTodayMinor,
          todayMinor: account.todayMinor,
          tradesToday: account.tradesToday,
          openRiskMinor: limits.openRiskMinor,
          reserved: limits.reserved,
          lossLimitMinor: limits.lossLimitMinor,
          lossLeftMinor: limits.lossLeftMinor,
        },
        `instant ${n}`,
      ).toEqual({
        positions: expected.positions.map(({ pnlR: _, ...of }) => of),
        orderIds: expected.orderIds,
        equityMinor: expected.equityMinor,
        sessionEquityMinor: expected.sessionEquityMinor,
        closedTodayMinor: expected.closedTodayMinor,
        todayMinor: expected.todayMinor,
        tradesToday: expected.tradesToday,
        openRiskMinor: expected.openRiskMinor,
        reserved: expected.reserved,
        lossLimitMinor: expected.lossLimitMinor,
        lossLeftMinor: expected.lossLeftMinor,
      });
      expect(account.todayR).toBeCloseTo(expected.todayR, 9);
      for (const [i, { pnlR }] of expected.positions.entries())
        expect(figures.positions[i]?.pnlR).toBeCloseTo(pnlR, 9);
      expect(figures.funnel).toMatchObject(expected.funnel);
      const prices = Object.fromEntries(
        figures.watch.flatMap(({ symbol, last }) => (last === null ? [] : [[symbol, last]])),
      );
      expect(prices).toEqual(expected.lastPrices);
      seen.positions += figures.positions.length;
      seen.orders += figures.orders.length;
      seen.trades += figures.trades.length;
    }
    expect(Math.min(seen.positions, seen.orders, seen.trades)).toBeGreaterThan(0);
  });

  it('say of each signal’s strategy that nothing is missing, at the very instant', async () => {
    const fold = createRunFold(await recordedSettings());
    let checked = 0;
    for (const events of await instantsOfRun()) {
      feed(fold, events);
      for (const { line } of events.filter(isSignal)) {
        const { symbol, strategy, timeframe, at } = JSON.parse(line);
        const near = fold.nearest
          .of(symbol)
          .find((of) => of.strategy === strategy && of.timeframe === timeframe);
        expect(near, line).toMatchObject({ at, missing: [] });
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('tell how old the feed is, who lives, and how far each service lags', async () => {
    const fold = await foldUpTo(100);
    const around = aroundAt(100);
    const services = {
      ...around.services,
      risk: { beatMs: 20_000, done: 93 },
      exec: { beatMs: undefined, done: 90 },
    };
    const figures = figuresOf(fold, { ...around, services });
    expect(figures.feed).toMatchObject({ state: 'running', heardMs: 3000, instant: 100 });
    expect(figures.services.map(({ lag, beatMs }) => [lag, beatMs])).toEqual([
      [0, 2000],
      [0, 2000],
      [7, 20_000],
      [10, null],
    ]);
    const old = { beatMs: 16_000, done: 100 };
    const silent = { screen: old, mse: old, risk: old, exec: old };
    expect(figuresOf(fold, { ...around, services: silent }).feed.state).toBe('silent');
  });

  it('say that the run is being read while nothing of it is known, however short it is', async () => {
    const nothing = createRunFold(await recordedSettings());
    expect(figuresOf(nothing, aroundAt(5)).feed.state).toBe('reading');
    expect(figuresOf(nothing, aroundAt(0)).feed.state).toBe('waiting');
  });

  it('read the same whatever the batches were', async () => {
    const n = (await recordedRun()).at(-1)?.position.n ?? 0;
    const whole = await foldUpTo(n);
    const piecewise = createRunFold(whole.settings);
    for (const events of await instantsOfRun()) feed(piecewise, events);
    expect(figuresOf(piecewise, aroundAt(n))).toEqual(figuresOf(whole, aroundAt(n)));
  });
});

function isSignal({ line }: Append): boolean {
  return line.includes('"type":"POTENTIAL_SIGNAL"');
}
