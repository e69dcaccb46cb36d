import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RANK_WRITERS } from '../../../../src/core/domain/events/channels.ts';
import {
  BEFORE_ALL,
  comparePositions,
  endOfInstant,
  endOfRank,
  formatPosition,
  packPosition,
  parsePosition,
  RANK,
  unpackPosition,
} from '../../../../src/core/domain/events/position.ts';

const places = fc.record({
  n: fc.integer({ min: 0, max: 900_719_924 }),
  rank: fc.integer({ min: 0, max: 9 }),
  i: fc.integer({ min: 0, max: 999_999 }),
});

describe('a position', () => {
  it('reads as the stream id n-(rank·10⁶+i)', () => {
    expect(formatPosition({ n: 381, rank: 4, i: 17 })).toBe('381-4000017');
    expect(formatPosition({ n: 1, rank: 0, i: 0 })).toBe('1-0');
    expect(formatPosition(BEFORE_ALL)).toBe('0-0');
    expect(parsePosition('381-4000017')).toEqual({ n: 381, rank: 4, i: 17 });
  });

  it('packs into n·10⁷ + rank·10⁶ + i', () => {
    expect(packPosition({ n: 381, rank: 4, i: 17 })).toBe(3_814_000_017);
  });

  it('survives text and packing, and keeps its order in both', () => {
    fc.assert(
      fc.property(places, places, (a, b) => {
        expect(parsePosition(formatPosition(a))).toEqual(a);
        expect(unpackPosition(packPosition(a))).toEqual(a);
        expect(Number.isSafeInteger(packPosition(a))).toBe(true);
        expect(Math.sign(packPosition(a) - packPosition(b))).toBe(Math.sign(comparePositions(a, b)));
        const [aIn, bIn] = [a, b].map((place) => Number(formatPosition(place).split('-')[1]));
        const asStream = a.n - b.n || (aIn ?? 0) - (bIn ?? 0);
        expect(Math.sign(asStream)).toBe(Math.sign(comparePositions(a, b)));
      }),
    );
  });

  it('stands before the end of its rank and of its instant, and behind the end of the one before', () => {
    fc.assert(
      fc.property(places, (place) => {
        const event = { ...place, i: Math.min(place.i, 999_998) };
        expect(comparePositions(event, endOfRank(event.n, event.rank))).toBeLessThan(0);
        expect(comparePositions(event, endOfInstant(event.n))).toBeLessThan(0);
        if (event.rank > 0)
          expect(comparePositions(event, endOfRank(event.n, event.rank - 1))).toBeGreaterThan(0);
        if (event.n > 0) expect(comparePositions(event, endOfInstant(event.n - 1))).toBeGreaterThan(0);
        expect(comparePositions(BEFORE_ALL, event)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('has a writer for each phase of the instant', () => {
    expect(RANK_WRITERS).toHaveLength(Object.keys(RANK).length);
    expect(RANK_WRITERS[RANK.decisions]).toBe('risk');
    expect(RANK_WRITERS[RANK.accepted]).toBe('exec');
  });

  it.each(['', '7', '7-', '-1-0', '1-10000000', '1.5-0', '1-0 ', '0x1-0', '999999999-0'])(
    'refuses "%s"',
    (text) => {
      expect(() => parsePosition(text)).toThrow(expect.objectContaining({ code: 'DATA' }));
    },
  );

  it.each([
    { n: -1, rank: 0, i: 0 },
    { n: 1, rank: 10, i: 0 },
    { n: 1, rank: 0, i: 1_000_000 },
    { n: 0.5, rank: 0, i: 0 },
    { n: Number.NaN, rank: 0, i: 0 },
    { n: 900_719_925, rank: 0, i: 0 },
  ])('is not to be packed out of bounds: %o', (position) => {
    expect(() => packPosition(position)).toThrow(expect.objectContaining({ code: 'BUG' }));
  });
});
