import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../src/core/adapters/store/memory.ts';
import { BEFORE_ALL } from '../../../src/core/domain/events/position.ts';
import { followEvents } from '../../../src/core/services/follow-events.ts';
import { openStoreWriter, recordedRun } from '../../recorded-run.ts';

describe('followEvents', () => {
  it('gives every event once and in order, and cuts no instant in two', async () => {
    const events = await recordedRun();
    await using store = createMemoryStore();
    await (await openStoreWriter(store, events)).write();
    const batches = [];
    for await (const batch of followEvents(store, BEFORE_ALL, AbortSignal.abort())) batches.push(batch);
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.flat().map(({ line }) => line)).toEqual(events.map(({ line }) => line));
    for (const [i, batch] of batches.entries()) {
      expect(batch[0]?.position.n).not.toBe(batches[i - 1]?.at(-1)?.position.n);
    }
  });
});
