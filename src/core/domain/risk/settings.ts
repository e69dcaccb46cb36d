/** Every rule of the risk guardian, in the order in which the first failure becomes the reason. */
export const RISK_RULES = [
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
] as const;

export type RiskRule = (typeof RISK_RULES)[number];

/** Limits of the account. Percentages are of E: starting balance + net P&L of trades closed before this session's open. */
export type RiskSettings = {
  /** Currency units. */
  readonly startingBalance: number;
  /** Risk per trade, percent of E: 1 is one percent. */
  readonly riskPct: number;
  /** Net reward ÷ risk that a plan must reach. */
  readonly minRewardRisk: number;
  /** Open + working + this position ≤ E × leverage. */
  readonly leverage: number;
  /** `session`: one entry per symbol and session; `position`: released when the position closes. */
  readonly lock: 'session' | 'position';
  readonly maxPositions: number;
  /** Sum of riskAmount of open and working, percent of E. */
  readonly maxOpenRiskPct: number;
  /** Realised net loss of the session, percent of E; latched to session end. */
  readonly maxDailyLossPct: number;
  /** One position's notional, percent of E. */
  readonly maxPositionPct: number;
  /** Quantity, percent of the mean volume of the last `volumeCandles` base candles. */
  readonly maxVolumePct: number;
  readonly volumeCandles: number;
  /** Rules switched off by name; every report says so. */
  readonly disabledRules: readonly RiskRule[];
};

export const DEFAULT_RISK_LIMITS = {
  riskPct: 1,
  minRewardRisk: 1.5,
  lock: 'session',
  maxPositions: 5,
  maxOpenRiskPct: 3,
  maxDailyLossPct: 3,
  maxPositionPct: 100,
  maxVolumePct: 10,
  volumeCandles: 20,
  disabledRules: [],
} as const satisfies Omit<RiskSettings, 'startingBalance' | 'leverage'>;
