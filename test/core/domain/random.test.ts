import { describe, expect, it } from 'vitest';
import { createRandom, xorshift128 } from '../../../src/core/domain/random.ts';

describe('chance from a seed', () => {
  // The words of the paper, and what its generator gives for them (also in many libraries, as `xor128`).
  it('gives the numbers of the generator it names', () => {
    const next = xorshift128([123_456_789, 362_436_069, 521_288_629, 88_675_123]);
    const numbers = Array.from({ length: 5 }, next);
    expect(numbers).toEqual([3_701_687_786, 458_299_110, 2_500_872_618, 3_633_119_408, 516_391_518]);
  });

  it('gives numbers of [0, 1) that fill it evenly', () => {
    const { next } = createRandom(42, 0);
    const tenths = new Array<number>(10).fill(0);
    for (let n = 0; n < 100_000; n += 1) {
      const tenth = Math.floor(next() * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    // 10,000 each, with a standard deviation of 95.
    expect(Math.max(...tenths.map((count) => Math.abs(count - 10_000)))).toBeLessThan(400);
  });

  it.each([
    ['seeds', [0, 0], [1, 0]],
    ['streams', [7, 0], [7, 1]],
    ['a seed and its neighbour’s stream', [7, 1], [8, 0]],
  ] as const)('two %s have nothing in common', (_what, [seedA, streamA], [seedB, streamB]) => {
    const a = createRandom(seedA, streamA);
    const b = createRandom(seedB, streamB);
    let product = 0;
    for (let n = 0; n < 10_000; n += 1) product += (a.next() - 0.5) * (b.next() - 0.5);
    // The mean of such products has a standard deviation of 1/12 ÷ 100.
    expect(Math.abs(product / 10_000)).toBeLessThan(5 / 1200);
  });
});
