import { describe, expect, it } from 'vitest';
import { sayOnce } from '../../../src/core/views/same-said.ts';

const of = (text: string, ...names: readonly string[]) => names.map((name) => ({ name, text }));

describe('what is said of several in the same words', () => {
  it('is said once, with their names, in the order in which it was said first', () => {
    const said = [
      ...of('no volume', 'A.csv'),
      ...of('dates are epoch', 'B.csv'),
      ...of('no volume', 'C.csv'),
    ];
    expect(sayOnce(said)).toEqual(['A.csv, C.csv: no volume', 'B.csv: dates are epoch']);
  });

  it('names one that is said twice once', () => {
    expect(sayOnce(of('no volume', 'A.csv', 'A.csv'))).toEqual(['A.csv: no volume']);
  });

  it('names up to four; of more the first three, and how many there are besides', () => {
    expect(sayOnce(of('x', 'A', 'B', 'C', 'D'))).toEqual(['A, B, C, D: x']);
    expect(sayOnce(of('x', 'A', 'B', 'C', 'D', 'E'))).toEqual(['A, B, C and 2 more: x']);
  });
});
