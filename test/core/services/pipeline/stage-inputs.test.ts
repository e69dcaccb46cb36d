import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../../src/core/adapters/store/memory.ts';
import { BEFORE_ALL, endOfInstant, type Position } from '../../../../src/core/domain/events/position.ts';
import { type DoneMarks, READ_MAX, type Store } from '../../../../src/core/ports/store.ts';
import { createStageInputs } from '../../../../src/core/services/pipeline/stage-inputs.ts';
import type { Source } from '../../../../src/core/services/pipeline/stage-machine.ts';
import { createStageOutput } from '../../../../src/core/services/pipeline/stage-output.ts';
import { RUN, stageOf, stepOf } from './drawn-stage.ts';

const NONE: DoneMarks = { screen: BEFORE_ALL, mse: BEFORE_ALL, risk: BEFORE_ALL, exec: BEFORE_ALL };
const CANDLES: Source = { channels: ['MARKET.CANDLE'], stage: 'screen' };
const MARK_ONLY: Source = { channels: [], stage: 'exec' };

/** A stage that takes candles, on a store that has so many of them. */
async function stageOn(count: number, sources: readonly Source[] = [CANDLES]) {
  const store = createMemoryStore();
  const { screen } = await store.start({ run: RUN, services: ['screen'] });
  const commit = await createStageOutput(store, 'screen', screen).prepare(stepOf(1, count));
  if (commit !== undefined) await store.commit(commit);
  const taken: number[] = [];
  let reads = 0;
  const counted: Store = {
    ...store,
    read(range) {
      reads += 1;
      return store.read(range);
    },
  };
  const take = (_event: unknown, { n }: Position): void => void taken.push(n);
  const inputs = createStageInputs(counted, { ...stageOf([]), sources, take });
  return { inputs, taken, reads: () => reads };
}

function screenAt(n: number): DoneMarks {
  return { ...NONE, screen: endOfInstant(n) };
}

describe('what a stage takes', () => {
  it('are the events up to the marks, in order, once', async () => {
    const { inputs, taken } = await stageOn(5);
    expect(await inputs.fill(screenAt(2))).toBe(false);
    expect(taken).toEqual([1, 2]);
    expect(inputs.complete).toEqual([endOfInstant(2)]);
    await inputs.fill(screenAt(5));
    expect(taken).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    [READ_MAX - 1, [READ_MAX - 1]],
    [READ_MAX, [READ_MAX, READ_MAX]],
    [READ_MAX + 1, [READ_MAX, READ_MAX + 1]],
    [2 * READ_MAX, [READ_MAX, 2 * READ_MAX, 2 * READ_MAX]],
  ])('of %i events come by one read at a time, and are complete with the last', async (count, expected) => {
    const { inputs, taken } = await stageOn(count);
    for (const [index, upTo] of expected.entries()) {
      const isLast = index === expected.length - 1;
      expect(await inputs.fill(screenAt(count))).toBe(!isLast);
      expect(taken).toHaveLength(upTo);
      expect(inputs.complete).toEqual([isLast ? endOfInstant(count) : { n: upTo, rank: 0, i: 0 }]);
    }
    expect(new Set(taken)).toHaveLength(count);
  });

  it('is nothing where no mark has moved: not even a read', async () => {
    const { inputs, reads } = await stageOn(3);
    await inputs.fill(screenAt(3));
    expect(await inputs.fill(screenAt(3))).toBe(false);
    expect(reads()).toBe(1);
  });

  it('is only the mark, of a source without channels', async () => {
    const { inputs, taken, reads } = await stageOn(3, [MARK_ONLY]);
    expect(await inputs.fill({ ...screenAt(3), exec: endOfInstant(3) })).toBe(false);
    expect([taken, reads(), inputs.complete]).toEqual([[], 0, [endOfInstant(3)]]);
  });
});
