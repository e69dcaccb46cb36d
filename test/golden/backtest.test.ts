import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';
import { freshFolder, tradekit } from '../tradekit.ts';

/** The whole program over the bundled candles, as printed and as written. A change here is explained in its commit. */
const folder = freshFolder();
afterAll(() => folder.remove());

describe('tradekit backtest over the bundled candles', () => {
  it('prints and writes what it did', { timeout: 60_000 }, async () => {
    const file = join(PROJECT, 'examples', 'data', 'nse-five-2015-07.csv.gz');
    const { code, stdout } = tradekit(['backtest', file], { cwd: folder.path });
    expect(code).toBe(0);
    const report = stdout
      .replaceAll(file, 'nse-five-2015-07.csv.gz')
      .replace(/[^\n]*nse-five[\s\S]*?\(detected\)\n/g, '')
      .replace(/tradekit \d+\.\d+\.\d+/, 'tradekit');
    await expect(report).toMatchFileSnapshot('backtest-report.txt');
    const trades = readFileSync(join(folder.path, 'backtest_trades.csv'), 'utf8');
    await expect(trades).toMatchFileSnapshot('backtest-trades.csv');
  });
});
