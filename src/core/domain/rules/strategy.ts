import type { Source } from '../indicators/source.ts';
import type { Direction } from '../trading/plan.ts';

/** A length of price: a share of the decision close, a multiple of ATR(14) on the signal's timeframe, or ticks. */
export type Distance = { readonly percent: number } | { readonly atr: number } | { readonly ticks: number };

/** How a strategy plans for itself; what it leaves out, the market structure engine decides. */
export type StrategyPlan = {
  /** `market` by default; `auto`: the structure engine's candidates. */
  readonly entry: 'market' | 'limit' | 'stop' | 'auto';
  /** Distance of a limit or stop entry from the decision close; without it the structure engine finds the price. */
  readonly entryOffset?: Distance;
  readonly stop?: Distance;
  readonly target?: Distance | { readonly r: number };
  /** Target in R where structure offers none. */
  readonly fallbackR?: number;
};

/** Settings of the risk guardian that one strategy may tighten or loosen for itself. */
export type StrategyRisk = {
  readonly riskPct?: number;
  readonly minRewardRisk?: number;
};

/** One strategy of strategies.json, checked and with its defaults filled in. `logic` is compiled by rules/compile.ts. */
export type Strategy = {
  /** Place in strategies.json among all strategies, enabled or not: ranks plans of one instant. */
  readonly place: number;
  readonly name: string;
  readonly direction: Direction;
  /** Milliseconds, ascending, each at least the base timeframe. */
  readonly timeframesMs: readonly number[];
  /** Undefined: every symbol. */
  readonly symbols: readonly string[] | undefined;
  /** Milliseconds from exchange midnight: fires only on candles that start in [from, to). */
  readonly session: { readonly fromMs: number; readonly toMs: number } | undefined;
  readonly trigger: 'level' | 'edge';
  readonly logic: LogicNode;
  readonly plan: StrategyPlan;
  readonly risk: StrategyRisk;
};

export type LogicNode =
  | { readonly operator: 'AND' | 'OR' | 'NOT'; readonly rules: readonly LogicNode[] }
  | { readonly leaf: Leaf };

export type Condition = '>' | '>=' | '<' | '<=' | '==' | '!=' | 'crosses_above' | 'crosses_below' | 'between';

/** A reading by catalog name with resolved parameters. */
export type ReadingSpec = {
  /** As the user wrote it, for traces: `ema9`, `close`. */
  readonly label: string;
  readonly name: string;
  readonly params: Readonly<Record<string, number | string>>;
  readonly source: Source;
  readonly timeframeMs: number | undefined;
  readonly offset: number;
  readonly output: string | undefined;
};

export type Operand =
  | { readonly reading: ReadingSpec }
  | { readonly constant: number; readonly label: string };

export type Leaf =
  | {
      readonly kind: 'compare';
      readonly left: Operand;
      readonly condition: Condition;
      readonly right: readonly Operand[];
    }
  | { readonly kind: 'pattern'; readonly pattern: ReadingSpec };
