import { describe, expect, it } from 'vitest';
import type { PotentialSignal } from '../../../../src/core/domain/events/events.ts';
import { createCandleView } from '../../../../src/core/domain/market/candle.ts';
import { createMse } from '../../../../src/core/domain/mse/mse.ts';
import type { PlanRequest } from '../../../../src/core/domain/mse/plan/request.ts';
import { DEFAULT_FILLS } from '../../../../src/core/domain/simulation/settings.ts';
import { FREE, MINUTE, markOf, SESSION_MINUTES, SHARE } from '../../../desk.ts';
import { strategiesOf } from '../../../run-engine.ts';

/** Minutes are counted from the open of a session at 0; the next session opens a day later. */
const DAY = 24 * 60;

/** An engine of one share and one strategy, and the opening minutes of the candles that structure took. */
function open(strategy: object = {}) {
  const folded: number[] = [];
  const mse = createMse({
    instruments: [SHARE],
    baseTimeframeMs: MINUTE,
    strategies: strategiesOf([
      {
        strategy_name: 'drawn',
        entry_direction: 'LONG',
        timeframes: ['1m'],
        logic: { operator: 'AND', rules: [{ indicator: 'close', condition: '>', value: 1 }] },
        ...strategy,
      },
    ]),
    costs: FREE,
    fills: DEFAULT_FILLS,
    minRewardRisk: 1.5,
    stopDistanceRule: true,
    explains: true,
    onFolded: ({ openAt }) => folded.push(openAt / MINUTE),
  });
  const view = createCandleView(0);
  const of = {
    folded,
    session(day = 0) {
      const at = day * DAY * MINUTE;
      mse.onMark(markOf('SESSION_OPENED', at, `2015-07-0${6 + day}`));
      return of;
    },
    /** Flat candles of half a point to each side, one instant each. */
    candles(from: number, ...closes: readonly number[]) {
      for (const [i, close] of closes.entries()) {
        const openAt = (from + i) * MINUTE;
        const prices = { open: close, high: close + 0.5, low: close - 0.5, close };
        Object.assign(view, { openAt, closeAt: openAt + MINUTE, ...prices, volume: 10 });
        mse.onCandle(view, view.closeAt);
        mse.endInstant(view.closeAt);
      }
      return of;
    },
    requestAt(minute: number, price = 100): PlanRequest {
      const request = mse.requestOf(signalAt(minute, price));
      if (request === undefined) throw new Error('The strategy is not known.');
      return request;
    },
  };
  return of;
}

function signalAt(minute: number, price: number): PotentialSignal {
  const id = `ACME/drawn/1m/${minute}`;
  return {
    id,
    v: 1,
    type: 'POTENTIAL_SIGNAL',
    symbol: 'ACME',
    at: minute * MINUTE,
    correlationId: id,
    causationId: '',
    strategy: 'drawn',
    direction: 'long',
    timeframe: '1m',
    price,
    trace: [],
  };
}

const WHOLE = { plan: { stop: { ticks: 20 }, target: { r: 2 } } };
const hour = Array.from({ length: 60 }, (_, i) => 100 + (i % 7));
const dayLevels = ({ structure }: PlanRequest) =>
  structure?.untakenLevels(1).filter(({ kind }) => kind === 'day').length;

describe('what a plan is made from', () => {
  it('a market entry waits two candles, an order ten and never past the entry window', () => {
    const engine = open(WHOLE).session();
    expect(engine.requestAt(100).validUntil).toEqual({ market: 102 * MINUTE, order: 110 * MINUTE });
    // The window ends 45 minutes before the close.
    const late = SESSION_MINUTES - 50;
    expect(engine.requestAt(late).validUntil.order).toBe((SESSION_MINUTES - 45) * MINUTE);
  });

  it('a round trip costs the slippage of its entry and of its stop', () => {
    expect(open(WHOLE).session().requestAt(100).costPerUnit).toBeCloseTo(2 * SHARE.tick, 12);
  });

  it('a strategy with a whole plan of its own has no structure, and none is folded', () => {
    const engine = open(WHOLE)
      .session()
      .candles(0, ...hour);
    expect(engine.requestAt(60).structure).toBeUndefined();
    expect(engine.folded).toEqual([]);
  });

  it('structure begins anew after a jump of scale between sessions, and goes on after a move', () => {
    const moved = open()
      .session()
      .candles(0, ...hour)
      .session(1)
      .candles(DAY, 88);
    expect(moved.requestAt(DAY + 1, 88).atr).toBeGreaterThan(0);
    const jumped = open()
      .session()
      .candles(0, ...hour)
      .session(1)
      .candles(DAY, 50);
    expect(jumped.requestAt(DAY + 1, 50).atr).toBeNaN();
  });

  it('a symbol whose data begins inside a session does not know the extremes of that session', () => {
    const whole = open()
      .session()
      .candles(0, ...hour)
      .session(1)
      .candles(DAY, 100);
    expect(dayLevels(whole.requestAt(DAY + 1))).toBe(1);
    const partial = open()
      .session()
      .candles(3, ...hour)
      .session(1)
      .candles(DAY, 100);
    expect(dayLevels(partial.requestAt(DAY + 1))).toBe(0);
  });

  it('nor the candle of a higher timeframe under way when its data began', () => {
    const engine = open({ timeframes: ['5m'] }).session();
    expect(engine.candles(3, ...hour.slice(0, 12)).folded).toEqual([5, 10]);
  });
});
