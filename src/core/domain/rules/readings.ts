import type { CatalogEntry } from '../indicators/entry.ts';
import type { Indicator } from '../indicators/indicator.ts';
import { NO_VOLUME } from '../indicators/why.ts';
import type { Candle } from '../market/candle.ts';
import type { Session } from '../market/session.ts';
import { type Cell, createDelay, type Delay } from './cell.ts';
import type { ReadingSpec } from './strategy.ts';

/** A reading as rules see it: the cell of its number, and why that is undefined. */
export type Probe = { readonly cell: Cell; why(): string | undefined };

/**
 * All readings of one timeframe of one symbol, each folded once however many rules ask for it.
 * Grows while a program is compiled; afterwards `fold` allocates nothing.
 */
export interface Readings {
  readonly timeframeMs: number;
  /** One cell: the instant of the last fold, NaN before the first. */
  readonly foldedAt: Float64Array;
  fold(candle: Candle, at: number): void;
  startSession(session: Session, complete: boolean): void;
  /** The reading of `spec`, `back` candles before the one it asks for. */
  probe(entry: CatalogEntry, spec: ReadingSpec, back: number): Probe;
  /** What another, slower timeframe showed when the last candle of this one came. */
  sample(probe: Probe): Probe;
}

type Shared = {
  readonly indicator: Indicator;
  readonly entry: CatalogEntry;
  readonly past: Map<string, Delay>;
};

export function createReadings(timeframeMs: number, hasVolume: boolean): Readings {
  return new SharedReadings(timeframeMs, hasVolume);
}

/** A class, as `fold` runs for every candle. */
class SharedReadings implements Readings {
  readonly timeframeMs: number;
  readonly foldedAt = new Float64Array(1).fill(Number.NaN);
  private readonly hasVolume: boolean;
  private readonly shared = new Map<string, Shared>();
  private readonly indicators: Indicator[] = [];
  private readonly delays: Delay[] = [];
  /** Those that must not look across a session's open. */
  private readonly anchored: Delay[] = [];

  constructor(timeframeMs: number, hasVolume: boolean) {
    this.timeframeMs = timeframeMs;
    this.hasVolume = hasVolume;
  }

  fold(candle: Candle, at: number): void {
    const { delays, indicators } = this;
    this.foldedAt[0] = at;
    for (let k = 0; k < delays.length; k += 1) delays[k]?.step();
    for (let k = 0; k < indicators.length; k += 1) indicators[k]?.next(candle);
  }

  startSession(session: Session, complete: boolean): void {
    for (const indicator of this.indicators) indicator.startSession?.(session, complete);
    for (const delay of this.anchored) delay.reset();
  }

  probe(entry: CatalogEntry, spec: ReadingSpec, back: number): Probe {
    const reading = this.share(entry, spec);
    const index = spec.output === undefined ? 0 : entry.outputs.indexOf(spec.output);
    const lag = spec.offset + back;
    if (lag === 0)
      return { cell: { values: reading.indicator.out, index }, why: () => reading.indicator.why() };
    const { cell } = this.delayed(reading, index, lag);
    return { cell, why: () => reading.indicator.why() ?? missingPast(entry, lag) };
  }

  sample(probe: Probe): Probe {
    const delay = createDelay(probe.cell, 1);
    this.delays.push(delay);
    return { cell: delay.cell, why: () => probe.why() ?? 'undefined one candle before' };
  }

  private share(entry: CatalogEntry, spec: ReadingSpec): Shared {
    const key = keyOf(entry, spec);
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const needsVolume = entry.needsVolume || (entry.source !== undefined && spec.source === 'volume');
    const indicator =
      needsVolume && !this.hasVolume
        ? createNever(entry.outputs.length, NO_VOLUME)
        : entry.create(spec.params, spec.source);
    const made = { indicator, entry, past: new Map() };
    this.indicators.push(indicator);
    this.shared.set(key, made);
    return made;
  }

  private delayed({ entry, indicator, past }: Shared, index: number, lag: number): Delay {
    const key = `${index} ${lag}`;
    const known = past.get(key);
    if (known !== undefined) return known;
    const delay = createDelay({ values: indicator.out, index }, lag);
    past.set(key, delay);
    this.delays.push(delay);
    if (entry.sessionAnchored) this.anchored.push(delay);
    return delay;
  }
}

/** One reading per name, parameters and source; its outputs and offsets share it. */
function keyOf(entry: CatalogEntry, { params, source }: ReadingSpec): string {
  const named = Object.keys(entry.params).map((name) => `${name}=${params[name]}`);
  return [entry.name, entry.kind, entry.source === undefined ? '' : source, ...named].join('|');
}

function missingPast({ sessionAnchored }: CatalogEntry, lag: number): string {
  return `undefined ${lag} candle${lag === 1 ? '' : 's'} before${sessionAnchored ? ' in this session' : ''}`;
}

/** Stands where a reading can never be: the symbol lacks what it folds. */
function createNever(outputs: number, reason: string): Indicator {
  return { out: new Float64Array(outputs).fill(Number.NaN), next() {}, why: () => reason };
}
