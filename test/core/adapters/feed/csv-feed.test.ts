import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCandleFiles } from '../../../../src/core/adapters/feed/csv/read-candle-files.ts';
import { openFeed } from '../../../../src/core/adapters/feed/open.ts';
import { createMarket } from '../../../../src/core/domain/market/presets/catalog.ts';
import { createReplay } from '../../../../src/core/domain/replay.ts';
import { createCopyingSink, drain, type SeenInstant } from '../../../contracts/feed/drained.ts';
import { feedContract } from '../../../contracts/feed.contract.ts';
import { PROJECT } from '../../../shared.ts';
import { createScratch } from './csv/scratch.ts';

const BUNDLED = join(PROJECT, 'examples/data/nse-five-2015-07.csv.gz');
const market = createMarket('nse');
/** Two sessions. */
const read = { to: Date.parse('2015-07-08T00:00:00+05:30') };

feedContract('csv:', async () => {
  const { columns } = await readCandleFiles([BUNDLED], read, market.calendar);
  const traded = columns.flatMap(({ symbol, openAt }) => [...openAt].map((at) => `${symbol}/${at}`));
  return { open: () => openFeed(`csv:${BUNDLED}`, { market, read }), traded: new Set(traded) };
});

const scratch = createScratch();

describe('csv:', () => {
  it('hands out what the replay of a backtest does', async () => {
    const { columns, baseTimeframeMs } = await readCandleFiles([BUNDLED], read, market.calendar);
    const sessions = market.calendar.sessions(Date.parse('2015-07-06T00:00:00+05:30'), read.to);
    const seen: SeenInstant[] = [];
    createReplay({ columns, baseTimeframeMs, sessions }).run(createCopyingSink(seen));
    await using feed = await openFeed(`csv:${BUNDLED}`, { market, read });
    expect(await drain(feed)).toEqual(seen);
  });

  it('describes the instruments of the market, an index as it is to be traded', async () => {
    const index = scratch.write(
      'NIFTY.csv',
      'time,open,high,low,close\n2015-07-06 09:15,8400,8410,8390,8405\n',
    );
    const shares = scratch.write(
      'TCS.csv',
      'time,open,high,low,close,volume\n2015-07-06 09:15,2500,2501,2499,2500,9\n',
    );
    const options = { market, read: { timeframe: 60_000, stamps: 'start' }, tradeAs: 'future' } as const;
    await using feed = await openFeed(`csv:${shares},${index}`, options);
    expect(feed.description).toEqual({
      source: `csv:${shares},${index}`,
      baseTimeframeMs: 60_000,
      instruments: [
        { symbol: 'NIFTY', type: 'future', tick: 0.05, lot: 1, decimals: 2, hasVolume: false },
        { symbol: 'TCS', type: 'equity', tick: 0.05, lot: 1, decimals: 2, hasVolume: true },
      ],
    });
  });

  it('counts what was dropped, and knows how far it came', async () => {
    const row = (time: string) => `2015-07-06 ${time},100,101,99,100,5\n`;
    const file = scratch.write(
      'ACME.csv',
      `time,open,high,low,close,volume\n${row('09:00')}${row('09:15')}${row('09:15')}${row('09:16')}${row('09:19')}`,
    );
    await using feed = await openFeed(`csv:${file}`, { market, read: { stamps: 'start' } });
    await drain(feed);
    const newestAt = Date.parse('2015-07-06T09:20:00+05:30');
    expect(feed.health()).toEqual({
      taken: 3,
      late: 0,
      refused: 0,
      outside: 1,
      repeated: 1,
      gaps: 372,
      reconnects: 0,
      newestAt,
      newestAtOf: [newestAt],
    });
  });
});
