import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TradekitEvent } from '../../src/core/domain/events/events.ts';
import type { CandleColumns } from '../../src/core/domain/market/candle.ts';
import type { Trade } from '../../src/core/domain/trading/trade.ts';
import { FREE } from '../desk.ts';
import { columnsOf, type Run, runEngine } from '../run-engine.ts';
import { BUSY } from './strategies.ts';
import { randomTape } from './tape.ts';

const LOOSE = { lock: 'position', disabledRules: ['reward-risk'] } as const;
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const RUNS = 25;

function check(law: (run: Run, seed: number) => void): void {
  let trades = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const run = runEngine({ columns: randomTape({ seed }), strategies: BUSY, risk: LOOSE });
      trades += run.trades.length;
      law(run, seed);
    }),
    { numRuns: RUNS },
  );
  // A law over runs that do not trade would prove nothing.
  expect(trades).toBeGreaterThan(RUNS * 5);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

describe('on any tape', () => {
  it('Σ net P&L is the change in equity, summed from integers per component', () => {
    check(({ trades, equity }) => {
      for (const trade of trades) {
        const { grossPnl, slippage, charges, netPnl, fees } = trade;
        for (const amount of [grossPnl, slippage, charges, netPnl, ...Object.values(fees)]) {
          expect(Number.isSafeInteger(amount)).toBe(true);
        }
        expect(grossPnl - slippage - charges).toBe(netPnl);
        expect(sum(Object.values(fees))).toBe(charges);
      }
      const components =
        sum(trades.map((t) => t.grossPnl)) -
        sum(trades.map((t) => t.slippage)) -
        sum(trades.map((t) => t.charges));
      expect(equity.endMinor - equity.startingMinor).toBe(components);
      expect(sum(trades.map((t) => t.netPnl))).toBe(components);
    });
  });

  it('the last sample of equity holds what the end of the feed closed', () => {
    for (const market of ['nse', 'crypto']) {
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        const columns = randomTape({ seed, market, symbols: 2 });
        const { equity, trades } = runEngine({ columns, market, strategies: BUSY, risk: LOOSE });
        const net = sum(trades.map(({ netPnl }) => netPnl));
        expect(equity.sessions.at(-1)?.equityMinor).toBe(equity.startingMinor + net);
        expect(equity.sessions).toHaveLength(2);
      }
    }
  });

  it('every signal ends in exactly one terminal fact', () => {
    check(({ events }) => {
      const ends = new Map<string, number>();
      for (const event of events) {
        if (event.type === 'POTENTIAL_SIGNAL')
          ends.set(event.correlationId, ends.get(event.correlationId) ?? 0);
        else if (isTerminal(event))
          ends.set(event.correlationId, (ends.get(event.correlationId) ?? Number.NaN) + 1);
      }
      expect([...ends.values()].filter((count) => count !== 1)).toEqual([]);
    });
  });

  it('ids are unique, and every cause came before its effect', () => {
    check(({ events }) => {
      const seen = new Set<string>();
      for (const event of events) {
        expect(seen.has(event.id)).toBe(false);
        if ('causationId' in event && event.type !== 'POTENTIAL_SIGNAL')
          expect(seen.has(event.causationId)).toBe(true);
        seen.add(event.id);
      }
    });
  });

  it('no position is open after its session has ended', () => {
    check(({ events }) => {
      const open = new Set<string>();
      for (const event of events) {
        if (event.type === 'ORDER_FILLED' && event.leg === 'entry') open.add(event.correlationId);
        if (event.type === 'POSITION_CLOSED') open.delete(event.correlationId);
        if (event.type === 'SESSION_OPENED') expect([...open]).toEqual([]);
      }
      expect([...open]).toEqual([]);
    });
  });

  it('a plan’s reasons rest on what was known by then', () => {
    check(({ events }) => {
      for (const event of events) {
        if (event.type !== 'TRADE_PLAN_PROPOSED') continue;
        for (const reason of event.reasons) {
          expect(reason.ref).toBeDefined();
          expect(reason.knownAt).toBeLessThanOrEqual(event.at);
        }
      }
    });
  });

  it('the reused candle view overwritten with NaN after each instant changes nothing', () => {
    check((run, seed) => {
      const poisoned = runEngine({
        columns: randomTape({ seed }),
        strategies: BUSY,
        risk: LOOSE,
        poison: true,
      });
      expect(poisoned.lines).toEqual(run.lines);
    });
  });
});

function isTerminal(event: TradekitEvent): event is TradekitEvent & { readonly correlationId: string } {
  return (
    event.type === 'NO_TRADE_PLAN' ||
    event.type === 'PLAN_REJECTED' ||
    event.type === 'POSITION_CLOSED' ||
    (event.type === 'ORDER_CANCELLED' && event.filledQty === 0)
  );
}

describe('mirrored prices', () => {
  // A grid of sixteenths and a power of two keep every price and mean exact in floating point.
  const TICK = 1 / 16;
  const MIRROR = 512;

  function mirror({ symbol, openAt, open, high, low, close, volume, length }: CandleColumns): CandleColumns {
    const rows = Array.from({ length }, (_, i) => [
      openAt[i] ?? 0,
      MIRROR - (open[i] ?? 0),
      MIRROR - (low[i] ?? 0),
      MIRROR - (high[i] ?? 0),
      MIRROR - (close[i] ?? 0),
      volume?.[i] ?? Number.NaN,
    ]);
    return columnsOf(symbol, rows, 4);
  }

  /** A trade without its money's names, as it is or as its mirror image. */
  function shapeOf(trade: Trade, mirrored: boolean) {
    const price = (of: number): number => (mirrored ? MIRROR - of : of);
    const side = (of: string): string => (of === 'long' ? 'short' : 'long');
    const { symbol, entryAt, exitAt, qty, exitReason, grossPnl, slippage, netPnl, mae, mfe, ambiguous } =
      trade;
    return {
      ...{ symbol, entryAt, exitAt, qty, exitReason, grossPnl, slippage, netPnl, mae, mfe, ambiguous },
      direction: mirrored ? side(trade.direction) : trade.direction,
      strategy: mirrored ? trade.strategy.replace(/long$|short$/, side) : trade.strategy,
      entryPrice: price(trade.entryPrice),
      exitPrice: price(trade.exitPrice),
      stop: price(trade.stop),
      target: price(trade.target),
    };
  }

  it('give mirrored trades', () => {
    let compared = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const columns = randomTape({ seed, tick: TICK, start: 3600, decimals: 4 });
        const options = {
          strategies: BUSY,
          costs: FREE,
          minorDigits: 4,
          fills: { slippage: { ticks: 1, bp: 0 } },
          risk: { lock: 'position', disabledRules: ['buying-power', 'reward-risk'] },
          instrument: { tick: TICK, decimals: 4 },
        } as const;
        const one = runEngine({ ...options, columns });
        const other = runEngine({ ...options, columns: columns.map(mirror) });
        compared += one.trades.length;
        const images = other.trades.map((trade) => shapeOf(trade, true));
        expect(images).toEqual(one.trades.map((trade) => shapeOf(trade, false)));
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS * 5);
  });
});
