import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseJsonWithComments } from '../../src/core/config/json-with-comments.ts';
import { readStrategiesFile } from '../../src/core/config/strategies-file.ts';
import { createMarketFromFile } from '../../src/core/domain/market/presets/market-file.ts';
import { PROJECT } from '../shared.ts';
import { freshFolder, tradekit } from '../tradekit.ts';

/** Whatever stands under examples/ works as it stands. */

const CANDLES = join(PROJECT, 'examples/data/nse-five-2015-07.csv.gz');
const folder = freshFolder();
afterAll(folder.remove);

describe.each(filesOf('examples/strategies'))('%s', (file) => {
  it('is read without a problem', () => {
    expect(readStrategiesFile(join(PROJECT, file)).length).toBeGreaterThan(0);
  });

  it('trades a week of the bundled candles', () => {
    const args = ['backtest', CANDLES, '--strategies', join(PROJECT, file), '--to', '2015-07-10', '--json'];
    const { code, stdout, stderr } = tradekit(args, { cwd: folder.path });
    expect([code, stderr]).toEqual([0, 'Wrote backtest_trades.csv.\n']);
    const { funnel, warnings } = JSON.parse(stdout);
    // Of these shares only little is traded a minute, so that most quantities are cut; nothing else is to be warned of.
    expect(warnings.map(({ code }: { readonly code: string }) => code)).toEqual(['smaller_risk']);
    expect(funnel.signals).toBeGreaterThan(0);
    expect(funnel.closed).toBeGreaterThan(0);
  });
});

describe.each(filesOf('examples/markets'))('%s', (file) => {
  it('makes a market with sessions', () => {
    const market = createMarketFromFile(
      parseJsonWithComments(readFileSync(join(PROJECT, file), 'utf8'), file),
    );
    const december = market.calendar.sessions(Date.UTC(2024, 11, 1), Date.UTC(2024, 11, 31, 23));
    expect(december.length).toBeGreaterThan(15);
  });

  it('is taken by --market', () => {
    const args = ['backtest', CANDLES, '--market', join(PROJECT, file), '--zone', 'Asia/Kolkata'];
    const { stderr } = tradekit(args, { cwd: folder.path });
    expect(stderr).not.toContain('The market file has');
    // The candles are of 2015, and the example knows the days of 2024 and 2025.
    expect(stderr).toContain('It begins with 2024-01-01.');
  });
});

describe('examples/markets/lse.json', () => {
  const file = 'examples/markets/lse.json';
  const market = createMarketFromFile(parseJsonWithComments(readFileSync(join(PROJECT, file), 'utf8'), file));

  it('opens at 08:00 London time, winter and summer, and closes early on Christmas Eve', () => {
    const hours = (year: number, month: number, day: number) =>
      market.calendar
        .sessions(Date.UTC(year, month - 1, day, 1), Date.UTC(year, month - 1, day, 22))
        .map(({ openAt, closeAt }) => [iso(openAt), iso(closeAt)]);
    // Summer time is an hour ahead of UTC.
    expect(hours(2024, 7, 1)).toEqual([['2024-07-01T07:00', '2024-07-01T15:30']]);
    expect(hours(2024, 12, 24)).toEqual([['2024-12-24T08:00', '2024-12-24T12:30']]);
    expect(hours(2024, 12, 25)).toEqual([]);
  });

  it('knows nothing of days outside its coverage', () => {
    expect(market.calendar.unknownDates(Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 5, 12))).toEqual([
      '2026-01-05',
    ]);
  });
});

function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}

function filesOf(folderName: string): readonly string[] {
  return readdirSync(join(PROJECT, folderName)).map((name) => `${folderName}/${name}`);
}
