import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { settingsOf } from '../../src/commands/choice.ts';
import { type Flags, settingFlags } from '../../src/commands/flags.ts';
import { main } from '../../src/commands/main.ts';
import { isSettingName, SETTING_NAMES } from '../../src/core/config/setting-table.ts';
import { PROJECT } from '../shared.ts';
import { blocksOf, readPage } from './pages/page.ts';
import { commandsOf } from './pages/shell.ts';

/** Every command line that a page shows is one that tradekit takes, and names files that are there. */

/** The flags that the command was given. Each of these takes them and runs nothing. */
let typed: Flags = {};
const composed = vi.hoisted(() => {
  const names = ['runAll', 'runBacktest', 'runServiceOf', 'testStructure', 'runLog', 'tailLog', 'queryLog'];
  return Object.fromEntries([...names, 'runDashTui', 'initRedisFunctions'].map((name) => [name, vi.fn()]));
});
vi.mock('../../src/commands/compose.ts', () => composed);
vi.mock('../../src/core/config/starters.ts', () => ({ writeStarters: () => {} }));

beforeAll(() => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true); // --help
  for (const run of Object.values(composed))
    run.mockImplementation((...args: readonly unknown[]) => {
      typed = (args.at(-1) ?? {}) as Flags; // they come last
    });
});

/** Files of the reader, and those that tradekit writes. */
const YOURS = /^(?:\w+\.csv(?:\.gz)?|archive\.db|ca\.pem|result\.json)$|^(?:\.tradekit|mine)\//;
const SCRIPTS: Readonly<Record<string, string>> = JSON.parse(readPage('package.json')).scripts;

const pages = ['README.md', ...readdirSync(join(PROJECT, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
);

const lines = pages.flatMap((page) =>
  blocksOf(readPage(page), 'sh')
    .flatMap(commandsOf)
    .map((words) => [page, words.join(' '), words] as const),
);

describe('commands in blocks', () => {
  it.each(lines)('%s: %s', async (_page, _line, words) => {
    const args = argumentsOf(words);
    if (args !== undefined) {
      typed = {};
      await main(args);
      const { to, ...flags } = typed;
      const isDay = args[0] !== 'log' || /^(?:tail|query)$/.test(args[1] ?? ''); // of `tradekit log` itself it is a place
      settingsOf(settingFlags(isDay ? typed : flags, SETTING_NAMES.filter(isSettingName)));
    }
    if (words[0] === 'npm') expect([...NPM_OWN, ...Object.keys(SCRIPTS)]).toContain(scriptOf(words));
    expect(words.flatMap(fileOf).filter((file) => !existsSync(join(PROJECT, file)))).toEqual([]);
  });
});

describe('commands within sentences', () => {
  const said = ['CHANGELOG.md', ...pages].flatMap((page) =>
    [
      ...readFileSync(join(PROJECT, page), 'utf8').matchAll(
        /`((?:tradekit|node bin\/tradekit\.js) [^`\n]+)`/g,
      ),
    ]
      .map(([, line = '']) => line)
      .map((line) => [page, line] as const),
  );

  it.each(said)('%s: %s', async (_page, line) => {
    const args = argumentsOf(commandsOf(line)[0] ?? []) ?? [];
    await main(args.length === 1 ? [...args, '--help'] : args); // the bare name of a command
  });
});

it('the README has the two command lines, each on its own', () => {
  const [first = ''] = blocksOf(readPage('README.md'), 'sh');
  expect(first.split('\n').filter((line) => line !== '')).toEqual([
    'npm ci && npm start',
    'npm ci && npm test',
  ]);
});

/** What tradekit is given; undefined where it is another program. */
function argumentsOf([program, ...args]: readonly string[]): readonly string[] | undefined {
  if (program === 'tradekit') return args;
  return program === 'node' && args[0] === 'bin/tradekit.js' ? args.slice(1) : undefined;
}

const NPM_OWN = ['ci', 'link'];

function scriptOf([, name, script]: readonly string[]): string | undefined {
  return name === 'run' ? script : name;
}

/** The files that a word names: `csv:a.csv,b.csv`, `sqlite:FILE`, a path. */
function fileOf(word: string): readonly string[] {
  const [, what = word] = /^(?:csv|ticks|sqlite):(.+)$/.exec(word) ?? [];
  return what
    .split(',')
    .filter((name) => /^[\w./-]+\.(?:csv|gz|json|db|js|conf|acl|pem)$/.test(name) && !YOURS.test(name));
}
