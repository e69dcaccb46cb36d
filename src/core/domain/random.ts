/**
 * Numbers that look like chance and are not: the same seed gives the same numbers on every machine, as nothing but
 * integer operations and one exact division makes them.
 *
 * The generator is xorshift128 on four words of 32 bits (period 2^128 - 1). Its words come from the seed and the stream
 * by the finaliser of MurmurHash3, so that neighbouring seeds have nothing in common.
 *
 * @see G. Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (14), 2003
 * @see A. Appleby, MurmurHash3, `fmix32`
 */
export type Random = {
  /** The next number of [0, 1), a multiple of 2^-32. */
  readonly next: () => number;
};

const TWO_32 = 2 ** 32;
/** 2^32 ÷ the golden ratio, odd: steps that come near each other late. */
const STEP = 0x9e3779b9;

/** @param stream another number, another independent series from the same seed */
export function createRandom(seed: number, stream: number): Random {
  const start = mixed(mixed(seed) + Math.imul(stream + 1, STEP));
  const word = (k: number): number => mixed(start + Math.imul(k, STEP));
  const next = xorshift128([word(1), word(2), word(3), word(4) | 1]);
  return { next: () => next() / TWO_32 };
}

/** Whole numbers of [0, 2^32) from four words that are not all 0. */
export function xorshift128([a, b, c, d]: readonly [number, number, number, number]): () => number {
  let x = a | 0;
  let y = b | 0;
  let z = c | 0;
  let w = d | 0;
  return () => {
    const t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
    return w >>> 0;
  };
}

function mixed(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
