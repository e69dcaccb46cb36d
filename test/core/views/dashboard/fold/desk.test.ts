import { describe, expect, it } from 'vitest';
import type {
  OrderPlaced,
  PlanValidated,
  PositionClosed,
} from '../../../../../src/core/domain/events/events.ts';
import type { RiskSettings } from '../../../../../src/core/domain/risk/settings.ts';
import { createDashboard } from '../../../../../src/core/views/dashboard/controller.ts';
import { figuresOf } from '../../../../../src/core/views/dashboard/figures-of.ts';
import { createRunFold, type RunFold } from '../../../../../src/core/views/dashboard/fold/run-fold.ts';
import { aroundAt, recordedSettings } from '../../../../dashboard/recorded.ts';
import { MINUTE, markOf } from '../../../../desk.ts';

/** Events of one share, in which only what the desk reads stands. */

async function open(disabledRules: RiskSettings['disabledRules'] = []): Promise<RunFold> {
  const settings = await recordedSettings();
  const fold = createRunFold({
    ...settings,
    strategies: undefined,
    risk: { ...settings.risk, lock: 'session', disabledRules },
  });
  take(fold, 1, markOf('SESSION_OPENED', 0));
  return fold;
}

function take(fold: RunFold, n: number, event: Parameters<RunFold['take']>[0][number]['event']): void {
  fold.take([{ n, event, recordedAt: 0 }]);
}

const COMMON = {
  v: 1,
  symbol: 'FCEL',
  correlationId: 's',
  causationId: 's',
  strategy: 'x',
  direction: 'long',
} as const;

function plan(at: number): PlanValidated {
  return {
    ...COMMON,
    id: 's#risk',
    type: 'PLAN_VALIDATED',
    at,
    timeframe: '5m',
    price: 100,
    orderId: 's#order',
    qty: 100,
    entry: { kind: 'limit', price: 100, validUntil: at + 10 * MINUTE },
    entryLimit: 100,
    stop: 99,
    targets: [{ price: 103, share: 1 }],
    riskAmount: 110,
    riskPct: 0.01,
    checks: [],
  };
}

function placed(at: number): OrderPlaced {
  const order = {
    orderId: 's#order',
    leg: 'entry',
    side: 'buy',
    kind: 'limit',
    qty: 100,
    price: 100,
  } as const;
  return { ...COMMON, ...order, id: 's#order', type: 'ORDER_PLACED', at } as OrderPlaced; // with fields that an order does not have
}

function closed(netPnl: number): PositionClosed {
  const prices = {
    entryPrice: 100,
    exitPrice: 99,
    exitReason: 'stop',
    grossPnl: netPnl,
    slippage: 0,
  } as const;
  const rest = { qty: 100, fees: {}, netPnl, pnlR: netPnl / 110, mae: 1, mfe: 0 };
  return { ...COMMON, ...prices, ...rest, id: 's#closed', type: 'POSITION_CLOSED', at: MINUTE };
}

describe('the daily loss', () => {
  it.each([
    [-29_999.99, false, 1],
    [-30_000, true, 0],
    [-45_000, true, 0],
  ])('of %d of 10,00,000 latches: %s', async (net, lossLatched, lossLeftMinor) => {
    const fold = await open();
    take(fold, 2, closed(net));
    expect(figuresOf(fold, aroundAt(2)).limits).toMatchObject({ lossLatched, lossLeftMinor });
  });

  it('stays latched when a later trade wins some of it back, and falls with the next session', async () => {
    const fold = await open();
    take(fold, 2, closed(-30_000));
    take(fold, 3, closed(10_000));
    expect(figuresOf(fold, aroundAt(3)).limits.lossLatched).toBe(true);
    take(fold, 4, markOf('SESSION_OPENED', 86_400_000, '2015-07-07'));
    const { lossLatched, lossLimitMinor, lossLeftMinor } = figuresOf(fold, aroundAt(4)).limits;
    expect([lossLatched, lossLimitMinor, lossLeftMinor]).toEqual([false, 2_940_000, 2_940_000]);
  });
});

describe('an order that works', () => {
  it('has time left by the feed’s clock, is in the watch list, and locks its symbol', async () => {
    const fold = await open();
    take(fold, 2, plan(MINUTE));
    take(fold, 2, placed(MINUTE));
    take(fold, 3, markOf('SQUARE_OFF', 4 * MINUTE));
    const { orders, watch, limits } = figuresOf(fold, aroundAt(3));
    expect(orders).toMatchObject([
      { symbol: 'FCEL', validUntilAt: 11 * MINUTE, leftMs: 7 * MINUTE, target: 103 },
    ]);
    expect(watch.find(({ symbol }) => symbol === 'FCEL')).toMatchObject({ held: 'order', locked: true });
    expect(limits).toMatchObject({ reserved: 1, openRiskMinor: 11_000 });
  });

  it('is no limit where its rule is switched off, nor is any other: the picture says so', async () => {
    const off = ['intraday-lock', 'max-daily-loss', 'max-open-risk', 'max-positions'] as const;
    const fold = await open(off);
    take(fold, 2, closed(-45_000));
    expect(figuresOf(fold, aroundAt(2)).limits).toMatchObject({
      lossLimitMinor: null,
      lossLeftMinor: null,
      lossLatched: false,
      openRiskLimitMinor: null,
      maxPositions: null,
      switchedOff: off,
    });
    const dashboard = createDashboard({
      fold,
      around: () => aroundAt(2),
      canHalt: false,
      onEffect: () => {},
    });
    const text = dashboard.frame({ width: 100, height: 24, colour: false }).join('\n');
    expect(text).toMatch(/Loss left +no limit: switched off/);
    expect(text).toMatch(/Open risk +.*0 positions +no limit: switched off/);
    expect(text).toContain('Rules off intraday-lock, max-daily-loss, max-open-risk, max-positions');
    expect(text).not.toContain('LATCHED');
  });
});
