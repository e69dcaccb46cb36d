export type Direction = 'long' | 'short';

export type EntryKind = 'market' | 'limit' | 'stop';

export type PlanEntry = {
  readonly kind: EntryKind;
  /** market: the decision close; limit and stop: the order's price. On the tick grid but for market. */
  readonly price: number;
  /** Last instant (UTC epoch ms) up to which the order may fill. */
  readonly validUntil: number;
};

export type Target = {
  readonly price: number;
  /** Part of the position closed here, 0 to 1; the shares of a plan add up to 1. */
  readonly share: number;
};

/** One reason of a plan, or one thing it passed over: names the object it rests on and since when that was known. */
export type PlanReason = {
  readonly code: string;
  /** A plain sentence fragment with its numbers. */
  readonly text: string;
  /** Id of the structure object (`kind:dir:formedAt:ref`), or the strategy's own setting (`plan.stop`). */
  readonly ref?: string;
  /** When that object became known, UTC epoch ms: never later than the plan. */
  readonly knownAt?: number;
};

/** An entry with the exits that protect it. Prices in quote currency; stop and targets on the instrument's tick grid. */
export type TradePlan = {
  readonly entry: PlanEntry;
  readonly stop: number;
  readonly targets: readonly Target[];
  /** Gross reward ÷ risk from the decision close to the first target. */
  readonly rewardRisk: number;
  /** First cut: net reward:risk. Ranks, never rejects. */
  readonly score: number;
  readonly reasons: readonly PlanReason[];
};
