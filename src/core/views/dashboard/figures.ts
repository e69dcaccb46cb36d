import type { StageName } from '../../domain/events/channels.ts';
import type { TradekitEvent } from '../../domain/events/events.ts';
import type { Funnel } from '../../domain/performance/funnel.ts';
import type { Money } from '../../domain/performance/result.ts';
import type { Direction, EntryKind } from '../../domain/trading/plan.ts';
import type { ExitReason } from '../../domain/trading/trade.ts';
import type { Nearness } from './fold/nearest.ts';

/** What stands beside the events in a store, and what the wall clock says. */
export type Surroundings = {
  readonly services: Readonly<Record<StageName, ServiceState>>;
  /** The reason of the kill switch; undefined while it is not set. */
  readonly halted: string | undefined;
  /** UTC epoch ms. */
  readonly now: number;
  /** Events that no version known here wrote. */
  readonly unreadable: number;
};

export type ServiceState = {
  /** Since it was last heard, ms; undefined where it never started or has left. */
  readonly beatMs: number | undefined;
  /** Instant up to which it is done. */
  readonly done: number;
};

/** Older than this a heartbeat is no sign of life. */
export const BEAT_FRESH_MS = 15_000;

/**
 * Everything a dashboard says, as `--json` prints it: plain data. Money ends in `Minor` and is whole minor units; times
 * end in `At` and are UTC epoch milliseconds. null: there is no such number.
 */
export type Figures = {
  readonly v: 1;
  readonly run: { readonly id: string; readonly source: string };
  readonly money: Money;
  readonly zone: string;
  readonly doubts: readonly string[];
  readonly feed: FeedFigures;
  readonly session: SessionFigures | null;
  readonly services: readonly ServiceFigures[];
  readonly halted: string | null;
  readonly account: AccountFigures;
  readonly limits: LimitFigures;
  readonly positions: readonly PositionFigures[];
  readonly orders: readonly OrderFigures[];
  /** Whether nearness is judged by the run's strategies, or only the last signal of a symbol is known. */
  readonly nearestFrom: 'strategies' | 'signals';
  readonly watch: readonly WatchFigures[];
  readonly funnel: Funnel;
  readonly trades: readonly TradeFigures[];
  /** Through the session, thinned out. */
  readonly equityCourseMinor: readonly number[];
  /** Newest last. */
  readonly events: readonly TradekitEvent[];
};

export type FeedFigures = {
  readonly at: number | null;
  /** `reading`: far behind the store still; `ended`: the feed is over; `silent`: no service lives, and it is not over. */
  readonly state: 'reading' | 'waiting' | 'running' | 'silent' | 'ended';
  readonly instant: number;
  /** Instants that the store has and this does not show yet. */
  readonly behind: number;
  /** Since the store had the newest event, ms of the wall clock. */
  readonly heardMs: number | null;
  readonly unreadable: number;
};

export type SessionFigures = {
  readonly date: string;
  readonly isOpen: boolean;
  readonly openAt: number;
  readonly closeAt: number;
  readonly entryUntilAt: number;
  readonly squareOffAt: number | null;
};

export type ServiceFigures = {
  readonly name: StageName;
  readonly beatMs: number | null;
  /** Instants behind the screen, which reads the feed. */
  readonly lag: number;
};

export type AccountFigures = {
  /** Closed trades and open positions at their last close. */
  readonly equityMinor: number;
  /** E: at the session's open, closed trades only. */
  readonly sessionEquityMinor: number;
  readonly todayMinor: number;
  readonly todayR: number;
  readonly closedTodayMinor: number;
  readonly closedTodayR: number;
  readonly openMinor: number;
  readonly openR: number;
  readonly tradesToday: number;
  readonly wonToday: number;
};

/** A limit whose rule is switched off is null. */
export type LimitFigures = {
  readonly lossLimitMinor: number | null;
  /** Of today's loss limit, by closed trades. */
  readonly lossLeftMinor: number | null;
  readonly lossLatched: boolean;
  readonly openRiskMinor: number;
  readonly openRiskLimitMinor: number | null;
  readonly reserved: number;
  readonly maxPositions: number | null;
  /** Rules of the risk guardian that are switched off. */
  readonly switchedOff: readonly string[];
};

export type PositionFigures = {
  readonly id: string;
  readonly symbol: string;
  readonly strategy: string;
  readonly direction: Direction;
  readonly qty: number;
  readonly entryPrice: number;
  readonly entryAt: number;
  readonly last: number;
  readonly stop: number;
  readonly target: number | null;
  /** Place of the last price between stop (0) and target (1). */
  readonly way: number | null;
  /** Place of the entry. */
  readonly entryWay: number | null;
  readonly pnlMinor: number;
  readonly pnlR: number | null;
  readonly riskMinor: number;
};

export type OrderFigures = {
  readonly id: string;
  readonly symbol: string;
  readonly strategy: string;
  readonly direction: Direction;
  readonly kind: EntryKind;
  readonly qty: number;
  readonly price: number;
  readonly stop: number;
  readonly target: number | null;
  readonly validUntilAt: number;
  /** By the feed's time. */
  readonly leftMs: number;
};

export type WatchFigures = {
  readonly symbol: string;
  readonly last: number | null;
  readonly lastAt: number | null;
  /** Percent of the close of the session before, or of its first open. */
  readonly changePct: number | null;
  readonly locked: boolean;
  readonly held: 'position' | 'order' | null;
  readonly nearest: readonly Nearness[];
};

export type TradeFigures = {
  readonly id: string;
  readonly symbol: string;
  readonly strategy: string;
  readonly direction: Direction;
  readonly qty: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly exitAt: number;
  readonly exitReason: ExitReason;
  readonly netMinor: number;
  readonly pnlR: number;
};
