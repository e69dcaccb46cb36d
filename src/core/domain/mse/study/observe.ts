import type { Candle } from '../../market/candle.ts';
import type { OnStructure } from '../../structure/log.ts';
import { objectId, type StructureObject } from '../../structure/objects.ts';
import type { Structure } from '../../structure/structure.ts';

/** Objects of a kind that are kept, and candles: far more than a screen shows, far less than memory holds. */
const MOST_KEPT = 4096;

/** A candle of the studied timeframe. */
export type StudyCandle = {
  readonly openAt: number;
  /** The instant at which it was known to be over. */
  readonly closedAt: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number | undefined;
  /** Of its session up to here; undefined without volume, or where the session was not seen from its open. */
  readonly vwap: number | undefined;
};

/** How many candles there were, and when the first of them opened. */
export type FoldedCandles = { readonly count: number; readonly since: number };

type Kind = StructureObject['kind'];
type OfKind<K extends Kind> = Extract<StructureObject, { readonly kind: K }>;

/** Everything a structure said about its objects, each as it last stood, in the order in which they formed for others. */
export interface Observation {
  /** The last of them, of what the structure was built from. */
  readonly candles: readonly StudyCandle[];
  /** All that the structure was built from, and the open of the first of them; undefined before that. */
  readonly folded: FoldedCandles | undefined;
  of<K extends Kind>(kind: K): readonly OfKind<K>[];
  onStructure: OnStructure;
  onFolded(candle: Candle, at: number, structure: Structure, vwap: number): void;
}

export function createObservation(): Observation {
  const candles: StudyCandle[] = [];
  const kinds = new Map<Kind, Map<string, StructureObject>>();
  let seen: Structure | undefined;
  let folded: FoldedCandles | undefined;

  function keep(object: StructureObject): void {
    const kept = kinds.get(object.kind) ?? new Map<string, StructureObject>();
    kinds.set(object.kind, kept);
    kept.set(objectId(object), object);
    if (kept.size <= MOST_KEPT) return;
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }

  return {
    candles,
    get folded() {
      return folded;
    },
    // Kept under its own kind.
    of: <K extends Kind>(kind: K) =>
      [...(kinds.get(kind)?.values() ?? [])] as unknown as readonly OfKind<K>[],
    onStructure: ({ object }) => keep(object),
    onFolded(candle, at, structure, vwap) {
      if (structure !== seen) {
        seen = structure;
        candles.length = 0;
        folded = undefined;
        kinds.clear();
      }
      folded = { count: (folded?.count ?? 0) + 1, since: folded?.since ?? candle.openAt };
      candles.push(studyCandle(candle, at, vwap));
      if (candles.length > MOST_KEPT) candles.shift();
    },
  };
}

function studyCandle(
  { openAt, open, high, low, close, volume }: Candle,
  closedAt: number,
  vwap: number,
): StudyCandle {
  return { openAt, closedAt, open, high, low, close, volume: known(volume), vwap: known(vwap) };
}

function known(reading: number): number | undefined {
  return Number.isNaN(reading) ? undefined : reading;
}
