import { TradekitError } from '../error.ts';
import type { CatalogEntry } from '../indicators/entry.ts';
import { foldRows } from '../indicators/fold-rows.ts';
import type { Indicator } from '../indicators/indicator.ts';
import { NO_VOLUME } from '../indicators/why.ts';
import type { Candle } from '../market/candle.ts';
import type { CandleTape } from '../market/candle-tape.ts';
import type { Session } from '../market/session.ts';
import { type Cell, type Column, cellOf, readCell } from './cell.ts';
import { RollingColumns } from './rolling-columns.ts';
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
  /** Folds rows of a tape, reading by reading: the numbers of a row come from it and from those before it. */
  foldRows(tape: CandleTape, from: number, to: number): void;
  startSession(session: Session, complete: boolean): void;
  /** The reading of `spec`, `back` candles before the one it asks for. */
  probe(entry: CatalogEntry, spec: ReadingSpec, back: number): Probe;
  /** What another, slower timeframe showed when the last candle of this one came. */
  sample(probe: Probe): Probe;
}

/** An indicator with a column for its first output, and for others where it has them. */
type Shared = {
  readonly indicator: Indicator;
  readonly entry: CatalogEntry;
  readonly column: Column;
  readonly others: readonly Column[];
};

type Sampled = { readonly source: Cell; readonly column: Column };

export function createReadings(timeframeMs: number, hasVolume: boolean): Readings {
  return new SharedReadings(timeframeMs, hasVolume);
}

/** A class, as `fold` runs for every candle. */
class SharedReadings implements Readings {
  readonly timeframeMs: number;
  readonly foldedAt = new Float64Array(1).fill(Number.NaN);
  private readonly hasVolume: boolean;
  private readonly byKey = new Map<string, Shared>();
  private readonly shared: Shared[] = [];
  private readonly samples: Sampled[] = [];
  private readonly columns = new RollingColumns();

  constructor(timeframeMs: number, hasVolume: boolean) {
    this.timeframeMs = timeframeMs;
    this.hasVolume = hasVolume;
  }

  fold(candle: Candle, at: number): void {
    const { shared, samples, columns } = this;
    this.foldedAt[0] = at;
    const row = columns.room(1);
    for (let k = 0; k < samples.length; k += 1) noteSample(samples[k], row);
    for (let k = 0; k < shared.length; k += 1) {
      const each = shared[k];
      if (each === undefined) continue;
      each.indicator.next(candle);
      note(each, row);
    }
    columns.place.row = row;
  }

  foldRows(tape: CandleTape, from: number, to: number): void {
    const first = this.columns.room(to - from);
    for (const { indicator, column, others } of this.shared) {
      const outputs = [column, ...others].map(({ values }) => values);
      foldRows(indicator, { tape, from, to }, { outputs, first });
    }
    this.columns.place.row = first + to - from - 1;
    this.foldedAt[0] = tape.closeAt(to - 1);
  }

  /** Readings that start anew do not look across the open: neither do those of candles before. */
  startSession(session: Session, complete: boolean): void {
    const { row } = this.columns.place;
    for (const each of this.shared) {
      each.indicator.startSession?.(session, complete);
      if (each.entry.sessionAnchored)
        for (const { values } of [each.column, ...each.others]) values.fill(Number.NaN, 0, row);
      note(each, row);
    }
  }

  probe(entry: CatalogEntry, spec: ReadingSpec, back: number): Probe {
    const { indicator, column: first, others } = this.share(entry, spec);
    const output = spec.output === undefined ? 0 : entry.outputs.indexOf(spec.output);
    const column = output === 0 ? first : others[output - 1];
    if (column === undefined)
      throw new TradekitError('BUG', `"${entry.name}" has no output "${spec.output}".`);
    const lag = spec.offset + back;
    this.columns.keep(lag);
    return {
      cell: cellOf(column, this.columns.place, lag),
      why: () => indicator.why() ?? (lag === 0 ? undefined : missingPast(entry, lag)),
    };
  }

  sample(probe: Probe): Probe {
    const column = this.columns.add();
    this.samples.push({ source: probe.cell, column });
    const why = () => probe.why() ?? 'undefined one candle before';
    return { cell: cellOf(column, this.columns.place, 0), why };
  }

  private share(entry: CatalogEntry, spec: ReadingSpec): Shared {
    const key = keyOf(entry, spec);
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const needsVolume = entry.needsVolume || (entry.source !== undefined && spec.source === 'volume');
    const indicator =
      needsVolume && !this.hasVolume
        ? createNever(entry.outputs.length, NO_VOLUME)
        : entry.create(spec.params, spec.source);
    const [, ...further] = entry.outputs;
    const others = further.map(() => this.columns.add());
    const made = { indicator, entry, column: this.columns.add(), others };
    this.shared.push(made);
    this.byKey.set(key, made);
    return made;
  }
}

function note({ indicator, column, others }: Shared, row: number): void {
  const { out } = indicator;
  column.values[row] = out[0] ?? Number.NaN;
  for (let k = 0; k < others.length; k += 1) {
    const other = others[k];
    if (other !== undefined) other.values[row] = out[k + 1] ?? Number.NaN;
  }
}

function noteSample(sampled: Sampled | undefined, row: number): void {
  if (sampled !== undefined) sampled.column.values[row] = readCell(sampled.source);
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
