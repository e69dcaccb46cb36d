import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCandleFiles } from '../../src/core/adapters/feed/csv/read-candle-files.ts';
import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';
import type { ReadOptions } from '../../src/core/ports/candle-files.ts';
import { runEngine, strategiesOf } from '../run-engine.ts';
import { PROJECT, SHARED, sharedFile } from '../shared.ts';

/**
 * How often each shipped strategy fires, and what becomes of its signals, on three real tapes. Not a claim that these
 * numbers are right: a record that a change of meaning breaks.
 */
const TAPES: readonly (readonly [name: string, market: string, file: string, options: ReadOptions])[] = [
  ['FEDERALBNK', 'nse', 'data/nse/FEDERALBNK_1min_2015-06_2015-08.csv', { symbol: 'FEDERALBNK' }],
  ['NIFTY', 'nse', 'data/nse/NIFTY_1min_2015-01_2015-03.csv', { symbol: 'NIFTY' }],
  ['SPY', 'us', 'data/us/nt-spy-minute-2011.csv', { symbol: 'SPY', zone: 'UTC', stamps: 'end' }],
];

const SHIPPED = JSON.parse(readFileSync(join(PROJECT, 'strategies.json'), 'utf8')) as unknown;

describe.skipIf(SHARED === undefined)('shipped strategies on real candles (needs ../shared)', () => {
  it('fire as often as they did', { timeout: 120_000 }, async () => {
    const strategies = strategiesOf(SHIPPED);
    const counts: Record<string, Record<string, number>> = {};
    for (const [name, market, file, options] of TAPES) {
      const { columns } = await readCandleFiles([sharedFile(file)], options, createMarket(market).calendar);
      const { events } = runEngine({ columns, strategies, market });
      const own = Object.fromEntries(strategies.map((strategy) => [strategy.name, 0]));
      for (const event of events) {
        if (event.type === 'POTENTIAL_SIGNAL') own[event.strategy] = (own[event.strategy] ?? 0) + 1;
        else if ('reason' in event) own[event.reason] = (own[event.reason] ?? 0) + 1;
        else if (event.type === 'POSITION_CLOSED') own['closed'] = (own['closed'] ?? 0) + 1;
      }
      counts[name] = own;
    }
    await expect(`${JSON.stringify(counts, undefined, 2)}\n`).toMatchFileSnapshot('signal-counts.json');
  });
});
