import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BacktestResult } from '../../src/core/domain/performance/result.ts';
import { PROJECT } from '../shared.ts';
import { freshFolder, tradekit } from '../tradekit.ts';

/** The same manifest gives the same result hash, whatever the machine's clock and zone and the order of arguments. */

const folder = freshFolder();
afterAll(() => folder.remove());

/** Rows of eight sessions by symbol, header first. */
const bySymbol = new Map<string, string[]>();

beforeAll(() => {
  const text = gunzipSync(
    readFileSync(join(PROJECT, 'examples', 'data', 'nse-five-2015-07.csv.gz')),
  ).toString('utf8');
  const [header = '', ...rows] = text.trim().split('\n');
  for (const row of rows) {
    const [symbol = '', date = ''] = row.split(',');
    if (date > '20150715') continue;
    const own = bySymbol.get(symbol) ?? [header];
    own.push(row);
    bySymbol.set(symbol, own);
  }
  for (const [symbol, own] of bySymbol) writeRows(`${symbol}.csv`, own);
});

function writeRows(name: string, rows: readonly string[]): void {
  writeFileSync(join(folder.path, name), `${rows.join('\n')}\n`);
}

function run(files: readonly string[], env: Readonly<Record<string, string>> = {}): BacktestResult {
  const { code, stdout, stderr } = tradekit(['backtest', ...files, '--json'], { cwd: folder.path, env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Wrote backtest_trades.csv.\n' });
  return JSON.parse(stdout) as BacktestResult;
}

describe('a backtest', () => {
  const files = ['FEDERALBNK.csv', 'FORTIS.csv', 'FRL.csv'];

  it('gives the same result hash twice, and under other time zones and languages', () => {
    const first = run(files);
    expect(first.total.trades).toBeGreaterThan(5);
    expect(run(files).manifest).toEqual(first.manifest);
    for (const TZ of ['America/New_York', 'Pacific/Chatham']) {
      expect(run(files, { TZ, LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' })).toEqual(first);
    }
  });

  it('does not care for the order of files, nor whether symbols share one', () => {
    const first = run(files);
    expect(run([...files].reverse()).manifest).toEqual(first.manifest);
    const rows = files.flatMap((file) => (bySymbol.get(file.slice(0, -4)) ?? []).slice(1));
    const header = bySymbol.get('FRL')?.[0] ?? '';
    const shuffled = rows.map((row, i) => [(i * 7919) % rows.length, row] as const).sort(([a], [b]) => a - b);
    writeRows('all.csv', [header, ...shuffled.map(([, row]) => row)]);
    expect(run(['all.csv']).manifest).toEqual(first.manifest);
  });

  it('has another events hash when a price before a trade changes', () => {
    const before = run(['FORTIS.csv']);
    const trades = readFileSync(join(folder.path, 'backtest_trades.csv'), 'utf8').trim().split('\n');
    const signalAt = /,(2015-\d\d-\d\d) (\d\d:\d\d):\d\d\+05:30/.exec(trades[1] ?? '');
    const [, date = '', minute = ''] = signalAt ?? [];
    // Stamps of this file are candle ends: the row stamped with the signal's time is the candle whose close decided.
    const stamp = `FORTIS,${date.replaceAll('-', '')},${minute}:00,`;
    const rows = (bySymbol.get('FORTIS') ?? []).map((row) =>
      row.startsWith(stamp) ? withCloseAtLow(row) : row,
    );
    expect(rows).not.toEqual(bySymbol.get('FORTIS'));
    writeRows('FORTIS.csv', rows);
    const after = run(['FORTIS.csv']);
    writeRows('FORTIS.csv', bySymbol.get('FORTIS') ?? []);
    expect(after.manifest.eventsHash).not.toBe(before.manifest.eventsHash);
    expect(after.manifest.data).not.toEqual(before.manifest.data);
    expect(after.manifest.strategiesHash).toBe(before.manifest.strategiesHash);
  });
});

function withCloseAtLow(row: string): string {
  const [symbol, date, time, open, high, low, close, volume] = row.split(',');
  const other = close === low ? high : low;
  return [symbol, date, time, open, high, low, other, volume].join(',');
}
