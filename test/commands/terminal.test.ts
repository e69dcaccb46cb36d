import { describe, expect, it } from 'vitest';
import { tellLines } from '../../src/commands/terminal.ts';

/** A stream that keeps what is written to it. */
function stream(own: { readonly isTTY: boolean; readonly columns?: number }) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, of: { ...own, write } as unknown as NodeJS.WriteStream }; // of it only these are asked
}

// 78 columns, which fit, and 83, of which 78 are left without the last word.
const FITS = `${'ten words '.repeat(7)}and more`;
const LONG = `${'ten words '.repeat(7)}and four more`;

describe('lines beside the results', () => {
  it('are broken between words on a terminal, later ones set in', () => {
    const { written, of } = stream({ isTTY: true, columns: 80 });
    tellLines(`${FITS}\n${LONG}`, of);
    expect(written).toEqual([`${FITS}\n${LONG.replace(' more', '')}\n  more\n`]);
  });

  it('are left as they are where there is no terminal', () => {
    const { written, of } = stream({ isTTY: false });
    tellLines(`${LONG} ${LONG}`, of);
    expect(written).toEqual([`${LONG} ${LONG}\n`]);
  });
});
