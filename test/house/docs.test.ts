import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { declareBacktest } from '../../src/commands/backtest.ts';
import { declareDashTui } from '../../src/commands/dash-tui.ts';
import { declareInit } from '../../src/commands/init.ts';
import { declareLog } from '../../src/commands/log.ts';
import { declareRedis } from '../../src/commands/redis.ts';
import { declareRunAll } from '../../src/commands/run-all.ts';
import { declareService } from '../../src/commands/service.ts';
import { PROJECT } from '../shared.ts';

/** Every flag that some command takes. Whole command lines: command-lines.test.ts. */
const FLAGS = new Set(['--help', '--version', ...declared().flatMap(flagsOf)]);

/** Written by the program, or by its user. */
const MADE_BY_USE =
  /^(?:\.?tradekit\.json|strategies\.json|backtest_trades\.csv|equity\.csv)$|^mine\/|^dist\b/;

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

  it('links only to headings that exist', () => {
    const anchors = [...text.matchAll(/\]\((?!\w+:)([^)#\s]*)#([^)\s]+)\)/g)];
    const missing = anchors.filter(([, file = '', anchor = '']) => {
      const target = file === '' ? text : readFileSync(join(PROJECT, page, '..', file), 'utf8');
      return !headingsOf(target).includes(anchor);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  it('names only scripts that exist', () => {
    const named = [...text.matchAll(/\bnpm run (?:-s )?([\w:]+)/g)].map(([, script = '']) => script);
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('names only flags that exist', () => {
    const lines = text.split('\n').filter((line) => !/\b(?:npm|npx|node|git|redis-server)\b/.test(line));
    const flags = lines.flatMap((line) =>
      [...line.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([flag]) => flag),
    );
    expect(flags.filter((flag) => !FLAGS.has(flag))).toEqual([]);
  });
});

/** As the pages of a repository name them: `## The kill switch` is `the-kill-switch`. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

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

function declared(): readonly Command[] {
  const services = (['screen', 'mse', 'risk', 'exec'] as const).map(declareService);
  const others = [declareRunAll, declareBacktest, declareLog, declareDashTui, declareInit, declareRedis];
  return [...services, ...others].map((declare) => {
    const command = new Command();
    declare(command);
    return command;
  });
}

function flagsOf(command: Command): readonly string[] {
  return [...command.options.flatMap(({ long }) => long ?? []), ...command.commands.flatMap(flagsOf)];
}
