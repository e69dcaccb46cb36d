import type { Manifest } from '../domain/performance/result.ts';
import type { Strategy } from '../domain/rules/strategy.ts';
import type { Digest } from '../ports/digest.ts';
import type { BacktestRun } from './backtest.ts';

export type ManifestSources = {
  readonly createDigest: () => Digest;
  /** Symbol and hash of its columns, in the order of slots. */
  readonly data: readonly { readonly symbol: string; readonly hash: string }[];
  readonly strategies: readonly Strategy[];
  /** Canonical text of the settings that change results. */
  readonly settings: string;
  readonly codeVersion: string;
  readonly firstCandleAt: number;
  /** Of every decision event, in order. */
  readonly eventsHash: string;
  readonly run: BacktestRun;
};

/** What makes a result again, and the fingerprints of what came out: two time zones, two machines, the same text. */
export function createManifest(sources: ManifestSources): Manifest {
  const hashOf = (text: string): string => {
    const digest = sources.createDigest();
    digest.update(text);
    return digest.hex();
  };
  const { data, codeVersion, firstCandleAt, eventsHash, run } = sources;
  return {
    data,
    strategiesHash: hashOf(JSON.stringify(sources.strategies)),
    settingsHash: hashOf(sources.settings),
    codeVersion,
    firstCandleAt,
    eventsHash,
    resultHash: hashOf(JSON.stringify([eventsHash, run.trades, run.equity.sessions])),
  };
}
