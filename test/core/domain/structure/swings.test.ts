import { describe, expect, it } from 'vitest';
import type { Swing } from '../../../../src/core/domain/structure/objects.ts';
import { createSwings } from '../../../../src/core/domain/structure/swings.ts';
import { hear, pivotAt, STEP } from './tape.ts';

/** Adds pivots `[dir, level]`, one every ten candles. */
function swingsOf(...pivots: readonly (readonly [1 | -1, number])[]) {
  const heard = hear();
  const swings = createSwings(heard.log);
  pivots.forEach(([dir, level], i) => {
    heard.at(10 * i + 3);
    swings.add(pivotAt(10 * i, dir, level));
  });
  const formed = heard.events.filter(({ what }) => what === 'formed').map(({ object }) => object as Swing);
  return { ...heard, swings, formed };
}

describe('createSwings', () => {
  it('labels each swing against the one of its side before', () => {
    const { formed } = swingsOf([1, 110], [-1, 100], [1, 112], [-1, 103], [1, 111], [-1, 99]);
    expect(formed.map(({ level, label }) => [level, label])).toEqual([
      [110, undefined],
      [100, undefined],
      [112, 'HH'],
      [103, 'HL'],
      [111, 'LH'],
      [99, 'LL'],
    ]);
  });

  it('calls an equal extreme not beyond: a lower high, a higher low', () => {
    const { formed } = swingsOf([1, 110], [-1, 100], [1, 110], [-1, 100]);
    expect(formed.slice(2).map(({ label }) => label)).toEqual(['LH', 'HL']);
  });

  it('replaces a swing by a more extreme pivot of its side, labelled against the same one before', () => {
    const { formed, events, swings } = swingsOf([1, 110], [-1, 100], [1, 105], [1, 108]);
    expect(formed.map(({ label }) => label)).toEqual([undefined, undefined, 'LH', 'LH']);
    const superseded = events.filter(({ what }) => what === 'superseded');
    expect(superseded.map(({ object }) => object.level)).toEqual([105]);
    expect(superseded[0]?.object).toMatchObject({ supersededAt: 34 * STEP });
    expect(swings.last(1)?.level).toBe(108);
  });

  it('leaves a less extreme or equal pivot of the same side out', () => {
    const { formed, swings } = swingsOf([-1, 100], [1, 110], [1, 110], [1, 109]);
    expect(formed).toHaveLength(2);
    expect(swings.last(1)?.formedAt).toBe(10 * STEP);
  });

  it('makes a swing final when the next of the other side is known', () => {
    const { events } = swingsOf([1, 110], [-1, 100], [1, 112]);
    const final = events
      .filter(({ what }) => what === 'final')
      .map(({ object, knownAt }) => [object.level, knownAt]);
    expect(final).toEqual([
      [110, 14 * STEP],
      [100, 24 * STEP],
    ]);
  });
});
