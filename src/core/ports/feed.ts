import type { Instrument } from '../domain/market/instrument.ts';
import type { InstantSink } from '../domain/replay.ts';

/** What a feed says of itself before its first instant: all that the services that do not read it need of it. */
export type FeedDescription = {
  /** As the user names it: `csv:data.csv`, `random:42`. */
  readonly source: string;
  readonly baseTimeframeMs: number;
  /** Sorted by symbol, code units: the order of slots. */
  readonly instruments: readonly FeedInstrument[];
};

export type FeedInstrument = Instrument & { readonly hasVolume: boolean };

/** One trade print, as a feed heard it. */
export type FeedTick = {
  readonly symbol: string;
  /** Exchange time, UTC epoch ms. */
  readonly at: number;
  readonly price: number;
  readonly size?: number;
};

/** What happened on the way, counted since the feed was opened. */
export type FeedHealth = {
  /** Ticks, or candles where the feed has no ticks, that went into instants. */
  readonly taken: number;
  /** Ticks that came after their instant had been handed out: dropped. */
  readonly late: number;
  /** Refused for what they said: no number, no price above 0, an unknown symbol. */
  readonly refused: number;
  /** Outside the sessions of the market, or outside the span that was asked for: dropped. */
  readonly outside: number;
  /** Said again: the same row of candles twice, ticks sent once more after a reconnect: dropped. */
  readonly repeated: number;
  /**
   * Base candles that are missing, as nothing traded; none was invented. In files of candles those of each session with
   * data, where there are ticks those between two candles of one symbol in one session.
   */
  readonly gaps: number;
  /** Times a connection was lost and made again; 0 for what is read from files. */
  readonly reconnects: number;
  /** Exchange time of the newest tick or candle; undefined before the first. */
  readonly newestAt: number | undefined;
  /** The same for each symbol, in the order of the instruments: a silent one stays behind. */
  readonly newestAtOf: readonly (number | undefined)[];
};

/**
 * Where instants come from: files of candles, files of ticks, chance, or a broker's stream.
 *
 * A feed makes candles out of what it hears and hands them out with the marks of its sessions, instant by instant, in
 * order of time; instants once handed out are never changed. Opened again it begins again with the same first instant
 * and says the same: that is what lets a service that died fold the run again.
 */
export interface Feed extends AsyncDisposable {
  readonly description: FeedDescription;

  /** Time of the next instant where it is known by now, UTC epoch ms; Infinity when the feed has ended. For pacing only. */
  readonly nextAt: number;

  /**
   * True as soon as an instant can be handed out, false when the feed has ended or the signal aborts.
   *
   * @throws CONNECTION where the source is away for good, DATA where it says what cannot be
   */
  ready(signal: AbortSignal): Promise<boolean>;

  /** Hands out instants that are there, at most so many; gives their number. Never waits. */
  run(sink: InstantSink, maxInstants: number): number;

  /** What was heard since the last call, newest per symbol: for screens, nothing decides on it. Empty for candles. */
  ticks(): readonly FeedTick[];

  health(): FeedHealth;
}
