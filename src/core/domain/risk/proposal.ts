import type { TradePlanProposed } from '../events/events.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Session } from '../market/session.ts';
import type { Account } from './account.ts';
import type { RiskSettings } from './settings.ts';

/** How this plan stands to the other plans of its instant on the same symbol. */
export type Rivalry = 'alone' | 'conflict' | 'outranked';

/** How much is to be traded: what the risk budget buys at first; rules that cut lower it for those after them. */
export type Quantity = {
  units: number;
  /** 1 R of a quantity, integer minor units. */
  readonly riskMinor: (units: number) => number;
};

/** A symbol and the account at an instant: what is looked at before any plan. */
export type Gate = {
  readonly slot: number;
  readonly at: number;
  readonly instrument: Instrument;
  readonly session: Session | undefined;
  /** Positions and entries on the symbol approved before this instant. */
  readonly heldBefore: number;
  /** Whether the intraday lock was taken before this instant. */
  readonly lockedBefore: boolean;
  readonly settings: RiskSettings;
  readonly account: Account;
  readonly maxDailyLossLatched: boolean;
  readonly minorDigits: number;
};

/** A plan under assessment, with all that rules look at. */
export type Proposal = Gate & {
  readonly plan: TradePlanProposed;
  readonly rivalry: Rivalry;
  readonly minRewardRisk: number;
  /** Decimals of the instrument's lot. */
  readonly lotDecimals: number;
  /** Mean volume of the last base candles; undefined where there is none to tell. */
  meanVolume(): number | undefined;
  /** Notional of a quantity at the worst entry, integer minor units. */
  notional(qty: number): number;
  /** Net reward ÷ risk of a quantity from the decision close, with actual charges. */
  netRewardRisk(qty: number): number;
  /** Reckoned when a rule first asks: most plans are rejected before one does. */
  readonly quantity: () => Quantity;
};
