import type { TradePlanProposed } from '../events/events.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Session } from '../market/session.ts';
import type { Slippage } from '../simulation/settings.ts';
import type { CostModel } from '../trading/costs.ts';
import type { Notional } from '../trading/money.ts';
import type { Account } from './account.ts';
import type { RiskSettings } from './settings.ts';

/** How this plan stands to the other plans of its instant on the same symbol. */
export type Rivalry = 'alone' | 'conflict' | 'outranked';

/** What is the same for all plans of a symbol. */
export type Desk = {
  readonly slot: number;
  readonly instrument: Instrument;
  readonly settings: RiskSettings;
  readonly account: Account;
  readonly costs: CostModel;
  readonly slippage: Slippage;
  readonly notional: Notional;
  /** Decimals of the instrument's lot. */
  readonly lotDecimals: number;
  readonly minorDigits: number;
};

/** How much is to be traded: what the risk budget buys at first; rules that cut lower it for those after them. */
export type Quantity = {
  units: number;
  /** 1 R of a quantity, integer minor units. */
  riskMinor(units: number): number;
};

/** A symbol and the account at an instant: what is looked at before any plan. */
export type Gate = {
  readonly desk: Desk;
  readonly at: number;
  readonly session: Session | undefined;
  /** Positions and entries on the symbol approved before this instant. */
  readonly heldBefore: number;
  /** Whether the intraday lock was taken before this instant. */
  readonly lockedBefore: boolean;
  readonly maxDailyLossLatched: boolean;
};

/** A plan under assessment, with all that rules look at. */
export type Proposal = {
  readonly desk: Desk;
  readonly gate: Gate;
  readonly plan: TradePlanProposed;
  readonly rivalry: Rivalry;
  readonly worstEntry: number;
  readonly minRewardRisk: number;
  /** Mean volume of the last base candles; undefined where there is none to tell. */
  readonly meanVolume: number | undefined;
  readonly quantity: Quantity;
};
