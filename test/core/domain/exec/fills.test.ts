import { describe, expect, it } from 'vitest';
import type { FillModel } from '../../../../src/core/domain/simulation/settings.ts';
import {
  type Drawn,
  type DrawnOrder,
  MINUTE,
  openDesk,
  SESSION_MINUTES,
  SQUARE_OFF_MINUTE,
} from '../../../desk.ts';

/**
 * Drawn scenarios with their arithmetic: 100 shares, tick 0.05, no charges. Slippage on market, stop and square-off
 * fills is max(1 tick, 2 bp): at 100 two basis points are 0.02, so one tick, 0.05 a share.
 *
 * Every scenario is played long as drawn and short as its mirror image about 100 (x → 200 − x): same money.
 */
type Outcome = {
  /** `undefined`: never filled. */
  readonly entry?: number;
  readonly exit?: number;
  readonly reason?: string;
  /** Rupees: gross − slippage = net. */
  readonly gross?: number;
  readonly slippage?: number;
  readonly net?: number;
  readonly ambiguous?: number;
  /** Minute of the exit. */
  readonly exitMinute?: number;
  readonly cancelled?: string;
  /** Still open at the end. */
  readonly open?: boolean;
};

type Scenario = {
  readonly title: string;
  readonly model?: FillModel;
  readonly order: DrawnOrder;
  readonly candles: readonly Drawn[];
  readonly marks?: readonly (readonly ['SQUARE_OFF' | 'SESSION_CLOSED' | 'FEED_ENDED' | 'clock', number])[];
  readonly after?: readonly Drawn[];
  readonly last?: readonly (readonly ['SESSION_CLOSED' | 'FEED_ENDED', number])[];
  readonly outcome: Outcome;
};

const market: DrawnOrder = { price: 100, limit: 100.25, stop: 99, target: 102 };
const limit: DrawnOrder = { kind: 'limit', price: 99.5, stop: 99, target: 101 };
const stopEntry: DrawnOrder = { kind: 'stop', price: 100.5, stop: 99, target: 102 };
const entryCandle: Drawn = [0, 100, 100.5, 99.5, 100.2];

const SCENARIOS: readonly Scenario[] = [
  {
    title: 'market entry at the next open, target traded through by a tick',
    order: market,
    candles: [entryCandle, [1, 100.2, 102.05, 100, 102]],
    // in 100.00 + 0.05; out 102.00 by a limit. (102.00 − 100.00) × 100 = 200; 0.05 × 100 = 5
    outcome: { entry: 100.05, exit: 102, reason: 'target', gross: 200, slippage: 5, net: 195 },
  },
  {
    title: 'target touched but not traded through stays open',
    order: market,
    candles: [entryCandle, [1, 100.2, 102, 100, 101]],
    outcome: { entry: 100.05, open: true },
  },
  {
    title: 'target touched fills in the neutral model',
    model: 'neutral',
    order: market,
    candles: [entryCandle, [1, 100.2, 102, 100, 101]],
    outcome: { entry: 100.05, exit: 102, reason: 'target', gross: 200, slippage: 5, net: 195 },
  },
  {
    title: 'stop touched',
    order: market,
    candles: [entryCandle, [1, 100, 100.5, 99, 99.5]],
    // out 99.00 − 0.05. (99.00 − 100.00) × 100 = −100; 2 × 0.05 × 100 = 10
    outcome: { entry: 100.05, exit: 98.95, reason: 'stop', gross: -100, slippage: 10, net: -110 },
  },
  {
    title: 'open exactly at the stop in the oracle model: out at that open',
    model: 'oracle',
    order: market,
    candles: [entryCandle, [1, 99, 100, 98, 99.5]],
    outcome: { entry: 100.05, exit: 98.95, reason: 'stop', net: -110, exitMinute: 1 },
  },
  {
    title: 'open exactly at the target in the oracle model: out at that open',
    model: 'oracle',
    order: market,
    candles: [entryCandle, [1, 102, 102.5, 101, 101.5]],
    outcome: { entry: 100.05, exit: 102, reason: 'target', net: 195, exitMinute: 1 },
  },
  {
    title: 'gap through the stop fills at the open',
    order: market,
    candles: [entryCandle, [1, 98.5, 98.8, 98, 98.2]],
    // out 98.50 − 0.05. (98.50 − 100.00) × 100 = −150
    outcome: { entry: 100.05, exit: 98.45, reason: 'stop', gross: -150, slippage: 10, net: -160 },
  },
  {
    title: 'open exactly at the stop: out at that open, whatever the candle does then',
    order: market,
    candles: [entryCandle, [1, 99, 102.5, 98, 102]],
    // out 99.00 − 0.05 at the open of minute 1, which leaves nothing open
    outcome: {
      entry: 100.05,
      exit: 98.95,
      reason: 'stop',
      gross: -100,
      slippage: 10,
      net: -110,
      ambiguous: 0,
      exitMinute: 1,
    },
  },
  {
    title: 'stop and target in one candle: the stop first',
    order: market,
    candles: [entryCandle, [1, 100, 102.5, 98.9, 101]],
    outcome: {
      entry: 100.05,
      exit: 98.95,
      reason: 'stop',
      gross: -100,
      slippage: 10,
      net: -110,
      ambiguous: 1,
    },
  },
  {
    title: 'open beyond the target with the stop also touched: the open decides',
    order: market,
    candles: [entryCandle, [1, 102.5, 103, 98, 99]],
    // out at the open, better than the limit: (102.50 − 100.00) × 100 = 250
    outcome: {
      entry: 100.05,
      exit: 102.5,
      reason: 'target',
      gross: 250,
      slippage: 5,
      net: 245,
      ambiguous: 0,
    },
  },
  {
    title: 'open exactly one tick beyond the target with the stop also touched: the open decides',
    order: market,
    candles: [entryCandle, [1, 102.05, 103, 98, 99]],
    // out at the open: (102.05 − 100.00) × 100 = 205
    outcome: {
      entry: 100.05,
      exit: 102.05,
      reason: 'target',
      gross: 205,
      slippage: 5,
      net: 200,
      ambiguous: 0,
      exitMinute: 1,
    },
  },
  {
    title: 'open off the grid, beyond the target by less than a tick, then traded through: out at that open',
    order: market,
    candles: [entryCandle, [1, 102.03, 102.1, 101, 102]],
    // a limit at 102.00 sells no worse than the 102.03 it found: 203
    outcome: { entry: 100.05, exit: 102.03, reason: 'target', gross: 203, slippage: 5, net: 198 },
  },
  {
    title: 'bracket is live in the entry candle: target',
    order: market,
    candles: [[0, 100, 102.05, 99.5, 102]],
    outcome: { entry: 100.05, exit: 102, reason: 'target', gross: 200, slippage: 5, net: 195 },
  },
  {
    title: 'bracket is live in the entry candle: stop before target',
    order: market,
    candles: [[0, 100, 102.05, 99, 102]],
    outcome: {
      entry: 100.05,
      exit: 98.95,
      reason: 'stop',
      gross: -100,
      slippage: 10,
      net: -110,
      ambiguous: 1,
    },
  },
  {
    title: 'entry open already beyond the stop: in and out at that open',
    order: market,
    candles: [[0, 98.8, 99.5, 98.5, 99]],
    // in 98.80 + 0.05, out 98.80 − 0.05: gross 0, slippage 10
    outcome: { entry: 98.85, exit: 98.75, reason: 'stop', gross: 0, slippage: 10, net: -10 },
  },
  {
    title: 'collar missed: the open is worse than the limit',
    order: market,
    candles: [[0, 100.3, 101, 99.5, 100]],
    outcome: { cancelled: 'price_moved' },
  },
  {
    title: 'collar caps the slippage: a limit order never pays more than its limit',
    order: market,
    candles: [
      [0, 100.25, 100.5, 100, 100.4],
      [1, 100.4, 102.05, 100, 102],
    ],
    // in 100.25, not 100.30. (102.00 − 100.25) × 100 = 175, nothing given away
    outcome: { entry: 100.25, exit: 102, reason: 'target', gross: 175, slippage: 0, net: 175 },
  },
  {
    title: 'next candle missing, the one after fills',
    order: market,
    candles: [
      [1, 100, 100.5, 99.5, 100.2],
      [2, 100.2, 102.05, 100, 102],
    ],
    outcome: { entry: 100.05, exit: 102, reason: 'target', gross: 200, slippage: 5, net: 195 },
  },
  {
    title: 'a candle that starts exactly two timeframes after the decision fills',
    order: market,
    candles: [
      [2, 100, 100.5, 99.5, 100.2],
      [3, 100.2, 102.05, 100, 102],
    ],
    outcome: { entry: 100.05, exit: 102, reason: 'target', gross: 200, slippage: 5, net: 195 },
  },
  {
    title: 'the clock at two timeframes after the decision leaves an order to the candle that starts then',
    order: market,
    candles: [],
    marks: [['clock', 2]],
    after: [
      [2, 100, 100.5, 99.5, 100.2],
      [3, 100.2, 102.05, 100, 102],
    ],
    outcome: { entry: 100.05, exit: 102, reason: 'target', gross: 200, slippage: 5, net: 195 },
  },
  {
    title: 'candles missing for longer than two timeframes: expired',
    order: market,
    candles: [[3, 100, 100.5, 99.5, 100.2]],
    outcome: { cancelled: 'expired' },
  },
  {
    title: 'no candle at all: the clock expires the order',
    order: market,
    candles: [],
    marks: [['clock', 3]],
    outcome: { cancelled: 'expired' },
  },
  {
    title: 'limit touched but not traded through, until its ten candles are over',
    order: limit,
    candles: [
      [0, 100, 100.2, 99.5, 99.8],
      [1, 99.8, 100, 99.5, 99.9],
    ],
    marks: [['clock', 10]],
    outcome: { cancelled: 'expired' },
  },
  {
    title: 'limit traded through by a candle that starts when its ten candles are over: expired',
    order: limit,
    candles: [[10, 100, 100.2, 99, 99.8]],
    outcome: { cancelled: 'expired' },
  },
  {
    title: 'limit touched fills in the neutral model',
    model: 'neutral',
    order: limit,
    candles: [
      [0, 100, 100.2, 99.5, 99.8],
      [1, 99.8, 101, 99.7, 100.9],
    ],
    // in 99.50, out 101.00 on touch: 150, nothing given away by limits
    outcome: { entry: 99.5, exit: 101, reason: 'target', gross: 150, slippage: 0, net: 150 },
  },
  {
    title: 'limit traded through by a tick fills at its price',
    order: limit,
    candles: [
      [0, 100, 100.2, 99.45, 99.8],
      [1, 99.8, 101.05, 99.7, 100.9],
    ],
    outcome: { entry: 99.5, exit: 101, reason: 'target', gross: 150, slippage: 0, net: 150 },
  },
  {
    title: 'limit with the open beyond it fills at the better open, bracket live at once',
    order: limit,
    candles: [[0, 99.2, 101.05, 99.1, 100]],
    // in 99.20, out 101.00: 180
    outcome: { entry: 99.2, exit: 101, reason: 'target', gross: 180, slippage: 0, net: 180 },
  },
  {
    title: 'limit with the open exactly one tick beyond it: filled at that open, bracket live at once',
    order: limit,
    candles: [[0, 99.45, 101.05, 99.4, 100]],
    // in 99.45, out 101.00: 155
    outcome: { entry: 99.45, exit: 101, reason: 'target', gross: 155, slippage: 0, net: 155 },
  },
  {
    title:
      'limit with the open off the grid, beyond it by less than a tick, then traded through: in at that open',
    order: limit,
    candles: [[0, 99.47, 100, 99.4, 99.8]],
    outcome: { entry: 99.47, open: true },
  },
  {
    title: 'limit filled inside a candle whose target is reached: the target never counts there',
    order: limit,
    candles: [[0, 100, 101.5, 99.4, 101]],
    outcome: { entry: 99.5, open: true },
  },
  {
    title: 'limit filled inside a candle that falls on through the stop: a loss in that candle',
    order: limit,
    candles: [[0, 100, 100.2, 98.9, 99.2]],
    // out 99.00 − 0.05. (99.00 − 99.50) × 100 = −50, slippage 5
    outcome: {
      entry: 99.5,
      exit: 98.95,
      reason: 'stop',
      gross: -50,
      slippage: 5,
      net: -55,
      ambiguous: 0,
    },
  },
  {
    title: 'stop entry triggers on touch',
    order: stopEntry,
    candles: [
      [0, 100, 100.5, 99.8, 100.4],
      [1, 100.4, 102.05, 100.2, 102],
    ],
    // in 100.50 + 0.05, out 102.00: 150, slippage 5
    outcome: { entry: 100.55, exit: 102, reason: 'target', gross: 150, slippage: 5, net: 145 },
  },
  {
    title: 'stop entry whose stop is touched in the same candle: a loss in that candle',
    order: stopEntry,
    candles: [[0, 100, 100.6, 99, 100]],
    // out 98.95. (99.00 − 100.50) × 100 = −150, slippage 10
    outcome: {
      entry: 100.55,
      exit: 98.95,
      reason: 'stop',
      gross: -150,
      slippage: 10,
      net: -160,
      ambiguous: 1,
    },
  },
  {
    title: 'stop entry with the open exactly at it: filled at that open, bracket live at once',
    order: stopEntry,
    candles: [[0, 100.5, 102.05, 100.2, 102]],
    // in 100.50 + 0.05, out 102.00: 150, slippage 5
    outcome: { entry: 100.55, exit: 102, reason: 'target', gross: 150, slippage: 5, net: 145 },
  },
  {
    title: 'stop entry with the open beyond it fills at the worse open',
    order: stopEntry,
    candles: [
      [0, 101, 101.2, 100.8, 101],
      [1, 101, 102.05, 100.9, 102],
    ],
    // in 101.00 + 0.05: 100, slippage 5
    outcome: { entry: 101.05, exit: 102, reason: 'target', gross: 100, slippage: 5, net: 95 },
  },
  {
    title: 'square-off fills at the open of the candle that contains its time',
    order: market,
    candles: [entryCandle, [356, 101, 101.2, 100.9, 101.1]],
    marks: [['SQUARE_OFF', SQUARE_OFF_MINUTE]],
    after: [[357, 101, 102.5, 98, 101]],
    // out 101.00 − 0.05 though stop and target are in the candle: 100, slippage 10
    outcome: { entry: 100.05, exit: 100.95, reason: 'square_off', gross: 100, slippage: 10, net: 90 },
  },
  {
    title: 'square-off without a candle: at the last close of the session',
    order: market,
    candles: [entryCandle, [300, 100.5, 101, 100.4, 100.7]],
    marks: [['SQUARE_OFF', SQUARE_OFF_MINUTE]],
    last: [['SESSION_CLOSED', SESSION_MINUTES]],
    // out 100.70 − 0.05: 70, slippage 10
    outcome: { entry: 100.05, exit: 100.65, reason: 'no_data', gross: 70, slippage: 10, net: 60 },
  },
  {
    title: 'square-off cancels a working entry',
    order: { ...limit, decidedAt: 350 },
    candles: [[350, 100, 100.2, 99.8, 100]],
    marks: [['SQUARE_OFF', SQUARE_OFF_MINUTE]],
    outcome: { cancelled: 'square_off' },
  },
  {
    title: 'the session ends before a fill',
    order: { ...market, decidedAt: 374 },
    candles: [],
    marks: [['SESSION_CLOSED', SESSION_MINUTES]],
    outcome: { cancelled: 'session_end' },
  },
  {
    title: 'the feed ends: a position closes at the last close',
    order: market,
    candles: [entryCandle],
    marks: [['FEED_ENDED', 1]],
    // out 100.20 − 0.05: 20, slippage 10
    outcome: { entry: 100.05, exit: 100.15, reason: 'feed_ended', gross: 20, slippage: 10, net: 10 },
  },
  {
    title: 'the feed ends: a working entry is cancelled',
    order: limit,
    candles: [],
    marks: [['FEED_ENDED', 1]],
    outcome: { cancelled: 'feed_ended' },
  },
];

const reflect = (price: number): number => Math.round((200 - price) * 100) / 100;

function mirrored(scenario: Scenario): Scenario {
  const candle = ([minute, open, high, low, close]: Drawn): Drawn => [
    minute,
    reflect(open),
    reflect(low),
    reflect(high),
    reflect(close),
  ];
  const { order, outcome } = scenario;
  const turned: DrawnOrder = {
    ...order,
    side: 'short',
    price: reflect(order.price),
    stop: reflect(order.stop),
    target: reflect(order.target),
    ...(order.limit === undefined ? {} : { limit: reflect(order.limit) }),
  };
  return {
    ...scenario,
    order: turned,
    candles: scenario.candles.map(candle),
    after: (scenario.after ?? []).map(candle),
    outcome: {
      ...outcome,
      ...(outcome.entry === undefined ? {} : { entry: reflect(outcome.entry) }),
      ...(outcome.exit === undefined ? {} : { exit: reflect(outcome.exit) }),
    },
  };
}

function play(scenario: Scenario) {
  const desk = openDesk({ fills: { model: scenario.model ?? 'pessimistic' } });
  desk.order(scenario.order);
  desk.candles(...scenario.candles);
  for (const [what, minute] of scenario.marks ?? []) {
    if (what === 'clock') desk.clock(minute);
    else desk.mark(what, minute);
  }
  desk.candles(...(scenario.after ?? []));
  for (const [what, minute] of scenario.last ?? []) desk.mark(what, minute);
  return desk;
}

function outcomeOf(desk: ReturnType<typeof play>): Outcome {
  const entry = desk.events.find((event) => event.type === 'ORDER_FILLED' && event.leg === 'entry');
  const cancelled = desk.events.find((event) => event.type === 'ORDER_CANCELLED');
  const [trade] = desk.trades;
  return {
    ...(entry?.type === 'ORDER_FILLED' ? { entry: entry.price } : {}),
    ...(cancelled?.type === 'ORDER_CANCELLED' ? { cancelled: cancelled.reason } : {}),
    ...(trade === undefined
      ? {}
      : {
          exit: trade.exitPrice,
          reason: trade.exitReason,
          gross: trade.grossPnl / 100,
          slippage: trade.slippage / 100,
          net: trade.netPnl / 100,
          ambiguous: trade.ambiguous,
          exitMinute: trade.exitAt / MINUTE,
        }),
    ...(trade === undefined && entry !== undefined ? { open: true } : {}),
  };
}

describe.each([
  ['long', SCENARIOS],
  ['short', SCENARIOS.map(mirrored)],
] as const)('%s', (_, scenarios) => {
  it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))('%s', (__, scenario) => {
    const desk = play(scenario);
    expect(outcomeOf(desk)).toMatchObject(scenario.outcome);
    expect(desk.trades.length).toBe(scenario.outcome.exit === undefined ? 0 : 1);
    expect(desk.exec.busy).toBe(scenario.outcome.open === true ? 1 : 0);
  });
});

describe('an order after the end', () => {
  it('decided on the last candle of the session is placed and cancelled at once', () => {
    const desk = openDesk();
    desk.mark('SESSION_CLOSED', SESSION_MINUTES);
    desk.order({ ...market, decidedAt: SESSION_MINUTES });
    expect(desk.events.map((event) => event.type)).toEqual(['ORDER_PLACED', 'ORDER_CANCELLED']);
    expect(desk.events[1]).toMatchObject({ reason: 'session_end', filledQty: 0 });
  });

  it('decided after square-off is cancelled for it', () => {
    const desk = openDesk();
    desk.mark('SQUARE_OFF', SQUARE_OFF_MINUTE);
    desk.order({ ...market, decidedAt: SQUARE_OFF_MINUTE });
    expect(desk.events[1]).toMatchObject({ reason: 'square_off' });
  });
});

describe('excursions', () => {
  it('count the entry candle whole when filled at its open, and of the exit candle its open and the exit price', () => {
    const desk = openDesk({ fills: { slippage: { ticks: 0, bp: 0 } } });
    desk.order(market);
    // worst so far 99.40 (0.60 below 100), best 101.50; the exit candle's low of 98 and high of 103 do not count
    desk.candles([0, 100, 101.5, 99.4, 100.2], [1, 100.1, 103, 98, 100]);
    expect(desk.trades[0]).toMatchObject({ exitReason: 'stop', exitPrice: 99 });
    // but the exit price does: 100 − 99 = 1.00
    expect(desk.trades[0]?.mae).toBeCloseTo(1, 9);
    expect(desk.trades[0]?.mfe).toBeCloseTo(1.5, 9);
    // riskAmount = 100 × (100.25 − 99) = 125; MAE 1.00 × 100 ÷ 125 = 0.8 R
    expect(desk.trades[0]?.maeR).toBeCloseTo(0.8, 9);
  });

  it('of a short are its mirror image', () => {
    const desk = openDesk({ fills: { slippage: { ticks: 0, bp: 0 } } });
    desk.order({ side: 'short', price: 100, limit: 99.75, stop: 101, target: 98 });
    // worst 100.60, 0.60 above 100; best 98.50
    desk.candles([0, 100, 100.6, 98.5, 99.8], [1, 99.9, 100.2, 97.9, 98]);
    expect(desk.trades[0]).toMatchObject({ exitReason: 'target', exitPrice: 98 });
    expect(desk.trades[0]?.mae).toBeCloseTo(0.6, 9);
    // the exit price: 100 − 98
    expect(desk.trades[0]?.mfe).toBeCloseTo(2, 9);
    const stopped = openDesk({ fills: { slippage: { ticks: 0, bp: 0 } } });
    stopped.order({ side: 'short', price: 100, limit: 99.75, stop: 101, target: 98 });
    stopped.candles([0, 100, 100.6, 98.5, 99.8], [1, 99.9, 101.2, 99.7, 101]);
    expect(stopped.trades[0]?.mfe).toBeCloseTo(1.5, 9);
  });

  it('count the open of the candle that ends it, by its stop or by square-off', () => {
    const stopped = openDesk({ fills: { slippage: { ticks: 0, bp: 0 } } });
    stopped.order(market);
    stopped.candles(entryCandle, [1, 101.8, 101.9, 98, 99]);
    // 101.80 − 100 is beyond the 0.50 of the entry candle
    expect(stopped.trades[0]?.mfe).toBeCloseTo(1.8, 9);
    const squared = openDesk();
    squared.order(market);
    squared.candles(entryCandle);
    squared.mark('SQUARE_OFF', SQUARE_OFF_MINUTE);
    squared.candles([SQUARE_OFF_MINUTE, 101, 101.5, 100, 101]);
    // in at 100.05, seen at 101.00, out a tick lower at 100.95
    expect(squared.trades[0]).toMatchObject({ exitReason: 'square_off', exitPrice: 100.95 });
    expect(squared.trades[0]?.mfe).toBeCloseTo(0.95, 9);
  });

  it('leave out what may have come before an entry inside the candle', () => {
    const desk = openDesk({ fills: { slippage: { ticks: 0, bp: 0 } } });
    desk.order(limit);
    desk.candles([0, 100, 100.9, 99.3, 99.6], [1, 99.6, 101.05, 99.5, 101]);
    expect(desk.trades[0]).toMatchObject({ exitReason: 'target' });
    // in at 99.50; close of the entry candle 99.60, open of the next 99.60, exit 101.00
    expect(desk.trades[0]?.mae).toBe(0);
    expect(desk.trades[0]?.mfe).toBeCloseTo(1.5, 9);
  });
});

describe('slippage', () => {
  it('never takes a price to nothing: sold at the one tick that is left', () => {
    const desk = openDesk();
    desk.order({ price: 0.1, limit: 0.15, stop: 0.05, target: 1 });
    desk.candles([0, 0.1, 0.15, 0.1, 0.1], [1, 0.1, 0.1, 0.05, 0.05]);
    // in 0.10 + 0.05; out 0.05, a tick below which is no price: (0.05 − 0.10) × 100 = −5, given away 5
    expect(desk.trades[0]).toMatchObject({ exitPrice: 0.05, grossPnl: -500, slippage: 500, netPnl: -1000 });
  });
});

describe('an order taken back', () => {
  it('is as if it had never been: nothing is held, and no candle fills it', () => {
    const desk = openDesk();
    desk.order(market);
    desk.withdraw(market);
    expect(desk.exec.busy).toBe(0);
    desk.candles(entryCandle);
    expect(desk.events.map(({ type }) => type)).toEqual(['ORDER_PLACED']);
  });
});

describe('found by review', () => {
  it('a candle under way when the order was accepted cannot fill it', () => {
    const desk = openDesk();
    desk.order({ ...market, decidedAt: 0.5 });
    desk.candles([0, 100, 100.2, 99.9, 100.1]);
    expect(desk.events.map(({ type }) => type)).toEqual(['ORDER_PLACED']);
    desk.candles([1, 100, 100.2, 99.9, 100.1]);
    expect(desk.events[1]).toMatchObject({ type: 'ORDER_FILLED', at: 60_000 });
  });

  it('a candle that starts too late expires an order when it has closed, as events come in the order of time', () => {
    const desk = openDesk();
    desk.order(market);
    desk.candles([3, 100, 100.2, 99.9, 100.1]);
    expect(desk.events[1]).toMatchObject({ type: 'ORDER_CANCELLED', reason: 'expired', at: 4 * MINUTE });
  });

  it('after square-off without its candle neither stop nor target count: the last close does', () => {
    const desk = openDesk({ fills: { slippage: { ticks: 0, bp: 0 } } });
    desk.order(market);
    desk.candles(entryCandle);
    desk.mark('SQUARE_OFF', SQUARE_OFF_MINUTE);
    desk.candles([SQUARE_OFF_MINUTE + 9, 101, 103, 98, 100.5]);
    expect(desk.trades).toEqual([]);
    desk.mark('SESSION_CLOSED', SESSION_MINUTES);
    expect(desk.trades[0]).toMatchObject({ exitReason: 'no_data', exitPrice: 100.5 });
    // It was open all that time: from 100 the price went to 98 and 103.
    expect(desk.trades[0]?.mae).toBeCloseTo(2, 9);
    expect(desk.trades[0]?.mfe).toBeCloseTo(3, 9);
  });
});
