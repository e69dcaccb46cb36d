import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseJsonWithComments } from '../../src/core/config/json-with-comments.ts';
import { parseStrategies } from '../../src/core/domain/rules/parse.ts';
import { strategyShape } from '../../src/core/domain/rules/schema.ts';
import { addCharges } from '../../src/core/domain/trading/charges.ts';
import { createCostModel } from '../../src/core/domain/trading/costs/catalog.ts';
import { PROJECT } from '../shared.ts';
import { freshFolder, tradekit } from '../tradekit.ts';
import { costTables } from './pages/costs.ts';
import { blocksOf, markersOf, readPage, type Tables, withTables } from './pages/page.ts';
import { decisionTables, resultTables } from './pages/results.ts';
import { strategyTables } from './pages/strategies.ts';

const PAGES: readonly (readonly [page: string, tables: Tables])[] = [
  ['docs/strategies.md', strategyTables()],
  ['docs/results.md', resultTables()],
  ['docs/how-it-decides.md', decisionTables()],
  ['docs/costs.md', costTables()],
];

describe.each(PAGES)('%s', (page, tables) => {
  it('has the tables that the code makes (after a change: npx vitest run test/house -u)', async () => {
    await expect(withTables(readPage(page), tables)).toMatchFileSnapshot(join(PROJECT, page));
  });

  it('has a place for each of them', () => {
    expect(markersOf(readPage(page)).toSorted()).toEqual(Object.keys(tables).toSorted());
  });
});

it('README.md shows a strategy that works', () => {
  const [strategies = ''] = blocksOf(readPage('README.md'), 'json');
  expect(parseStrategies(JSON.parse(strategies)).problems).toEqual([]);
});

describe('docs/strategies.md', () => {
  const page = readPage('docs/strategies.md');

  it('shows only strategies that work', () => {
    const lists = blocksOf(page, 'json').filter((block) => block.trimStart().startsWith('['));
    const problems = lists.flatMap(
      (block) => parseStrategies(parseJsonWithComments(block, 'docs/strategies.md')).problems,
    );
    expect(lists.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  it('shows only rules that work', () => {
    const rules = blocksOf(page, 'json').filter((block) => !block.trimStart().startsWith('['));
    const problems = rules
      .flatMap((block) => block.split('\n').filter((line) => line.trim() !== ''))
      .flatMap((rule) => parseStrategies(JSON.parse(strategyWith(rule))).problems);
    expect(rules.length).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  it('explains every key of a strategy', () => {
    const keys = Object.keys(strategyShape.shape);
    expect(keys.filter((key) => !page.includes(`| \`${key}\` |`))).toEqual([]);
  });
});

it('docs/costs.md reckons a trade by hand as the program does', () => {
  const book = createCostModel('zerodha').openBook('2015-07-07');
  const sell = book.fill({ orderId: 'entry', side: 'sell', qty: 4487, notional: 35_088_340 });
  const buy = book.fill({ orderId: 'exit', side: 'buy', qty: 4487, notional: 34_505_030 });
  const charges = [sell, buy, book.close()].reduce(addCharges, {});
  expect(charges).toEqual({
    brokerage: 4000,
    stt: 8700,
    exchange: 2262,
    sebi: 139,
    gst: 877,
    stampDuty: 1392,
  });
  const page = readPage('docs/costs.md');
  for (const minor of Object.values(charges)) expect(page).toContain(`| ${(minor / 100).toFixed(2)} |`);
  expect(page).toContain('**173.70**');
});

describe('a week of the bundled candles', () => {
  const folder = freshFolder();
  afterAll(folder.remove);
  const candles = join(PROJECT, 'examples/data/nse-five-2015-07.csv.gz');
  const strategies = join(PROJECT, 'examples/strategies/vwap-cross.json');
  const args = ['backtest', candles, '--strategies', strategies, '--to', '2015-07-10', '--json'];
  let stdout = '';
  beforeAll(() => {
    stdout = tradekit(args, { cwd: folder.path }).stdout;
  });

  it('gives the trade that docs/how-it-decides.md reckons by hand', () => {
    const [titles = [], ...rows] = readFileSync(join(folder.path, 'backtest_trades.csv'), 'utf8')
      .split('\n')
      .map((line) => line.split(','));
    const cell = (row: readonly string[], name: string) => row[titles.indexOf(name)];
    const row =
      rows.find((of) => cell(of, 'signal_id')?.startsWith('FRL/') && of.includes('2015-07-08')) ?? [];
    const shown = (name: string) => [name, cell(row, name)];
    expect(Object.fromEntries(Object.keys(BY_HAND).map(shown))).toEqual(BY_HAND);
  });

  it('gives as --json the keys that docs/results.md lists', () => {
    const page = readPage('docs/results.md');
    const listed = [...page.slice(page.indexOf('## `--json`')).matchAll(/^\| (`.*?`) \|/gm)].flatMap(
      ([, cell = '']) => [...cell.matchAll(/\w+/g)].map(([key]) => key),
    );
    expect(listed.toSorted()).toEqual(Object.keys(JSON.parse(stdout)).toSorted());
  });
});

/** The figures of the page's nine steps. */
const BY_HAND = {
  signal_at: '2015-07-08 11:10:00+05:30',
  qty: '455',
  entry_price: '105.65',
  exit_price: '105.45',
  stop: '104.3',
  target: '109.65',
  exit_reason: 'square_off',
  gross_pnl: '-45.50',
  charges: '28.62',
  slippage: '45.50',
  net_pnl: '-119.62',
  risk_amount: '801.92',
};

/** A rule as it stands alone on a line, or keys of a strategy such as `"plan": { … }`. */
function strategyWith(line: string): string {
  const keys = line.startsWith('{') ? `"logic": ${line}` : line;
  return `[{ "strategy_name": "shown", "entry_direction": "LONG", "logic": { "pattern": "doji" }, ${keys} }]`;
}
