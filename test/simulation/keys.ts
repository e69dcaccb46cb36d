import type { KeyValue, StoredEvent, StoreReader } from '../../src/core/ports/store.ts';
import {
  createLockLifting,
  createLockTaking,
  createPositionProjection,
} from '../../src/core/services/pipeline/projections.ts';
import type { SimulatedTape } from './tapes.ts';

/** Projections by key: those that a store shows, and those that its events make. */
type Keys = Readonly<Record<string, KeyValue>>;

const SYMBOLS = ['AAA', 'BBB', 'CCC'];

export async function shownKeys(store: Pick<StoreReader, 'key'>): Promise<Keys> {
  const shown: Record<string, KeyValue> = {};
  for (const symbol of SYMBOLS) {
    for (const key of [`POS:${symbol}`, `TG:LOCK:${symbol}`] as const) {
      const value = await store.key(key);
      if (value !== undefined) shown[key] = value;
    }
  }
  return shown;
}

/** The projections as one fold of the final events. */
export function keysOf({ setup }: SimulatedTape, events: readonly StoredEvent[]): Keys {
  const projections = [createLockTaking(), createPositionProjection(), createLockLifting(setup.risk.lock)];
  const keys: Record<string, KeyValue> = {};
  for (const { line } of events) {
    for (const { key, value } of projections.flatMap((of) => of.writes(JSON.parse(line)))) {
      if (value === undefined) delete keys[key];
      else keys[key] = value;
    }
  }
  return keys;
}
