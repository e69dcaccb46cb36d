import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createUtcClock } from '../../../../src/core/adapters/clock/utc.ts';
import { createLiveFeed } from '../../../../src/core/adapters/feed/live-candles.ts';
import { marksOf } from '../../../../src/core/domain/events/marks.ts';
import { createMarket } from '../../../../src/core/domain/market/presets/catalog.ts';
import type { FeedTick } from '../../../../src/core/ports/feed.ts';
import { createCopyingSink, drain, type SeenInstant } from '../../../contracts/feed/drained.ts';
import { feedContract } from '../../../contracts/feed.contract.ts';
import { createScriptedMarket, type WireEvent } from './scripted-market.ts';

const market = createMarket('nse');
const { calendar } = market;
const MINUTE = 60_000;
const NEVER = new AbortController().signal;
const at = (clock: string, date = '2015-07-06'): number => Date.parse(`${date}T${clock}+05:30`);

function tick(clock: string, price: number, size = 1, symbol = 'ACME'): FeedTick {
  return { symbol, at: at(clock), price, size };
}

function heard(clock: string, ...ticks: readonly FeedTick[]): WireEvent {
  return { at: at(clock), ticks };
}

function open(script: readonly WireEvent[], startAt = at('10:00:00'), symbols = ['ACME', 'DULL']) {
  const scripted = createScriptedMarket(startAt, script);
  const instruments = symbols.map((symbol) => ({
    ...market.instrument({ symbol, firstAt: startAt, firstPrice: 100, priceDecimals: 2, hasVolume: true }),
    hasVolume: true,
  }));
  const description = { source: 'live:test', baseTimeframeMs: MINUTE, instruments };
  return { ...scripted, feed: createLiveFeed({ description, calendar, ...scripted }) };
}

const ENDED = (clock: string): WireEvent => ({ at: at(clock), line: 'ended' });

async function candles(script: readonly WireEvent[]) {
  const { feed } = open(script);
  const seen = (await drain(feed)).flatMap((instant) => instant.candles);
  const rows = seen.map(({ slot, openAt, open: first, high, low, close, volume }) => [
    slot,
    (openAt - at('10:00:00')) / MINUTE,
    ...[first, high, low, close],
    volume,
  ]);
  return { rows, health: feed.health() };
}

/** A line that tells every trade a little later: some by 200 ms, some by 900 ms. */
function contractScript(): readonly WireEvent[] {
  const script: WireEvent[] = [];
  for (let n = 0; n < 90; n += 1) {
    const time = at('09:15:03') + n * 7_100;
    const symbol = n % 3 === 0 ? 'DULL' : 'ACME';
    script.push({
      at: time + (n % 2 === 0 ? 200 : 900),
      ticks: [{ symbol, at: time, price: 100 + (n % 5), size: 1 }],
    });
  }
  return [...script, ENDED('09:40:00')];
}

feedContract('a live stream', async () => {
  const script = contractScript();
  const ticks = script.flatMap((event) => ('ticks' in event ? event.ticks : []));
  const traded = new Set(ticks.map((of) => `${of.symbol}/${of.at - (of.at % MINUTE)}`));
  return { open: async () => open(script, at('09:00:00')).feed, traded };
});

describe('candles of a stream', () => {
  it('are handed out a grace after their close, by the clock', async () => {
    const { feed, clock } = open([heard('10:00:10', tick('10:00:09.900', 100)), ENDED('10:05:00')]);
    const times: (readonly [number, number])[] = [];
    const sink = { instant: (time: number) => void times.push([time, clock.now()]) };
    for (let n = 0; n < 2 && (await feed.ready(NEVER)); n += 1) feed.run(sink, 10);
    expect(times).toEqual([
      [at('10:00:00'), at('10:00:01')],
      [at('10:01:00'), at('10:01:01')],
    ]);
  });

  it('come in time also where the first tick of one comes within its grace, behind one of the next', async () => {
    const { feed, clock } = open(
      [
        heard('10:01:00.600', tick('10:01:00.550', 110)),
        heard('10:01:00.700', tick('10:00:59.900', 100)),
        ENDED('10:05:00'),
      ],
      at('10:00:00'),
    );
    const times: (readonly [number, number])[] = [];
    const sink = { instant: (time: number) => void times.push([time, clock.now()]) };
    // From here on nobody looks at the clock at a whole second, unless he is woken.
    await clock.sleep(1_250);
    while (await feed.ready(NEVER)) feed.run(sink, 1);
    expect(times.slice(0, 3)).toEqual([
      [at('10:00:00'), at('10:00:01.250')],
      [at('10:01:00'), at('10:01:01')],
      [at('10:02:00'), at('10:02:01')],
    ]);
  });

  it('of a stream that is over are whole: the last one waits for the clock', async () => {
    const { feed, clock } = open([heard('10:00:10', tick('10:00:09', 100)), ENDED('10:00:20')]);
    const times: (readonly [number, number])[] = [];
    const sink = { instant: (time: number) => void times.push([time, clock.now()]) };
    while (await feed.ready(NEVER)) feed.run(sink, 1);
    expect(times.slice(1)).toEqual([
      [at('10:01:00'), at('10:01:01')],
      [at('10:01:00'), at('10:01:01')],
    ]);
  });

  it('take ticks in any order, until their instant is handed out', async () => {
    const { rows, health } = await candles([
      heard('10:00:30', tick('10:00:29', 102, 5), tick('10:00:10', 100, 2)),
      heard('10:01:00.500', tick('10:01:00.100', 110, 1), tick('10:00:59.900', 99, 3)),
      heard('10:01:00.999', tick('10:00:58', 98, 4)),
      heard('10:01:01', tick('10:00:59.950', 1, 1000)),
      ENDED('10:01:30'),
    ]);
    expect(rows).toEqual([
      [0, 0, 100, 102, 98, 99, 14],
      [0, 1, 110, 110, 110, 110, 1],
    ]);
    expect(health).toMatchObject({ taken: 5, late: 1, repeated: 0 });
  });

  it('drop what comes late whether or not somebody has taken the instant', async () => {
    // The first mark is ready and nobody takes it: the clock passes all the same.
    const { feed, clock } = open([
      heard('10:00:30', tick('10:00:29', 102)),
      heard('10:01:05', tick('10:00:59', 1)),
      ENDED('10:01:30'),
    ]);
    await clock.sleep(70_000);
    const seen = (await drain(feed)).flatMap((instant) => instant.candles);
    expect(seen.map(({ low }) => low)).toEqual([102]);
    expect(feed.health()).toMatchObject({ taken: 1, late: 1 });
  });

  it('are not made for a silent minute, nor for a silent symbol, which health shows', async () => {
    const { rows, health } = await candles([
      heard('10:00:30', tick('10:00:29', 102), tick('10:00:29.500', 50, 1, 'DULL')),
      heard('10:03:30', tick('10:03:29', 103)),
      ENDED('10:05:00'),
    ]);
    expect(rows.map(([slot, minute]) => [slot, minute])).toEqual([
      [0, 0],
      [1, 0],
      [0, 3],
    ]);
    expect(health).toMatchObject({
      gaps: 2,
      newestAt: at('10:03:29'),
      newestAtOf: [at('10:03:29'), at('10:00:29.500')],
    });
  });

  it('begin with the first whole one: ticks of the minute under way are outside', async () => {
    const { feed } = open(
      [heard('10:00:20', tick('10:00:19', 90)), heard('10:01:20', tick('10:01:19', 100)), ENDED('10:03:00')],
      at('10:00:17'),
    );
    const seen = await drain(feed);
    expect(seen.map((instant) => instant.at)).toEqual([at('10:01:00'), at('10:02:00'), at('10:02:00')]);
    expect(seen[0]?.marks[0]).toMatchObject({
      type: 'SESSION_OPENED',
      at: at('10:01:00'),
      openAt: at('09:15:00'),
    });
    expect(feed.health()).toMatchObject({ taken: 1, outside: 1 });
  });

  it('do not take what no market says: an unknown symbol, no price, a time to come', async () => {
    const { health } = await candles([
      heard(
        '10:00:30',
        tick('10:00:29', 102),
        tick('10:00:29', 102, 1, 'OTHER'),
        tick('10:00:29', 0),
        tick('10:00:29', Number.NaN),
        tick('10:01:30.001', 102),
      ),
      ENDED('10:05:00'),
    ]);
    expect(health).toMatchObject({ taken: 1, refused: 4 });
  });

  it('take a tick whose size is not known, and do not know their volume then', async () => {
    const { rows } = await candles([
      heard('10:00:30', { symbol: 'ACME', at: at('10:00:29'), price: 100 }),
      ENDED('10:05:00'),
    ]);
    expect(rows).toEqual([[0, 0, 100, 100, 100, 100, Number.NaN]]);
  });
});

describe('a line that is lost and found', () => {
  const first = [tick('10:00:20', 100, 5), tick('10:00:25', 101, 5), tick('10:00:25', 101, 5)];

  it('may say again what it said before: each tick is taken as often as it was traded', async () => {
    const { rows, health } = await candles([
      heard('10:00:26', ...first),
      { at: at('10:00:30'), line: 'reconnected' },
      heard('10:00:31', ...first, tick('10:00:28', 99, 7)),
      { at: at('10:00:40'), line: 'reconnected' },
      heard('10:00:41', ...first, tick('10:00:28', 99, 7), tick('10:00:41', 98, 1)),
      ENDED('10:05:00'),
    ]);
    expect(rows).toEqual([[0, 0, 100, 101, 98, 98, 23]]);
    expect(health).toMatchObject({ taken: 5, repeated: 7, reconnects: 2 });
  });

  it('two equal trades of one connection are two trades', async () => {
    const { rows, health } = await candles([
      heard('10:00:26', ...first),
      heard('10:00:27', ...first),
      ENDED('10:05:00'),
    ]);
    expect(rows.map((row) => row.at(-1))).toEqual([30]);
    expect(health).toMatchObject({ taken: 6, repeated: 0, reconnects: 0 });
  });

  it('a third equal trade after the reconnect is a trade', async () => {
    const { health } = await candles([
      heard('10:00:26', ...first),
      { at: at('10:00:30'), line: 'reconnected' },
      heard('10:00:31', tick('10:00:25', 101, 5), tick('10:00:25', 101, 5), tick('10:00:25', 101, 5)),
      ENDED('10:05:00'),
    ]);
    expect(health).toMatchObject({ taken: 4, repeated: 2 });
  });

  it('what it says again of a candle that was handed out changes nothing', async () => {
    const { rows, health } = await candles([
      heard('10:00:26', ...first),
      { at: at('10:01:30'), line: 'reconnected' },
      heard('10:01:31', ...first, tick('10:00:59', 1, 1)),
      ENDED('10:05:00'),
    ]);
    expect(rows).toEqual([[0, 0, 100, 101, 100, 101, 15]]);
    expect(health).toMatchObject({ taken: 3, repeated: 3, late: 1 });
  });

  it('a line that stays dead is an error, after what was complete', async () => {
    const { feed } = open([heard('10:00:26', ...first), { at: at('10:01:30'), line: 'lost' }]);
    const seen: SeenInstant[] = [];
    const reading = async () => {
      while (await feed.ready(NEVER)) feed.run(createCopyingSink(seen), 10);
    };
    await expect(reading()).rejects.toThrow('The line is dead.');
    expect(seen.map((instant) => instant.at)).toEqual([at('10:00:00'), at('10:01:00')]);
  });
});

describe('marks of a stream', () => {
  it('come by the clock, ticks or none', async () => {
    const { feed, clock } = open([], at('09:00:00'));
    const times: (readonly [string, number])[] = [];
    const sink = {
      instant: (_at: number, _candles: unknown, _count: number, marks: readonly { type: string }[]) =>
        void times.push([marks.map(({ type }) => type).join(), clock.now()]),
    };
    while (times.length < 4 && (await feed.ready(NEVER))) feed.run(sink, 1);
    expect(times).toEqual([
      ['SESSION_OPENED', at('09:15:01')],
      ['SQUARE_OFF', at('15:12:01')],
      ['SESSION_CLOSED', at('15:30:01')],
      ['SESSION_OPENED', at('09:15:01', '2015-07-07')],
    ]);
    expect(feed.health()).toMatchObject({
      taken: 0,
      newestAt: undefined,
      newestAtOf: [undefined, undefined],
    });
  });

  it('are those that history has between the same candles', async () => {
    const script = [
      heard('15:29:30', tick('15:29:29', 100)),
      {
        at: at('09:20:00', '2015-07-08'),
        ticks: [{ symbol: 'ACME', at: at('09:19:59', '2015-07-08'), price: 100 }],
      },
      { at: at('09:30:00', '2015-07-08'), line: 'ended' } as const,
    ];
    const { feed } = open(script, at('15:00:00'));
    const from = at('15:00:00');
    const to = at('09:20:00', '2015-07-08');
    expect((await drain(feed)).flatMap(({ marks }) => marks)).toEqual(
      marksOf(calendar.sessions(from, to), from, to),
    );
  });

  it('the last candle of a session and its end come together, a grace after the close', async () => {
    const { feed } = open(
      [heard('15:30:00.900', tick('15:29:59.999', 100)), ENDED('15:40:00')],
      at('15:29:00'),
    );
    const seen = await drain(feed);
    expect(seen.map(({ candles: of, marks }) => [of.length, marks.map(({ type }) => type)])).toEqual([
      [0, ['SESSION_OPENED', 'SQUARE_OFF']],
      [1, ['SESSION_CLOSED']],
      [0, ['FEED_ENDED']],
    ]);
  });
});

describe('who waits for a stream', () => {
  it('is let go when he gives up', async () => {
    const giving = new AbortController();
    const asleep = createScriptedMarket(at('16:00:00'), []);
    const clock = {
      ...asleep.clock,
      sleep: (_ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve())),
    };
    const description = { source: 'live:test', baseTimeframeMs: MINUTE, instruments: [] };
    const feed = createLiveFeed({ description, calendar, stream: asleep.stream, clock });
    const waiting = feed.ready(giving.signal);
    giving.abort();
    expect(await waiting).toBe(false);
  });

  it('sees the newest tick of each symbol once, and closes the line', async () => {
    const { feed, clock, isClosed } = open([
      heard('10:00:10', tick('10:00:09', 100), tick('10:00:09.500', 101, 3), tick('10:00:08', 99)),
    ]);
    await clock.sleep(20_000);
    expect(feed.ticks()).toEqual([{ symbol: 'ACME', at: at('10:00:09.500'), price: 101, size: 3 }]);
    expect(feed.ticks()).toEqual([]);
    await feed[Symbol.asyncDispose]();
    expect(isClosed()).toBe(true);
  });
});

describe('whatever the delays', () => {
  const delayed = fc.uniqueArray(
    fc.record({
      ms: fc.integer({ min: 0, max: 5 * MINUTE - 1 }),
      delay: fc.integer({ min: 0, max: 3_000 }),
      price: fc.integer({ min: 1, max: 999 }),
      size: fc.nat({ max: 1_000_000 }),
    }),
    { maxLength: 80, selector: ({ ms }) => ms },
  );

  it('a tick is in its candle if it came within the grace, else it is counted', async () => {
    await fc.assert(
      fc.asyncProperty(delayed, async (ticks) => {
        const start = at('10:00:00');
        const script = ticks.map(({ ms, delay, price, size }) => ({
          at: start + ms + delay,
          ticks: [{ symbol: 'ACME', at: start + ms, price, size }],
        }));
        const { rows, health } = await candles([...script, ENDED('10:10:00')]);
        const closeOf = (ms: number) => (Math.floor(ms / MINUTE) + 1) * MINUTE;
        const inTime = ticks.filter(({ ms, delay }) => ms + delay < closeOf(ms) + 1_000);
        expect(rows).toEqual(tableOf(inTime));
        expect(health).toMatchObject({ taken: inTime.length, late: ticks.length - inTime.length });
      }),
    );
  });
});

/** Candles the plain way, by minute, of the first symbol. */
function tableOf(ticks: readonly { ms: number; price: number; size: number }[]) {
  const sorted = ticks.toSorted((a, b) => a.ms - b.ms);
  const minutes = [...new Set(sorted.map(({ ms }) => Math.floor(ms / MINUTE)))];
  return minutes.map((minute) => {
    const group = sorted.filter(({ ms }) => Math.floor(ms / MINUTE) === minute);
    const prices = group.map(({ price }) => price);
    const volume = group.reduce((sum, { size }) => sum + size, 0);
    return [0, minute, prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1), volume];
  });
}

describe('the clock of the market', () => {
  it('stands at UTC, and does not go back when it is set back', () => {
    vi.useFakeTimers();
    try {
      vi.setSystemTime(1_000_000);
      const clock = createUtcClock();
      expect(clock.now()).toBe(1_000_000);
      vi.setSystemTime(900_000);
      expect(clock.now()).toBe(1_000_000);
      vi.setSystemTime(1_000_001);
      expect(clock.now()).toBe(1_000_001);
    } finally {
      vi.useRealTimers();
    }
  });
});
