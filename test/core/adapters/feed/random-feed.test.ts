import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFeed } from '../../../../src/core/adapters/feed/open.ts';
import { resolveSettings } from '../../../../src/core/config/settings.ts';
import { readStrategiesFile } from '../../../../src/core/config/strategies-file.ts';
import { createEngine } from '../../../../src/core/domain/engine.ts';
import { createMarket } from '../../../../src/core/domain/market/presets/catalog.ts';
import { RandomShare } from '../../../../src/core/domain/market/random-share.ts';
import { createRandomTicks } from '../../../../src/core/domain/market/random-ticks.ts';
import { sessionsFrom } from '../../../../src/core/domain/market/sessions-from.ts';
import { createTickBatch } from '../../../../src/core/domain/market/tick-batch.ts';
import { createRecords } from '../../../../src/core/services/backtest.ts';
import { drain } from '../../../contracts/feed/drained.ts';
import { feedContract } from '../../../contracts/feed.contract.ts';
import { PROJECT } from '../../../shared.ts';
import { refusalOf } from './csv/scratch.ts';

const market = createMarket('nse');
const DAY = 86_400_000;
const FROM = Date.parse('2015-07-06T00:00:00+05:30');
const read = { from: FROM, to: FROM + 2 * DAY };
const NEVER = new AbortController().signal;
const SYMBOLS = ['BLUEMANGO', 'MOONTEA', 'PAPERKITE', 'TINDRUM', 'ZEBRAJAM'];
const START_PRICES = [212.4, 86.35, 540.1, 1284, 2365];

/** The ticks of a seed without the feed: so many minutes of the market. */
function ticksOf(seed: number, minutes: number, fromAt = FROM) {
  const shares = START_PRICES.map(
    (startPrice, stream) => new RandomShare({ seed, stream, startPrice, tick: 0.05, decimals: 2 }),
  );
  const ticks = createRandomTicks(shares, sessionsFrom(market.calendar, fromAt));
  const batch = createTickBatch(minutes * 300);
  for (let minute = 0; minute < minutes; minute += 1) ticks.addMinute(batch);
  return Array.from({ length: batch.length }, (_, n) => ({
    slot: batch.slot[n] ?? -1,
    at: batch.at[n] ?? 0,
    price: batch.price[n] ?? 0,
    size: batch.size[n] ?? 0,
  }));
}

feedContract('random:', async () => {
  const traded = ticksOf(42, 750).map(({ slot, at }) => `${SYMBOLS[slot]}/${at - (at % 60_000)}`);
  return { open: () => openFeed('random:42', { market, read }), traded: new Set(traded) };
});

describe('ticks by chance', () => {
  it('are the same on every machine, to the byte', () => {
    const text = JSON.stringify(ticksOf(42, 1_500));
    expect(createHash('sha256').update(text).digest('hex')).toBe(
      '7be6b56c08b985183b73f3aab6c4fd399ddbc3176c4b5b01c703f098ee0c8c1e',
    );
  });

  it('are others with another seed', () => {
    expect(ticksOf(43, 5)).not.toEqual(ticksOf(42, 5));
  });

  it('are made of nothing that machines reckon differently', () => {
    for (const file of ['random.ts', 'market/random-share.ts', 'market/random-ticks.ts']) {
      const used = readFileSync(join(PROJECT, 'src/core/domain', file), 'utf8').match(/Math\.\w+/g) ?? [];
      const exact = ['Math.abs', 'Math.floor', 'Math.imul', 'Math.max', 'Math.min', 'Math.round'];
      expect(used.filter((name) => !exact.includes(name))).toEqual([]);
    }
  });

  it('come second by second, on the grid, within the session', () => {
    const ticks = ticksOf(42, 375);
    const [session] = market.calendar.sessions(FROM, FROM + DAY);
    const seconds = ticks.map(({ at }) => Math.floor(at / 1000));
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    for (const { at, price, size } of ticks) {
      expect(at).toBeGreaterThanOrEqual(session?.openAt ?? Number.POSITIVE_INFINITY);
      expect(at).toBeLessThan(session?.closeAt ?? 0);
      expect(Math.round(price * 100) / 100).toBe(price);
      expect(Math.round(price * 100) % 5).toBe(0);
      expect(size).toBe(Math.floor(size));
      expect(size).toBeGreaterThan(0);
    }
  });

  it('stay near their first price for years', () => {
    const share = new RandomShare({ seed: 42, stream: 0, startPrice: 100, tick: 0.05, decimals: 2 });
    const batch = createTickBatch(60);
    const ticks = createRandomTicks([share], sessionsFrom(market.calendar, FROM));
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (let minute = 0; minute < 375 * 500; minute += 1) {
      batch.length = 0;
      ticks.addMinute(batch);
      low = Math.min(low, share.price);
      high = Math.max(high, share.price);
    }
    expect(low).toBeGreaterThan(25);
    expect(high).toBeLessThan(400);
  });

  it('have minutes that trade many times the usual', () => {
    const perMinute = new Map<number, number>();
    for (const { slot, at, size } of ticksOf(42, 3_750)) {
      if (slot !== 0) continue;
      const minute = Math.floor(at / 60_000);
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + size);
    }
    const volumes = [...perMinute.values()].toSorted((a, b) => a - b);
    const middle = volumes[volumes.length >> 1] ?? 0;
    const bursts = volumes.filter((volume) => volume > 5 * middle).length / volumes.length;
    expect(bursts).toBeGreaterThan(0.01);
    expect(bursts).toBeLessThan(0.1);
  });

  it('let the shipped strategies trade', async () => {
    await using feed = await openFeed('random:42', { market, read: { to: Date.UTC(2015, 0, 10) } });
    const settings = resolveSettings({ flags: {}, env: {}, marketDefaults: () => market });
    const { instruments, baseTimeframeMs } = feed.description;
    const records = createRecords(settings.risk, market);
    const engine = createEngine({
      ...records,
      instruments,
      hasVolume: instruments.map(({ hasVolume }) => hasVolume),
      baseTimeframeMs,
      strategies: readStrategiesFile(join(PROJECT, 'strategies.json')),
      risk: settings.risk,
      fills: settings.fills,
      costs: market.costs,
      minorDigits: market.minorDigits,
      stopDistanceRule: true,
    });
    while (await feed.ready(NEVER)) feed.run(engine, 1_000);
    expect(records.read().trades.length).toBeGreaterThan(5);
  });
});

describe('random:', () => {
  it('begins in 2015 and does not end by itself', async () => {
    await using feed = await openFeed('random:1', { market, read: {} });
    await feed.ready(NEVER);
    expect(feed.nextAt).toBe(Date.parse('2015-01-01T09:15:00+05:30'));
    while (feed.nextAt < Date.parse('2015-03-01')) {
      expect(await feed.ready(NEVER)).toBe(true);
      feed.run({ instant: () => {} }, 1_000);
    }
    expect(await feed.ready(NEVER)).toBe(true);
  });

  it('keeps to the sessions of another market', async () => {
    const us = createMarket('us');
    await using feed = await openFeed('random:1', {
      market: us,
      read: { from: Date.UTC(2024, 10, 28), to: Date.UTC(2024, 10, 30) },
    });
    const seen = await drain(feed);
    // Thanksgiving is closed, the day after closes at 13:00 New York.
    expect(seen[0]?.at).toBe(Date.parse('2024-11-29T09:30:00-05:00'));
    expect(seen.at(-1)?.at).toBe(Date.parse('2024-11-29T13:00:00-05:00'));
  });

  it('makes candles of any length', async () => {
    await using minutes = await openFeed('random:5', { market, read });
    await using longer = await openFeed('random:5', { market, read: { ...read, timeframe: 900_000 } });
    const volume = async (feed: typeof minutes) =>
      (await drain(feed)).flatMap(({ candles }) => candles).reduce((sum, candle) => sum + candle.volume, 0);
    expect(longer.description.baseTimeframeMs).toBe(900_000);
    expect(await volume(longer)).toBe(await volume(minutes));
  });

  it('gives one share alone as it gives it among the others', async () => {
    await using all = await openFeed('random:5', { market, read });
    await using one = await openFeed('random:5', { market, read: { ...read, symbol: 'PAPERKITE' } });
    const amongOthers = (await drain(all)).flatMap(({ candles }) => candles).filter(({ slot }) => slot === 2);
    const alone = (await drain(one)).flatMap(({ candles }) => candles);
    expect(alone).toEqual(amongOthers.map((candle) => ({ ...candle, slot: 0 })));
  });

  it('shows the newest tick of each symbol once', async () => {
    await using feed = await openFeed('random:5', { market, read });
    await feed.ready(NEVER);
    feed.run({ instant: () => {} }, 20);
    const ticks = feed.ticks();
    expect(ticks.map(({ symbol }) => symbol)).toEqual(SYMBOLS);
    expect(ticks.map(({ at }) => at)).toEqual(feed.health().newestAtOf);
    expect(feed.ticks()).toEqual([]);
  });

  it.each([
    [
      { symbol: 'MOONTEE' },
      'CONFIG random: has no share "MOONTEE". | Did you mean "MOONTEA"? It has BLUEMANGO, MOONTEA',
    ],
    [
      { timeframe: 2 * DAY },
      'CONFIG A candle made of ticks lies within one session. | Take --timeframe 1d or shorter.',
    ],
    [
      { from: Date.UTC(2031, 0, 1) },
      'DATA The calendar of nse knows no session from then on. | Take an earlier --from.',
    ],
  ])('refuses %j', async (options, said) => {
    expect(await refusalOf(openFeed('random:1', { market, read: options }))).toContain(said);
  });
});
