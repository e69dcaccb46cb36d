import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { parseJsonWithComments } from '../../src/core/config/json-with-comments.ts';
import { SETTING_NAMES } from '../../src/core/config/setting-table.ts';
import { resolveSettings } from '../../src/core/config/settings.ts';
import { readSettingsFile } from '../../src/core/config/settings-file.ts';
import { STRATEGIES_GRAMMAR, settingsStarter } from '../../src/core/config/starters.ts';
import { readStrategiesFile } from '../../src/core/config/strategies-file.ts';
import { parseStrategies } from '../../src/core/domain/rules/parse.ts';
import { PROJECT } from '../shared.ts';

let dir = '';
let printed = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tradekit-init-'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});

afterEach(() => rmSync(dir, { recursive: true }));

const marketDefaults = () => ({ startingBalance: 1_000_000, leverage: 5 });

describe('tradekit init', () => {
  it('writes both files, into a folder that need not be there yet', async () => {
    const folder = join(dir, 'a/b');
    await main(['init', '--dir', folder]);
    expect(printed).toBe(
      `Wrote ${join(folder, 'strategies.json')}.\nWrote ${join(folder, 'tradekit.json')}.\n`,
    );
    expect(existsSync(join(folder, 'strategies.json'))).toBe(true);
  });

  it('never overwrites: keeps what is there, and says so', async () => {
    writeFileSync(join(dir, 'tradekit.json'), 'mine');
    await main(['init', '--dir', dir]);
    expect(printed).toContain(`Kept ${join(dir, 'tradekit.json')}: it is already there.`);
    expect(readFileSync(join(dir, 'tradekit.json'), 'utf8')).toBe('mine');
    await expect(main(['init', '--dir', dir])).rejects.toMatchObject({
      code: 'CONFIG',
      message: 'Nothing was written: both files are there already.',
    });
  });

  it('says which file cannot be written', async () => {
    writeFileSync(join(dir, 'file'), '');
    await expect(main(['init', '--dir', join(dir, 'file')])).rejects.toMatchObject({
      code: 'CONFIG',
      message: expect.stringContaining('Cannot write'),
    });
  });
});

describe('the strategies file it writes', () => {
  it('holds the shipped strategies, under a comment that explains the grammar', async () => {
    await main(['init', '--dir', dir]);
    const shipped = readStrategiesFile(join(PROJECT, 'strategies.json'));
    expect(readStrategiesFile(join(dir, 'strategies.json'))).toEqual(shipped);
    expect(shipped.length).toBeGreaterThan(0);
  });

  it.each([...STRATEGIES_GRAMMAR.matchAll(/\{ "(?:indicator|pattern)".*?\}(?=\s)/g)].map(([leaf]) => leaf))(
    'the comment does not lie: %s',
    (leaf) => {
      expect(problemsOf(JSON.parse(leaf))).toEqual([]);
    },
  );

  it('nor about a reading with parameters', () => {
    const reading = /\{ "name": .*\}(?=\.)/.exec(STRATEGIES_GRAMMAR)?.[0] ?? '';
    expect(problemsOf({ indicator: 'close', condition: '>', value: JSON.parse(reading) })).toEqual([]);
  });
});

function problemsOf(leaf: unknown) {
  const logic = { operator: 'AND', rules: [leaf] };
  return parseStrategies([{ strategy_name: 'x', entry_direction: 'LONG', logic }]).problems;
}

describe('the settings file it writes', () => {
  it('changes nothing as it stands', () => {
    const path = join(dir, 'tradekit.json');
    writeFileSync(path, settingsStarter());
    const file = readSettingsFile(path);
    expect(file?.values).toEqual({});
    expect(resolveSettings({ flags: {}, env: {}, file, marketDefaults })).toEqual(
      resolveSettings({ flags: {}, env: {}, marketDefaults }),
    );
  });

  it('holds every setting: with all slashes taken away it is accepted', () => {
    const text = settingsStarter().replace(/^ {2}\/\/ (?=")/gm, '  ');
    const values = parseJsonWithComments(text, 'tradekit.json') as Readonly<Record<string, unknown>>;
    expect(Object.keys(values).toSorted()).toEqual(SETTING_NAMES.toSorted());
    const file = { path: 'tradekit.json', values };
    expect(() => resolveSettings({ flags: {}, env: {}, file, marketDefaults })).not.toThrow();
  });
});

describe('readSettingsFile', () => {
  it.each([
    ['[1]', /settings are one object/],
    ['{ "riskPct": }', /^.*tradekit\.json:1:14: did not expect "}" here\.$/],
  ])('refuses %s', (text, message) => {
    const path = join(dir, 'tradekit.json');
    writeFileSync(path, text);
    expect(() => readSettingsFile(path)).toThrow(
      expect.objectContaining({ code: 'CONFIG', message: expect.stringMatching(message) }),
    );
  });

  it('refuses a named file that is not there, and a folder', () => {
    mkdirSync(join(dir, 'folder'));
    for (const path of [join(dir, 'no.json'), join(dir, 'folder')]) {
      expect(() => readSettingsFile(path)).toThrow(`Cannot read the settings file "${path}".`);
    }
  });
});
