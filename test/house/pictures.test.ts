import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';
import { runAt, type Shown } from './pictures/run-at.ts';
import { terminalSvg, textOfSvg } from './pictures/terminal-svg.ts';

/** 22 July 2015, 14:15 in Mumbai: three positions, an order that waits, a trade closed. */
const MOMENT = Date.UTC(2015, 6, 22, 8, 45);

const PICTURES: readonly (readonly [file: string, title: string, shown: Shown])[] = [
  ['docs/dashboard.svg', 'tradekit dash-tui: the view Now in the middle of a session', { view: 'now' }],
  ['docs/chart.svg', 'tradekit dash-tui: the view Chart', { view: 'chart', symbol: 'FRL' }],
];

describe.each(PICTURES)('%s', (file, title, shown) => {
  let lines: readonly string[] = [];
  let svg = '';
  beforeAll(async () => {
    lines = (await run())(shown);
    svg = terminalSvg(lines, 100, title);
  });

  it('is what the dashboard shows (after a change: npm run pictures)', async () => {
    await expect(svg).toMatchFileSnapshot(join(PROJECT, file));
  });

  it('has each sign on its cell', () => {
    const plain = lines.map((line) => stripVTControlCharacters(line).trimEnd());
    expect(textOfSvg(svg, lines.length)).toEqual(plain);
  });

  it('is well-formed XML, and small', () => {
    expect(withoutElements(svg)).toBe('');
    expect(Buffer.byteLength(svg)).toBeLessThan(60_000);
  });
});

let made: ReturnType<typeof runAt> | undefined;

function run() {
  made ??= runAt(MOMENT, '2015-07-22');
  return made;
}

/** Takes elements without elements in them away until there are none: nothing is left of a tree. */
function withoutElements(xml: string): string {
  const leaf = /<([a-z]+)(?: [\w:]+="[^"<&]*")*(?:\/>|>(?:[^<&]|&(?:amp|lt|gt);)*<\/\1>)\s*/gi;
  const left = xml.replace(leaf, '');
  return left === xml ? xml : withoutElements(left);
}
