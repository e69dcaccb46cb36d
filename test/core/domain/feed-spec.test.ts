import { describe, expect, it } from 'vitest';
import { TradekitError } from '../../../src/core/domain/error.ts';
import { parseFeedSpec } from '../../../src/core/domain/feed-spec.ts';

describe('the text of a feed', () => {
  it.each([
    ['csv:a.csv', { kind: 'csv', files: ['a.csv'] }],
    ['csv:C:\\a.csv,data/b.csv.gz', { kind: 'csv', files: ['C:\\a.csv', 'data/b.csv.gz'] }],
    ['ticks:a,b.csv', { kind: 'ticks', file: 'a,b.csv' }],
    ['random:0', { kind: 'random', seed: 0 }],
    ['random:4294967295', { kind: 'random', seed: 4_294_967_295 }],
  ])('%s', (text, spec) => {
    expect(parseFeedSpec(text)).toEqual(spec);
  });

  const KNOWN = 'Known feeds: csv:FILE[,FILE…], ticks:FILE, random:SEED.';
  const SEED = 'Any will do, and the same gives the same ticks: random:42';
  const noSeed = (text: string) => `"${text}" has no seed: a whole number from 0 to 4294967295. | ${SEED}`;

  it.each([
    ['', `"" names no feed. | ${KNOWN}`],
    ['kafka:topic', `"kafka:topic" names no feed. | ${KNOWN}`],
    ['tick:a.csv', `"tick:a.csv" names no feed. Did you mean ticks:FILE? | ${KNOWN}`],
    ['randm:42', `"randm:42" names no feed. Did you mean random:SEED? | ${KNOWN}`],
    ['random', `"random" names no feed. Did you mean random:SEED? | ${KNOWN}`],
    ['data.csv.gz', `"data.csv.gz" names no feed. Did you mean "csv:data.csv.gz"? | ${KNOWN}`],
    ['csv:', `"csv:" names no feed. Did you mean csv:FILE[,FILE…]? | ${KNOWN}`],
    ['csv:,', `"csv:," names no feed. Did you mean csv:FILE[,FILE…]? | ${KNOWN}`],
    ['ticks:', `"ticks:" names no feed. Did you mean ticks:FILE? | ${KNOWN}`],
    ['random:', noSeed('random:')],
    ['random:-1', noSeed('random:-1')],
    ['random:1.5', noSeed('random:1.5')],
    ['random:4294967296', noSeed('random:4294967296')],
    ['random:x', noSeed('random:x')],
  ])('refuses "%s"', (text, said) => {
    expect(refusalOf(text)).toBe(said);
  });
});

function refusalOf(text: string): string {
  try {
    parseFeedSpec(text);
  } catch (error) {
    if (error instanceof TradekitError && error.code === 'CONFIG') return `${error.message} | ${error.hint}`;
    throw error;
  }
  return 'no refusal';
}
