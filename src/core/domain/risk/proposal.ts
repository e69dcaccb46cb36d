import type { TradePlanProposed } from '../events/events.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Session } from '../market/session.ts';
import type { Account } from './account.ts';
import type { RiskSettings } from './settings.ts';

/** How this plan stands to the other plans of its instant on the same symbol. */
export type Rivalry = 'alone' | 'conflict' | 'outranked';

/**
 * A plan under assessment, with all that rules look at. `qty` starts at what the risk budget buys; rules that cut
 * quantities lower it for those after them.
 */
export type Proposal = {
  readonly plan: TradePlanProposed;
  readonly slot: number;
  readonly at: number;
  readonly instrument: Instrument;
  readonly session: Session | undefined;
  readonly settings: RiskSettings;
  readonly account: Account;
  /** Positions and entries on the symbol approved before this instant. */
  readonly heldBefore: number;
  /** Whether the intraday lock was taken before this instant. */
  readonly lockedBefore: boolean;
  readonly rivalry: Rivalry;
  readonly maxDailyLossLatched: boolean;
  readonly minRewardRisk: number;
  /** Worst entry: limit of the marketable order, limit or trigger price. */
  readonly worstEntry: number;
  /** Mean volume of the last base candles; undefined where there is none to tell. */
  readonly meanVolume: number | undefined;
  readonly minorDigits: number;
  /** Notional of a quantity at the worst entry, integer minor units. */
  notional(qty: number): number;
  /** 1 R of a quantity, integer minor units. */
  riskMinor(qty: number): number;
  /** Net reward ÷ risk of a quantity from the decision close, with actual charges. */
  netRewardRisk(qty: number): number;
  /** Units; lowered by rules that cut. */
  qty: number;
};
