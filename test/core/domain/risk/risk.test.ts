import { describe, expect, it } from 'vitest';
import type { ExecutionEvent, TradePlanProposed } from '../../../../src/core/domain/events/events.ts';
import type { Instrument } from '../../../../src/core/domain/market/instrument.ts';
import { createRisk, type Risk } from '../../../../src/core/domain/risk/risk.ts';
import { DEFAULT_RISK_LIMITS, type RiskSettings } from '../../../../src/core/domain/risk/settings.ts';
import { DEFAULT_FILLS } from '../../../../src/core/domain/simulation/settings.ts';
import type { CostModel } from '../../../../src/core/domain/trading/costs.ts';
import { FREE, MINUTE, markOf, SESSION_MINUTES, SHARE } from '../../../desk.ts';
import { makeStrategy } from '../../../make-strategy.ts';

const SYMBOLS = ['ACME', 'BETA', 'CETA', 'DELTA', 'EPSI', 'ZETA'];
const NOON = 100 * MINUTE;

/** E = 100,000; no costs, no slippage, no collar but for its one tick, where nothing else is said. */
function guardian(
  settings: Partial<RiskSettings> = {},
  overrides: readonly Partial<Instrument>[] = [],
  { costs = FREE, slippageTicks = 0 }: { readonly costs?: CostModel; readonly slippageTicks?: number } = {},
): Risk {
  const risk = createRisk({
    instruments: SYMBOLS.map((symbol, slot) => ({ ...SHARE, symbol, ...overrides[slot] })),
    strategies: [
      makeStrategy({ place: 0, name: 'first' }),
      makeStrategy({ place: 1, name: 'second' }),
      makeStrategy({ place: 2, name: 'bold', risk: { riskPct: 2, minRewardRisk: 0.5 } }),
    ],
    settings: { ...DEFAULT_RISK_LIMITS, startingBalance: 100_000, leverage: 5, ...settings },
    fills: { ...DEFAULT_FILLS, slippage: { ticks: slippageTicks, bp: 0 }, collarRatio: 0 },
    costs,
    minorDigits: 2,
    records: true,
  });
  risk.onMark(markOf('SESSION_OPENED', 0));
  return risk;
}

function plan(over: Partial<TradePlanProposed> & { readonly at?: number } = {}): TradePlanProposed {
  const symbol = over.symbol ?? 'ACME';
  const name = over.strategy ?? 'first';
  const at = over.at ?? NOON;
  const id = `${symbol}/${name}/1m/${at}/${over.direction ?? 'long'}`;
  return {
    id: `${id}#plan`,
    v: 1,
    type: 'TRADE_PLAN_PROPOSED',
    symbol,
    at,
    correlationId: id,
    causationId: id,
    strategy: name,
    direction: 'long',
    timeframe: '1m',
    price: 100,
    entry: { kind: 'limit', price: 100, validUntil: at + 10 * MINUTE },
    stop: 99,
    targets: [{ price: 102, share: 1 }],
    rewardRisk: 2,
    score: 2,
    reasons: [],
    ...over,
  };
}

const short = (over: Partial<TradePlanProposed> = {}): TradePlanProposed =>
  plan({ direction: 'short', stop: 101, targets: [{ price: 98, share: 1 }], ...over });

/** One plan's verdict: quantity when validated, reason when rejected. */
function verdict(risk: Risk, proposed: TradePlanProposed): number | string {
  const [only] = risk.decide([proposed], proposed.at);
  return only?.type === 'PLAN_VALIDATED' ? only.qty : (only?.reason ?? 'none');
}

function closed(proposed: TradePlanProposed, netPnl: number): ExecutionEvent {
  return {
    id: `${proposed.correlationId}#closed`,
    v: 1,
    type: 'POSITION_CLOSED',
    symbol: proposed.symbol,
    at: proposed.at,
    correlationId: proposed.correlationId,
    causationId: '',
    strategy: proposed.strategy,
    direction: proposed.direction,
    qty: 1,
    entryPrice: 100,
    exitPrice: 99,
    exitReason: 'stop',
    grossPnl: netPnl,
    slippage: 0,
    fees: {},
    netPnl,
    pnlR: -1,
    mae: 0,
    mfe: 0,
  };
}

function cancelled(proposed: TradePlanProposed): ExecutionEvent {
  return {
    id: `${proposed.correlationId}#cancelled`,
    v: 1,
    type: 'ORDER_CANCELLED',
    symbol: proposed.symbol,
    at: proposed.at,
    correlationId: proposed.correlationId,
    causationId: '',
    orderId: `${proposed.correlationId}#order`,
    leg: 'entry',
    side: 'buy',
    kind: 'limit',
    reason: 'expired',
    filledQty: 0,
  };
}

describe('size', () => {
  it('is floor(E × 1 % ÷ risk per unit): 1,000 ÷ 1.00 = 1,000, cut by one position ≤ E to 1,000', () => {
    expect(verdict(guardian(), plan())).toBe(1000);
  });

  it('buys 5,000 at 100.15 with a stop at 99.95, where floats buy 4,999', () => {
    expect(Math.floor(1000 / (100.15 - 99.95))).toBe(4999);
    const risk = guardian({ maxPositionPct: 600, leverage: 10 });
    const entry = { kind: 'limit', price: 100.15, validUntil: NOON } as const;
    expect(
      verdict(risk, plan({ price: 100.15, entry, stop: 99.95, targets: [{ price: 101, share: 1 }] })),
    ).toBe(5000);
  });

  it('is floored to the lot: 1,000 ÷ 1.00 in lots of 75 is 13 lots', () => {
    expect(verdict(guardian({}, [{ lot: 75 }]), plan())).toBe(975);
  });

  it('reckons from the worst entry: a collar of a quarter of the stop distance makes 1.25 of 1.00 at risk', () => {
    const risk = createRisk({
      instruments: [SHARE],
      strategies: [makeStrategy({ place: 0, name: 'first' })],
      settings: { ...DEFAULT_RISK_LIMITS, startingBalance: 100_000, leverage: 5 },
      fills: { ...DEFAULT_FILLS, slippage: { ticks: 0, bp: 0 } },
      costs: FREE,
      minorDigits: 2,
      records: true,
    });
    risk.onMark(markOf('SESSION_OPENED', 0));
    const [approved] = risk.decide([plan({ entry: { kind: 'market', price: 100, validUntil: NOON } })], NOON);
    // 1,000 ÷ 1.25 = 800; 1 R = 800 × 1.25 = 1,000.00
    expect(approved).toMatchObject({ qty: 800, entryLimit: 100.25, riskAmount: 1000, riskPct: 1 });
  });

  it('is cut by buying power, and risks less than the setting', () => {
    const [approved] = guardian({ maxPositionPct: 50 }).decide([plan()], NOON);
    // 50,000 ÷ 100 = 500; 500 × 1.00 = 500 = 0.5 % of E
    expect(approved).toMatchObject({ qty: 500, riskAmount: 500, riskPct: 0.5 });
    const check = approved?.checks.find(({ rule }) => rule === 'buying-power');
    expect(check).toEqual({ rule: 'buying-power', value: 100_000, limit: 50_000, pass: true, cutTo: 500 });
  });

  it('is not cut where it is just what buying power or volume allows', () => {
    // 1,000 × 100 = 100,000 = E; a tenth of a mean volume of 10,000 is 1,000
    const risk = guardian();
    for (let i = 0; i < 20; i += 1) risk.onCandle({ ...CANDLE, volume: 10_000 });
    const [approved] = risk.decide([plan()], NOON);
    expect(approved?.checks).toContainEqual({
      rule: 'buying-power',
      value: 100_000,
      limit: 100_000,
      pass: true,
    });
    expect(approved?.checks).toContainEqual({ rule: 'liquidity', value: 1000, limit: 1000, pass: true });
  });

  it('may be cut to one lot, and to no less', () => {
    // 0.1 % of E = 100 buys one share at 100, 0.09 % buys none
    expect(verdict(guardian({ maxPositionPct: 0.1 }), plan())).toBe(1);
    expect(verdict(guardian({ maxPositionPct: 0.09 }), plan())).toBe('BUYING_POWER');
  });

  it('is cut to three lots of 0.1, where floats make 0.3 ÷ 0.1 a little less than three', () => {
    expect(Math.floor(0.3 / 0.1)).toBe(2);
    // 0.03 % of E = 30 buys 0.3 at 100
    expect(verdict(guardian({ maxPositionPct: 0.03 }, [{ lot: 0.1 }]), plan())).toBe(0.3);
    const thin = guardian({}, [{ lot: 0.1 }]);
    for (let i = 0; i < 20; i += 1) thin.onCandle({ ...CANDLE, volume: 3 });
    // a tenth of 3
    expect(verdict(thin, plan())).toBe(0.3);
  });

  it('waits for twenty candles before volume cuts it', () => {
    const risk = guardian({ disabledRules: ['one-position', 'intraday-lock'] });
    for (let i = 0; i < 19; i += 1) risk.onCandle({ ...CANDLE, volume: 1000 });
    expect(verdict(risk, plan())).toBe(1000);
    risk.onCandle({ ...CANDLE, volume: 1000 });
    expect(verdict(risk, plan({ strategy: 'second' }))).toBe(100);
  });

  it('is cut by what leverage leaves beside what is open, which counts at its worst entry', () => {
    const risk = guardian({ leverage: 1 });
    const [first] = risk.decide([plan({ entry: { kind: 'market', price: 100, validUntil: NOON } })], NOON);
    // collar of one tick: 1,000 ÷ 1.05 = 952.38
    expect(first).toMatchObject({ qty: 952, entryLimit: 100.05 });
    const [second] = risk.decide([plan({ symbol: 'BETA' })], NOON);
    // 100,000 − 952 × 100.05 = 4,752.40
    expect(second?.checks.find(({ rule }) => rule === 'buying-power')).toMatchObject({ limit: 4752.4 });
  });

  it('is cut by what leverage leaves beside what is open', () => {
    const risk = guardian({ leverage: 1.5, maxOpenRiskPct: 10 });
    expect(verdict(risk, plan())).toBe(1000);
    // 150,000 − 100,000 = 50,000 ÷ 100
    expect(verdict(risk, plan({ symbol: 'BETA' }))).toBe(500);
    expect(verdict(risk, plan({ symbol: 'CETA' }))).toBe('BUYING_POWER');
  });

  it('is cut by a tenth of the mean volume of the last 20 candles, and not at all where there is no volume', () => {
    const risk = guardian();
    for (let i = 0; i < 20; i += 1) risk.onCandle({ ...CANDLE, volume: i < 10 ? 1000 : 3000 });
    // mean 2,000, a tenth is 200
    expect(verdict(risk, plan())).toBe(200);
    const blind = guardian();
    for (let i = 0; i < 20; i += 1) blind.onCandle({ ...CANDLE, volume: i === 3 ? Number.NaN : 1000 });
    const [approved] = blind.decide([plan()], NOON);
    expect(approved).toMatchObject({ qty: 1000 });
    expect(approved?.checks.find(({ rule }) => rule === 'liquidity')).toMatchObject({
      value: 'N/A',
      pass: true,
    });
  });

  it('follows the strategy where it says its own risk', () => {
    expect(verdict(guardian({ maxPositionPct: 500 }), plan({ strategy: 'bold' }))).toBe(2000);
  });
});

const CANDLE = { slot: 0, openAt: 0, closeAt: MINUTE, open: 100, high: 100, low: 100, close: 100 };

describe('what a trade costs', () => {
  const market = { kind: 'market', price: 100, validUntil: NOON } as const;
  const stop = { kind: 'stop', price: 100, validUntil: NOON } as const;

  it.each([
    // 1,000 ÷ (1.00 + 0.05 of the stop) = 952.38; a limit gives nothing away
    ['a limit entry', plan(), 952],
    // 1,000 ÷ (1.00 + 0.05 of the entry + 0.05 of the stop) = 909.09
    ['a stop entry', plan({ entry: stop }), 909],
    // the tick of the entry is within the collar of a tick: 1,000 ÷ (1.05 + 0.05) = 909.09
    ['a market entry', plan({ entry: market }), 909],
  ])('makes the quantity smaller by a tick of slippage a side: %s', (_, proposed, qty) => {
    expect(verdict(guardian({}, [], { slippageTicks: 1 }), proposed)).toBe(qty);
  });

  it('makes the quantity smaller by the rates of what is bought and what is sold', () => {
    const costs = { ...FREE, rates: () => ({ buyRatio: 0.001, sellRatio: 0.002, perUnit: 0.01 }) };
    // bought at 100, sold at 99: 0.10 + 0.198 + 2 × 0.01 = 0.318; 1,000 ÷ 1.318 = 758.73
    expect(verdict(guardian({}, [], { costs }), plan())).toBe(758);
    // sold at 100, bought at 101: 0.20 + 0.101 + 0.02 = 0.321; 1,000 ÷ 1.321 = 757.00…
    expect(verdict(guardian({}, [], { costs }), short())).toBe(757);
  });

  it.each([
    // 100 shares: (200 − 25) ÷ (100 + 5 of the stop + 25)
    ['a limit entry', plan(), 175 / 130],
    // (200 − 5 − 25) ÷ (100 + 5 + 5 + 25)
    ['a stop entry', plan({ entry: stop }), 170 / 135],
    ['a market entry', plan({ entry: market }), 170 / 135],
  ])(
    'is in net reward:risk: 10.00 a fill, 5.00 at the close, a tick a side: %s',
    (_, proposed, netRewardRisk) => {
      const openBook = () => ({ fill: () => ({ fee: 1000 }), close: () => ({ fee: 500 }) });
      const risk = guardian({ minRewardRisk: 1 }, [], { costs: { ...FREE, openBook }, slippageTicks: 1 });
      // a tenth of a mean volume of 1,000 is 100 shares
      for (let i = 0; i < 20; i += 1) risk.onCandle({ ...CANDLE, volume: 1000 });
      const [approved] = risk.decide([proposed], NOON);
      expect(approved).toMatchObject({ qty: 100 });
      expect(approved?.checks.find(({ rule }) => rule === 'reward-risk')?.value).toBeCloseTo(
        netRewardRisk,
        12,
      );
    },
  );
});

describe('rules', () => {
  it.each([
    ['a stop on the winning side', plan({ stop: 101 }), 'MALFORMED'],
    ['a target on the losing side', plan({ targets: [{ price: 99.5, share: 1 }] }), 'MALFORMED'],
    ['a stop at the entry', plan({ stop: 100 }), 'MALFORMED'],
    ['a target at the entry', plan({ targets: [{ price: 100, share: 1 }] }), 'MALFORMED'],
    [
      'prices of nothing',
      plan({
        price: 0,
        entry: { kind: 'limit', price: 0, validUntil: NOON },
        stop: -1,
        targets: [{ price: 2, share: 1 }],
      }),
      'MALFORMED',
    ],
    ['no target', plan({ targets: [] }), 'MALFORMED'],
    ['a price that is no number', plan({ price: Number.NaN }), 'MALFORMED'],
    ['an infinite stop', plan({ stop: Number.NEGATIVE_INFINITY }), 'MALFORMED'],
    ['before the entry window', plan({ at: 4 * MINUTE }), 'ENTRY_WINDOW'],
    ['after the entry window', plan({ at: (SESSION_MINUTES - 44) * MINUTE }), 'ENTRY_WINDOW'],
    // 0.01 × … a risk of 2,000 a unit is above the budget of 1,000
    [
      'a risk budget below one lot',
      plan({
        price: 3000,
        stop: 1000,
        entry: { kind: 'limit', price: 3000, validUntil: NOON },
        targets: [{ price: 9000, share: 1 }],
      }),
      'QUANTITY',
    ],
    // (101.4 − 100) ÷ (100 − 99) = 1.4
    ['net reward:risk of 1.4', plan({ targets: [{ price: 101.4, share: 1 }] }), 'REWARD_RISK'],
  ])('reject %s', (_, proposed, reason) => {
    expect(verdict(guardian({ maxPositionPct: 500 }), proposed)).toBe(reason);
  });

  it.each([
    ['the first instant of the entry window', plan({ at: 5 * MINUTE })],
    ['its last', plan({ at: (SESSION_MINUTES - 45) * MINUTE })],
    ['net reward:risk of exactly 1.5', plan({ targets: [{ price: 101.5, share: 1 }] })],
  ])('pass %s', (_, proposed) => {
    expect(verdict(guardian(), proposed)).toBe(1000);
  });

  it('ask of a strategy the net reward:risk that it says itself', () => {
    // (100.6 − 100) ÷ (100 − 99) = 0.6: above 0.5, below 1.5
    const modest = { targets: [{ price: 100.6, share: 1 }] };
    expect(verdict(guardian(), plan({ ...modest, strategy: 'bold' }))).toBe(1000);
    expect(verdict(guardian(), plan(modest))).toBe('REWARD_RISK');
  });

  it('analyse an index and do not trade it', () => {
    expect(verdict(guardian({}, [{ type: 'index' }]), plan())).toBe('NOT_TRADABLE');
  });

  it('reject everything outside a session', () => {
    const risk = guardian();
    risk.onMark(markOf('SESSION_CLOSED', SESSION_MINUTES * MINUTE));
    const at = SESSION_MINUTES * MINUTE;
    const [rejected] = risk.decide([plan({ at })], at);
    expect(rejected).toMatchObject({ reason: 'ENTRY_WINDOW' });
    expect(rejected?.checks).toContainEqual({
      rule: 'entry-window',
      value: 'after the close',
      limit: 'no session',
      pass: false,
    });
  });

  it('are all evaluated and recorded, and the first failure is the reason', () => {
    const [rejected] = guardian().decide(
      [plan({ at: 4 * MINUTE, targets: [{ price: 101, share: 1 }] })],
      4 * MINUTE,
    );
    expect(rejected).toMatchObject({ type: 'PLAN_REJECTED', reason: 'ENTRY_WINDOW' });
    expect(rejected?.checks).toHaveLength(13);
    expect(rejected?.checks.filter(({ pass }) => !pass).map(({ rule }) => rule)).toEqual([
      'entry-window',
      'reward-risk',
    ]);
  });

  it('are weighed in the order that names the reason', () => {
    const [decided] = guardian().decide([plan()], NOON);
    expect(decided?.checks.map(({ rule }) => rule)).toEqual([
      'well-formed',
      'tradable',
      'entry-window',
      'one-position',
      'intraday-lock',
      'conflict',
      'buying-power',
      'liquidity',
      'min-quantity',
      'reward-risk',
      'max-positions',
      'max-open-risk',
      'max-daily-loss',
    ]);
  });

  it.each([
    ['entry-window', plan({ at: MINUTE })],
    ['reward-risk', plan({ targets: [{ price: 100.1, share: 1 }] })],
    ['well-formed', plan({ stop: 101 })],
  ] as const)('can be switched off: %s', (rule, proposed) => {
    const off = rule === 'well-formed' ? ([rule, 'reward-risk'] as const) : ([rule] as const);
    expect(verdict(guardian({ disabledRules: off }), proposed)).toBe(1000);
  });
});

describe('one symbol', () => {
  it('has one order or position at a time', () => {
    const risk = guardian({ disabledRules: ['intraday-lock'] });
    const first = plan();
    expect(verdict(risk, first)).toBe(1000);
    expect(verdict(risk, plan({ strategy: 'second' }))).toBe('POSITION_OPEN');
    risk.handle(closed(first, 10));
    expect(verdict(risk, plan({ strategy: 'second' }))).toBe(1000);
  });

  it('stays locked to session end after its position closed', () => {
    const risk = guardian();
    const first = plan();
    risk.decide([first], NOON);
    risk.handle(closed(first, 10));
    expect(verdict(risk, plan({ strategy: 'second' }))).toBe('LOCKED');
    risk.onMark(markOf('SESSION_CLOSED', SESSION_MINUTES * MINUTE));
    risk.onMark(markOf('SESSION_OPENED', 0, '2015-07-07'));
    expect(verdict(risk, plan({ strategy: 'second' }))).toBe(1000);
  });

  it('is unlocked by an entry cancelled unfilled', () => {
    const risk = guardian();
    const first = plan();
    risk.decide([first], NOON);
    risk.handle(cancelled(first));
    expect(verdict(risk, plan({ strategy: 'second' }))).toBe(1000);
  });

  it('is unlocked by the close where the lock is of the position', () => {
    const risk = guardian({ lock: 'position' });
    const first = plan();
    risk.decide([first], NOON);
    risk.handle(closed(first, 10));
    expect(verdict(risk, plan({ strategy: 'second' }))).toBe(1000);
  });

  it('has opposite plans of one instant reject each other', () => {
    const verdicts = guardian().decide([plan(), short({ strategy: 'second' })], NOON);
    expect(verdicts).toMatchObject([{ reason: 'CONFLICT' }, { reason: 'CONFLICT' }]);
  });

  it('minds no opposite plan of another symbol', () => {
    const verdicts = guardian().decide([plan(), short({ symbol: 'BETA' })], NOON);
    expect(verdicts.map(({ type }) => type)).toEqual(['PLAN_VALIDATED', 'PLAN_VALIDATED']);
  });

  it('is still held by an entry that was cancelled with a part of it filled', () => {
    const risk = guardian();
    const first = plan();
    risk.decide([first], NOON);
    risk.handle({ ...cancelled(first), filledQty: 400 } as ExecutionEvent);
    expect(verdict(risk, plan({ strategy: 'second' }))).toBe('POSITION_OPEN');
  });

  it('stays locked while it holds another one, whichever way the first ends', () => {
    /** One carried over from yesterday, and one of today. */
    function holdingTwo(lock: RiskSettings['lock']) {
      const risk = guardian({ lock, disabledRules: ['one-position'] });
      const [carried, today] = [plan(), plan({ strategy: 'second' })];
      risk.decide([carried], NOON);
      risk.onMark(markOf('SESSION_OPENED', 0, '2015-07-07'));
      expect(verdict(risk, today)).toBe(1000);
      return { risk, carried, today };
    }
    const one = holdingTwo('session');
    one.risk.handle(cancelled(one.today));
    expect(verdict(one.risk, plan({ strategy: 'bold' }))).toBe('LOCKED');
    const other = holdingTwo('position');
    other.risk.handle(closed(other.carried, 0));
    expect(verdict(other.risk, plan({ strategy: 'bold' }))).toBe('LOCKED');
    other.risk.handle(closed(other.today, 0));
    expect(verdict(other.risk, plan({ strategy: 'bold' }))).toBe(1000);
  });

  it('has later plans of one direction outranked', () => {
    const verdicts = guardian().decide([plan({ strategy: 'second', score: 9 }), plan()], NOON);
    expect(verdicts).toMatchObject([
      { type: 'PLAN_VALIDATED', strategy: 'first' },
      { type: 'PLAN_REJECTED', strategy: 'second', reason: 'OUTRANKED' },
    ]);
  });
});

describe('the account', () => {
  it('gives the last slot to the better plan: place, then score', () => {
    const rival = (symbol: string, over: Partial<TradePlanProposed> = {}) => plan({ symbol, ...over });
    const limits = { maxPositions: 1 };
    const byScore = guardian(limits).decide([rival('ACME'), rival('BETA', { score: 3 })], NOON);
    expect(byScore).toMatchObject([
      { symbol: 'BETA', type: 'PLAN_VALIDATED' },
      { symbol: 'ACME', reason: 'MAX_POSITIONS' },
    ]);
    const byPlace = guardian(limits).decide(
      [rival('ACME', { strategy: 'second', score: 9 }), rival('BETA')],
      NOON,
    );
    expect(byPlace).toMatchObject([{ symbol: 'BETA', type: 'PLAN_VALIDATED' }, { reason: 'MAX_POSITIONS' }]);
  });

  it('breaks ties by FNV-1a 32 of date and symbol, whatever the order of arrival', () => {
    // FNV-1a 32: "2015-07-06|ACME" and "2015-07-06|BETA", computed by the published algorithm in the next test
    const one = guardian({ maxPositions: 1 }).decide([plan(), plan({ symbol: 'BETA' })], NOON);
    const other = guardian({ maxPositions: 1 }).decide([plan({ symbol: 'BETA' }), plan()], NOON);
    expect(one.map(({ symbol }) => symbol)).toEqual(other.map(({ symbol }) => symbol));
  });

  it('holds open risk to 3 % of E: three trades of 1 %, not a fourth', () => {
    const risk = guardian({ maxPositionPct: 100, leverage: 50 });
    const verdicts = risk.decide(
      SYMBOLS.slice(0, 4).map((symbol) => plan({ symbol })),
      NOON,
    );
    expect(verdicts.map(({ type }) => type)).toEqual([
      'PLAN_VALIDATED',
      'PLAN_VALIDATED',
      'PLAN_VALIDATED',
      'PLAN_REJECTED',
    ]);
    expect(verdicts[3]).toMatchObject({ reason: 'MAX_OPEN_RISK' });
  });

  it('latches the daily loss to session end, even when the day recovers', () => {
    const risk = guardian({ maxOpenRiskPct: 100, leverage: 50 });
    const [a, b] = [plan(), plan({ symbol: 'BETA' })];
    risk.decide([a, b], NOON);
    risk.handle(closed(a, -2999.99));
    expect(verdict(risk, plan({ symbol: 'CETA' }))).toBe(1000);
    risk.handle(closed(b, -0.01));
    expect(verdict(risk, plan({ symbol: 'DELTA' }))).toBe('DAILY_LOSS');
    risk.handle(closed(plan({ symbol: 'CETA' }), 5000));
    expect(verdict(risk, plan({ symbol: 'DELTA' }))).toBe('DAILY_LOSS');
    risk.onMark(markOf('SESSION_OPENED', 0, '2015-07-07'));
    expect(typeof verdict(risk, plan({ symbol: 'DELTA' }))).toBe('number');
  });

  it('counts the loss of each day by itself', () => {
    const risk = guardian();
    const [a, b] = [plan(), plan({ symbol: 'BETA' })];
    risk.decide([a, b], NOON);
    risk.handle(closed(a, -2000));
    risk.onMark(markOf('SESSION_OPENED', 0, '2015-07-07'));
    risk.handle(closed(b, -1500));
    // 3 % of 98,000 = 2,940: beyond both together, not beyond today's 1,500. 1 % of 98,000 buys 980.
    expect(verdict(risk, plan({ symbol: 'CETA' }))).toBe(980);
  });

  it('takes a day that broke even for no loss, also where none is allowed', () => {
    const risk = guardian({ maxDailyLossPct: 0 });
    const [a, b] = [plan(), plan({ symbol: 'BETA' })];
    risk.decide([a, b], NOON);
    risk.handle(closed(a, 0));
    expect(verdict(risk, plan({ symbol: 'CETA' }))).toBe(1000);
    risk.handle(closed(b, -0.01));
    expect(verdict(risk, plan({ symbol: 'DELTA' }))).toBe('DAILY_LOSS');
  });

  it.each([
    ['closed', (first: TradePlanProposed) => closed(first, 0)],
    ['cancelled unfilled', cancelled],
  ])('has back all that was held for a trade that is %s: power, risk and place', (_, end) => {
    const risk = guardian({ leverage: 1, maxOpenRiskPct: 1, maxPositions: 1 });
    const first = plan();
    expect(verdict(risk, first)).toBe(1000);
    expect(risk.holdsNothing).toBe(false);
    risk.handle(end(first));
    expect(risk.holdsNothing).toBe(true);
    expect(verdict(risk, plan({ symbol: 'BETA' }))).toBe(1000);
  });

  it('fixes E at the session open: today’s profit sizes tomorrow', () => {
    const risk = guardian({ maxPositionPct: 500 });
    const first = plan();
    risk.decide([first], NOON);
    risk.handle(closed(first, 10_000));
    expect(verdict(risk, plan({ symbol: 'BETA' }))).toBe(1000);
    risk.onMark(markOf('SESSION_OPENED', 0, '2015-07-07'));
    // 1 % of 110,000
    expect(verdict(risk, plan({ symbol: 'CETA' }))).toBe(1100);
  });

  it('counts reservations from approval, before any fill', () => {
    const risk = guardian({ maxPositions: 2, maxOpenRiskPct: 100 });
    const verdicts = risk.decide(
      SYMBOLS.slice(0, 3).map((symbol) => plan({ symbol })),
      NOON,
    );
    expect(verdicts.filter(({ type }) => type === 'PLAN_VALIDATED')).toHaveLength(2);
  });
});

describe('found by review', () => {
  const dear = {
    price: 3000,
    stop: 1000,
    entry: { kind: 'limit', price: 3000, validUntil: NOON },
    targets: [{ price: 9000, share: 1 }],
  } as const;

  it('min-quantity switched off trades one lot, which every other rule weighs', () => {
    const off = { disabledRules: ['min-quantity'] } as const;
    // One share risks 2,000 of E 100,000: 2 %, within the 3 % of open risk.
    const [approved] = guardian(off).decide([plan(dear)], NOON);
    expect(approved).toMatchObject({ type: 'PLAN_VALIDATED', qty: 1, riskAmount: 2000 });
    expect(approved?.checks.find(({ rule }) => rule === 'max-open-risk')).toMatchObject({ value: 2000 });
    expect(verdict(guardian({ ...off, maxOpenRiskPct: 1 }), plan(dear))).toBe('MAX_OPEN_RISK');
    expect(verdict(guardian({ ...off, maxPositionPct: 2 }), plan(dear))).toBe('BUYING_POWER');
  });

  it('a quantity whose risk rounds to nothing is none', () => {
    const crumbs = guardian({ maxVolumePct: 0.0001 }, [{ lot: 0.00001, tick: 0.01 }]);
    for (let i = 0; i < 20; i += 1) crumbs.onCandle({ ...CANDLE, volume: 1000 });
    // 0.001 units × 1.00 = 0.001: less than one paisa
    expect(verdict(crumbs, plan())).toBe('QUANTITY');
    const regardless = guardian({ maxVolumePct: 0.0001, disabledRules: ['min-quantity', 'reward-risk'] }, [
      { lot: 0.00001, tick: 0.01 },
    ]);
    for (let i = 0; i < 20; i += 1) regardless.onCandle({ ...CANDLE, volume: 1000 });
    expect(verdict(regardless, plan())).toBe('QUANTITY');
  });

  it('a quantity whose risk is one paisa is one', () => {
    const crumbs = guardian({ maxVolumePct: 0.001 }, [{ lot: 0.00001, tick: 0.01 }]);
    for (let i = 0; i < 20; i += 1) crumbs.onCandle({ ...CANDLE, volume: 1000 });
    // 0.01 units × 1.00 = 0.01
    expect(verdict(crumbs, plan())).toBe(0.01);
  });

  it('a position carried into a session does not lock it, and two sessions of one date share their lock', () => {
    const carrying = guardian({ disabledRules: ['one-position'] });
    const first = plan();
    carrying.decide([first], NOON);
    carrying.onMark(markOf('SESSION_CLOSED', SESSION_MINUTES * MINUTE));
    carrying.onMark(markOf('SESSION_OPENED', 0, '2015-07-06'));
    expect(verdict(carrying, plan({ strategy: 'second' }))).toBe('LOCKED');
    carrying.onMark(markOf('SESSION_OPENED', 0, '2015-07-07'));
    expect(verdict(carrying, plan({ strategy: 'second' }))).not.toBe('LOCKED');
  });
});
