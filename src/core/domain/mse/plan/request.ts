import type { NoPlanReason } from '../../events/events.ts';
import type { StrategyPlan } from '../../rules/strategy.ts';
import type { Dir } from '../../structure/objects.ts';
import type { Structure } from '../../structure/structure.ts';
import type { Side } from '../../trading/costs.ts';
import type { Direction, PlanReason } from '../../trading/plan.ts';
import type { Grid } from '../../trading/tick-grid.ts';

/** Everything a plan is made from: a function of this and of nothing else. Prices in quote currency, times UTC epoch ms. */
export type PlanRequest = {
  readonly strategyPlan: StrategyPlan;
  readonly direction: Direction;
  /** The decision close: reward and risk are reckoned from here, whatever the entry. */
  readonly price: number;
  /** The instant of the decision: nothing known later is used. */
  readonly at: number;
  readonly instrument: Grid;
  /** Of the signal's timeframe, its last candle folded in; not read where the strategy plans for itself. */
  readonly structure: Structure | undefined;
  /** ATR(14) on the signal's timeframe for the strategy's own distances; NaN where it is not needed or not ready. */
  readonly atr: number;
  /** Charges and slippage of a round trip per unit at the decision close, in price. */
  readonly costPerUnit: number;
  /** Net reward ÷ risk that a level must offer to become the target. */
  readonly minRewardRisk: number;
  /** Last instants at which a market order, and a limit or stop order, may fill. */
  readonly validUntil: { readonly market: number; readonly order: number };
  /** Widen the engine's own stops to 4 × the cost of a round trip where they are nearer. */
  readonly stopDistanceRule: boolean;
  /** Whether someone reads the reasons: wording them costs more than the plan itself. */
  readonly explains: boolean;
};

export type Refusal = { readonly reason: NoPlanReason; readonly reasons: readonly PlanReason[] };

/** A price of the plan and why it is what it is. */
export type Reasoned = { readonly price: number; readonly reasons: readonly PlanReason[] };

/** 1 for a long, -1 for a short: every formula of a plan is written for the long and mirrored by it. */
export function signOf(direction: Direction): Dir {
  return direction === 'long' ? 1 : -1;
}

export function entrySide(direction: Direction): Side {
  return direction === 'long' ? 'buy' : 'sell';
}

export function exitSide(direction: Direction): Side {
  return direction === 'long' ? 'sell' : 'buy';
}
