/** The deepest fall of an account from its highest so far, by percent of that peak. */
export type Drawdown = {
  /** Peak less trough, integer minor units, above 0. */
  readonly amountMinor: number;
  /** Of the peak; above 100 when the account fell below nothing. */
  readonly pct: number;
  /** Last instant at the peak; null where that was the starting balance, before anything was marked. */
  readonly peakAt: number | null;
  readonly troughAt: number;
  /** First instant back at the peak; null while it is not. */
  readonly recoveredAt: number | null;
};

/** Follows an account mark by mark. Its fields are numbers of one object: a mark allocates nothing. */
export interface DrawdownTracker {
  /** Highest equity so far; the starting balance is the first. */
  readonly peakMinor: number;
  mark(at: number, equityMinor: number): void;
  /** null while the account never stood below its peak. */
  worst(): Drawdown | null;
}

export function createDrawdownTracker(startingMinor: number): DrawdownTracker {
  const state = {
    peakAt: Number.NaN,
    ratio: 0,
    amountMinor: 0,
    fromAt: Number.NaN,
    troughAt: Number.NaN,
    recoveredAt: Number.NaN,
  };

  function deepen(at: number, amountMinor: number, ratio: number): void {
    state.ratio = ratio;
    state.amountMinor = amountMinor;
    state.fromAt = state.peakAt;
    state.troughAt = at;
    state.recoveredAt = Number.NaN;
  }

  const tracker = {
    peakMinor: startingMinor,
    mark(at: number, equityMinor: number): void {
      if (equityMinor >= tracker.peakMinor) {
        tracker.peakMinor = equityMinor;
        state.peakAt = at;
        if (state.ratio > 0 && Number.isNaN(state.recoveredAt)) state.recoveredAt = at;
        return;
      }
      const amountMinor = tracker.peakMinor - equityMinor;
      const ratio = amountMinor / tracker.peakMinor;
      if (ratio > state.ratio) deepen(at, amountMinor, ratio);
    },
    worst(): Drawdown | null {
      if (state.ratio === 0) return null;
      return {
        amountMinor: state.amountMinor,
        pct: 100 * state.ratio,
        peakAt: orNull(state.fromAt),
        troughAt: state.troughAt,
        recoveredAt: orNull(state.recoveredAt),
      };
    },
  };
  return tracker;
}

function orNull(at: number): number | null {
  return Number.isNaN(at) ? null : at;
}
