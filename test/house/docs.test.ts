import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flagOf, isSettingName, SETTING_NAMES } from '../../src/core/config/setting-table.ts';
import { PROJECT } from '../shared.ts';

/** Flags that are no settings: tradekit's own, and those of the tools the docs mention. */
const OTHER_FLAGS = ['--config', '--dir', '--help', '--version', '--resume', '--json', '--once', '--plain'];
/** Flags of `tradekit log` and what reads it, which stand in no file of settings. */
const LOG_FLAGS = [
  ...['--redis', '--store', '--follow'],
  ...['--channel', '--strategy', '--correlation', '--run', '--limit', '--last', '--csv'],
];
/** Flags of `tradekit mse --test`. */
const MSE_FLAGS = ['--test', '--data', '--at', '--direction'];
const FLAGS = new Set([
  ...SETTING_NAMES.flatMap((name) => (isSettingName(name) ? [flagOf(name)] : [])),
  ...OTHER_FLAGS,
  ...LOG_FLAGS,
  ...MSE_FLAGS,
]);

/** Written by the program, or by its user. */
const MADE_BY_USE = /^(?:\.?tradekit\.json|strategies\.json|backtest_trades\.csv|equity\.csv)$|^dist\b/;

const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(PROJECT, 'docs')).map((name) => `docs/${name}`),
].filter((page) => page.endsWith('.md') && existsSync(join(PROJECT, page)));

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(PROJECT, page), 'utf8');
  const codes = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');

  it('names only files that exist', () => {
    const named = [...codes.filter(looksLikeAPath), ...links.filter((link) => !/^[a-z]+:/.test(link))];
    const missing = named.filter((path) => !MADE_BY_USE.test(path) && !exists(page, path));
    expect(missing).toEqual([]);
  });

  it('names only flags that exist', () => {
    const lines = text.split('\n').filter((line) => !/\b(?:npm|npx|node|git)\b/.test(line));
    const flags = lines.flatMap((line) =>
      [...line.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([flag]) => flag),
    );
    expect(flags.filter((flag) => !FLAGS.has(flag))).toEqual([]);
  });
});

/** `src/core/engine.ts`, `docs/`, `biome.json`: one word with a folder of ours or an ending of ours. */
function looksLikeAPath(code: string): boolean {
  if (/[\s*<>{}$…]|^[a-z]+:/.test(code)) return false;
  return (
    /^(?:\.?\/)?(?:src|test|docs|bin|biome|bench|examples|data|\.ci)\//.test(code) ||
    /^[\w./-]+\.(?:ts|js|mjs|md|json|csv|grit)$/.test(code)
  );
}

/** A path from the root, from the page, or a bare file name that stands somewhere under src. */
function exists(page: string, path: string): boolean {
  if (existsSync(join(PROJECT, path)) || existsSync(join(PROJECT, page, '..', path))) return true;
  return (
    !path.includes('/') &&
    readdirSync(join(PROJECT, 'src'), { recursive: true }).some((file) => String(file).endsWith(`/${path}`))
  );
}
