import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readStrategiesFile } from '../../../src/core/config/strategies-file.ts';
import { TradekitError } from '../../../src/core/domain/error.ts';
import { PROJECT } from '../../shared.ts';

const folder = mkdtempSync(join(tmpdir(), 'tradekit-strategies-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string | Uint8Array): string {
  const path = join(folder, 'strategies.json');
  writeFileSync(path, content);
  return path;
}

/** The error that reading gives: always one for the user, with a next thing to try. */
function refusal(path: string): TradekitError {
  try {
    readStrategiesFile(path);
  } catch (error) {
    if (error instanceof TradekitError && error.code === 'CONFIG' && error.hint !== undefined) return error;
    throw error;
  }
  throw new Error(`${path} was read`);
}

const STRATEGY = '{ "strategy_name": "s", "entry_direction": "LONG", "logic": { "pattern": "doji" } }';

describe('readStrategiesFile', () => {
  it('reads the shipped file', () => {
    expect(readStrategiesFile(join(PROJECT, 'strategies.json'))).toHaveLength(12);
  });

  it('reads comments and a comma after the last entry', () => {
    const path = file(`// mine\n[ /* the first */ ${STRATEGY.replace('"doji"', '"doji" // flat\n')},\n]`);
    expect(readStrategiesFile(path).map(({ name }) => name)).toEqual(['s']);
  });

  it('leaves slashes in texts alone', () => {
    const path = file(`[${STRATEGY.replace('"logic"', '"symbols": ["A//B", "C/*D*/"], "logic"')}]`);
    expect(readStrategiesFile(path)[0]?.symbols).toEqual(['A//B', 'C/*D*/']);
  });

  it('says line and column of a slip', () => {
    const path = file(`[\n  // comment\n  ${STRATEGY.replace('"LONG",', '"LONG"')}\n]`);
    expect(refusal(path).message).toBe(`${path}:3:53: did not expect "logic" here.`);
  });

  it('lists all problems', () => {
    const { message } = refusal(file(`[${STRATEGY.replace('doji', 'dogi').replace('LONG', 'UP')}, 5]`));
    expect(message.split('\n')).toEqual([
      `${join(folder, 'strategies.json')} has 3 problems:`,
      '  strategies[0].entry_direction: found "UP", expected "LONG" or "SHORT"',
      '  strategies[0].logic.pattern: found "dogi", expected a known candle pattern; did you mean "doji"?',
      '  strategies[1]: found 5, expected a strategy: an object with strategy_name, entry_direction, logic',
    ]);
  });

  it('shows fifty of many', () => {
    const lines = refusal(file(JSON.stringify(Array.from({ length: 80 }, () => 1)))).message.split('\n');
    expect(lines).toHaveLength(52);
    expect(lines.at(-1)).toBe('  and 30 more');
  });

  it.each([
    ['a missing file', () => join(folder, 'none.json'), 'does not exist'],
    ['a folder', () => folder, 'is a folder'],
    ['a binary file', () => file(Uint8Array.of(0x5b, 0, 1, 2)), 'is not a text file'],
    ['text in another encoding', () => file(Uint8Array.of(0x22, 0xe9, 0x22)), 'is not text in UTF-8'],
    [
      'ten megabytes',
      () => file(`[${'1,'.repeat(5_000_000)}1]`),
      'is over 4 MB, too large for a list of strategies',
    ],
  ])('refuses %s', (_, path, expected) => {
    const named = path();
    expect(refusal(named).message).toBe(`The strategies file "${named}" ${expected}.`);
  });

  it('refuses an empty file, and one that ends too early', () => {
    expect(refusal(file('')).message).toMatch(/strategies\.json is empty\.$/);
    expect(refusal(file('')).hint).toMatch(/^Write an array of strategies into it, or delete it/);
    expect(refusal(file('[1]')).hint).toMatch(/^Mend it and start again/);
    expect(refusal(file('[1, 2]')).hint).toMatch(/^Mend them and start again/);
    expect(refusal(file(`[${STRATEGY}`)).message).toContain('the file ends too early.');
  });

  it('reads a byte order mark away', () => {
    expect(readStrategiesFile(file(`\uFEFF[${STRATEGY}]`))).toHaveLength(1);
  });

  it('refuses 300 KB of rules 10,000 levels deep with a sentence', () => {
    const open = '{"operator":"NOT","rules":[';
    const deep = `${open.repeat(10_000)}{"pattern":"doji"}${']}'.repeat(10_000)}`;
    const path = file(`[${STRATEGY.replace('{ "pattern": "doji" }', deep)}]`);
    expect(refusal(path).message).toContain('at most 64 levels of rules within rules');
  });
});
