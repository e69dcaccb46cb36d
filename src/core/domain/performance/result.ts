import type { FillModel, Slippage } from '../simulation/settings.ts';
import type { BuyAndHold } from './buy-and-hold.ts';
import type { Drawdown } from './drawdown.ts';
import type { EquityRecord } from './equity-curve.ts';
import type { Funnel } from './funnel.ts';
import type { TradeGroups } from './groups.ts';
import type { NoTradeDiagnosis } from './no-trade.ts';
import type { Sharpe } from './sharpe.ts';
import type { TradeStatistics } from './statistics.ts';

/**
 * Everything a backtest says, as `--json` prints it: plain data, no instance, no NaN.
 *
 * Money ends in `Minor` and is whole minor units (paise, cents): divide by 10^minorDigits. Times end in `At` and are
 * UTC epoch milliseconds; dates are exchange dates. null: there is no such number.
 */
export type BacktestResult = {
  readonly v: 1;
  readonly money: Money;
  /** IANA zone of the exchange: how times are shown. */
  readonly zone: string;
  readonly assumptions: Assumptions;
  readonly data: readonly DataSummary[];
  readonly funnel: Funnel;
  readonly total: TradeStatistics;
  readonly groups: TradeGroups;
  /** The run's own model first, then the one beside it. */
  readonly models: readonly ModelOutcome[];
  readonly equity: EquityRecord;
  readonly sharpe: Sharpe;
  readonly drawdown: {
    /** On the account marked at every instant. */
    readonly account: Drawdown | null;
    readonly closedTrades: Drawdown | null;
  };
  readonly buyAndHold: readonly BuyAndHold[];
  /** null where something traded. */
  readonly noTrade: NoTradeDiagnosis | null;
  readonly warnings: readonly Warning[];
  readonly manifest: Manifest;
};

export type Money = { readonly currency: string; readonly minorDigits: number };

/** What the numbers rest on. */
export type Assumptions = {
  readonly market: string;
  /** What is traded, also where no file was read. */
  readonly symbols: readonly string[];
  readonly baseTimeframe: string;
  readonly startingMinor: number;
  /** Percent of equity risked by an uncut trade. */
  readonly riskPct: number;
  /** Enabled strategies that set another `riskPct` for themselves. */
  readonly ownRiskPct: readonly { readonly strategy: string; readonly riskPct: number }[];
  readonly fillModel: FillModel;
  readonly slippage: Slippage;
  /** `CostModel.summary`. */
  readonly costs: string;
  /** Path as the user would write it, or that the shipped ones were used. */
  readonly strategiesFile: string;
  /** Enabled strategies. */
  readonly strategies: number;
  /** Rules of the risk guardian switched off by name. */
  readonly disabledRules: readonly string[];
  /** Settings worth showing, as the user would write them. */
  readonly settings: readonly SettingShown[];
  /** What was not chosen on the command line, a sentence part for each origin: `tradekit.json: collarRatio, lock`. */
  readonly chosenElsewhere: readonly string[];
};

export type SettingShown = {
  readonly name: string;
  readonly value: string;
  /** False where the user chose it. */
  readonly isDefault: boolean;
};

/** What was read of one symbol: rows = duplicates + outsideSessions + outsideRange + candles. */
export type DataSummary = {
  readonly symbol: string;
  readonly rows: number;
  readonly duplicates: number;
  readonly outsideSessions: number;
  /** Left out by `--from` and `--to`. */
  readonly outsideRange: number;
  readonly candles: number;
  /** Rows that came out of order and were sorted. */
  readonly outOfOrder: number;
  /** Sessions with at least one candle. */
  readonly sessions: number;
  /** Base candles that those sessions lack. */
  readonly missingCandles: number;
  /** null where no candle was left. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** How each file that holds it was read: dates, zone, stamps. */
  readonly files: readonly { readonly path: string; readonly reading: string }[];
  readonly notes: readonly string[];
};

/** One fill model's outcome on the same data. */
export type ModelOutcome = {
  readonly model: FillModel;
  readonly trades: number;
  readonly netMinor: number;
  readonly winRatePct: number | null;
  readonly expectancyR: number | null;
  readonly profitFactor: number | null;
  /** Candles that left the order of stop, target and entry open. */
  readonly ambiguous: number;
};

export type WarningCode =
  | 'smaller_risk'
  | 'coarse_money'
  | 'unknown_dates'
  | 'outside_cost_schedule'
  | 'price_jump'
  | 'inconsistent_candles'
  | 'square_off_without_data'
  | 'not_tradable'
  | 'strategy_without_symbol'
  | 'foreign_quote'
  | 'data';

/** Something to know before believing the result. */
export type Warning = { readonly code: WarningCode; readonly text: string };

/** What makes the result again: the same manifest gives the same result hash. */
export type Manifest = {
  readonly data: readonly { readonly symbol: string; readonly hash: string }[];
  readonly strategiesHash: string;
  readonly settingsHash: string;
  readonly codeVersion: string;
  readonly firstCandleAt: number;
  readonly eventsHash: string;
  readonly resultHash: string;
};
