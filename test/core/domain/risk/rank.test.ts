import { describe, expect, it } from 'vitest';
import { fnv1a32 } from '../../../../src/core/domain/risk/rank.ts';

describe('fnv1a32', () => {
  // Published test vectors of the algorithm's authors: FNV-1a 32 of "", "a", "foobar".
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('hashes "%s" as published', (text, hash) => {
    expect(fnv1a32(text)).toBe(hash);
  });
});
