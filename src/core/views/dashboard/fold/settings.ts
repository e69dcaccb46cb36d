import type { Instrument } from '../../../domain/market/instrument.ts';
import type { Money } from '../../../domain/performance/result.ts';
import type { RiskSettings } from '../../../domain/risk/settings.ts';
import type { Strategy } from '../../../domain/rules/strategy.ts';

/** What a dashboard knows of a run before its first event: from the run's own note, and what the user chose. */
export type RunSettings = {
  readonly id: string;
  /** As the feed names itself. */
  readonly source: string;
  readonly baseTimeframeMs: number;
  readonly instruments: readonly (Instrument & { readonly hasVolume: boolean })[];
  /** IANA zone of the exchange. */
  readonly zone: string;
  readonly money: Money;
  readonly risk: RiskSettings;
  /** Undefined where they are not known to be those that the run trades by. */
  readonly strategies: readonly Strategy[] | undefined;
  /** What to know before believing the figures, such as that the run's settings are not known here. */
  readonly doubts: readonly string[];
};
