import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../src/core/domain/events/marks.ts';
import { createMarket } from '../../../src/core/domain/market/presets/catalog.ts';
import { TickInstants } from '../../../src/core/domain/tick-instants.ts';
import { createCopyingSink, type SeenInstant } from '../../contracts/feed/drained.ts';

const { calendar } = createMarket('nse');
const MINUTE = 60_000;
const at = (clock: string, date = '2015-07-06'): number => Date.parse(`${date}T${clock}+05:30`);

type Tick = { readonly slot: number; readonly at: number; readonly price: number; readonly size: number };

function create(
  options: { symbols?: number; baseTimeframeMs?: number; fromAt?: number; toAt?: number } = {},
) {
  return new TickInstants({ calendar, symbols: 2, baseTimeframeMs: MINUTE, ...options });
}

/** Adds ticks by the time of the market, as the feed of a file does. */
function feed(instants: TickInstants, ticks: readonly Tick[]): void {
  for (const tick of ticks) {
    instants.add(tick.slot, tick.at, tick.price, tick.size);
    instants.settle(instants.newestOpenAt);
  }
}

function all(instants: TickInstants): readonly SeenInstant[] {
  const seen: SeenInstant[] = [];
  instants.run(createCopyingSink(seen), Number.POSITIVE_INFINITY);
  return seen;
}

function candlesOf(seen: readonly SeenInstant[]) {
  return seen.flatMap(({ candles }) => candles);
}

describe('candles of ticks', () => {
  it('reckoned by hand', () => {
    const instants = create();
    feed(instants, [
      { slot: 0, at: at('10:00:05'), price: 100, size: 10 },
      { slot: 1, at: at('10:00:06'), price: 50, size: 1 },
      { slot: 0, at: at('10:00:20'), price: 103, size: 5 },
      { slot: 0, at: at('10:00:20'), price: 99, size: 0 },
      { slot: 0, at: at('10:00:59.999'), price: 101, size: 2.5 },
      { slot: 0, at: at('10:01:00'), price: 200, size: 7 },
    ]);
    instants.end();
    const common = { openAt: at('10:00:00'), closeAt: at('10:01:00') };
    const one = { openAt: at('10:01:00'), closeAt: at('10:02:00') };
    expect(candlesOf(all(instants))).toEqual([
      { slot: 0, ...common, open: 100, high: 103, low: 99, close: 101, volume: 17.5 },
      { slot: 1, ...common, open: 50, high: 50, low: 50, close: 50, volume: 1 },
      { slot: 0, ...one, open: 200, high: 200, low: 200, close: 200, volume: 7 },
    ]);
    expect(instants.counts).toEqual({ taken: 6, late: 0, refused: 0, outside: 0, gaps: 0 });
  });

  it('open with the earliest tick and close with the latest, whenever they were heard; equals in the order heard', () => {
    const instants = create();
    feed(instants, [
      { slot: 0, at: at('10:00:30'), price: 101, size: 1 },
      { slot: 0, at: at('10:00:10'), price: 102, size: 1 },
      { slot: 0, at: at('10:00:10'), price: 103, size: 1 },
      { slot: 0, at: at('10:00:50'), price: 104, size: 1 },
      { slot: 0, at: at('10:00:50'), price: 105, size: 1 },
      { slot: 0, at: at('10:00:40'), price: 106, size: 1 },
    ]);
    instants.end();
    const candle = {
      openAt: at('10:00:00'),
      closeAt: at('10:01:00'),
      open: 102,
      high: 106,
      low: 101,
      close: 105,
    };
    expect(candlesOf(all(instants))).toEqual([{ slot: 0, ...candle, volume: 6 }]);
  });

  it('keep ticks that are equal: they are two trades', () => {
    const instants = create();
    const tick = { slot: 0, at: at('10:00:30'), price: 101, size: 3 };
    feed(instants, [tick, tick]);
    instants.end();
    expect(candlesOf(all(instants))[0]?.volume).toBe(6);
  });

  it('have no volume where a size is not known, and never 0', () => {
    const instants = create();
    feed(instants, [
      { slot: 0, at: at('10:00:30'), price: 101, size: 3 },
      { slot: 0, at: at('10:00:31'), price: 101, size: Number.NaN },
      { slot: 1, at: at('10:00:32'), price: 101, size: Number.NaN },
    ]);
    instants.end();
    expect(candlesOf(all(instants)).map(({ volume }) => volume)).toEqual([Number.NaN, Number.NaN]);
  });

  it('are cut at the close of the session', () => {
    const instants = create({ baseTimeframeMs: 60 * MINUTE });
    feed(instants, [{ slot: 0, at: at('15:20:00'), price: 101, size: 3 }]);
    instants.end();
    expect(candlesOf(all(instants))).toMatchObject([{ openAt: at('15:15:00'), closeAt: at('15:30:00') }]);
  });

  it('are not invented for minutes without a tick, which are counted', () => {
    const instants = create();
    feed(instants, [
      { slot: 0, at: at('10:00:30'), price: 101, size: 3 },
      { slot: 1, at: at('10:01:30'), price: 101, size: 3 },
      { slot: 0, at: at('10:04:30'), price: 101, size: 3 },
      { slot: 0, at: at('09:15:30', '2015-07-07'), price: 101, size: 3 },
    ]);
    instants.end();
    const times = candlesOf(all(instants)).map(({ slot, openAt }) => [slot, openAt]);
    expect(times).toEqual([
      [0, at('10:00:00')],
      [1, at('10:01:00')],
      [0, at('10:04:00')],
      [0, at('09:15:00', '2015-07-07')],
    ]);
    // 10:01, 10:02 and 10:03 of the first symbol; nights are no gaps.
    expect(instants.counts.gaps).toBe(3);
  });
});

describe('what is not taken', () => {
  it('ticks of a candle that has ended: late', () => {
    const instants = create();
    feed(instants, [
      { slot: 0, at: at('10:00:30'), price: 101, size: 3 },
      { slot: 1, at: at('10:01:00'), price: 50, size: 3 },
      { slot: 0, at: at('10:00:59'), price: 90, size: 3 },
    ]);
    instants.end();
    expect(candlesOf(all(instants)).map(({ low }) => low)).toEqual([101, 50]);
    expect(instants.counts).toMatchObject({ taken: 2, late: 1 });
  });

  it('late is what is settled, also while nobody has taken the instant', () => {
    const instants = create();
    instants.add(0, at('10:00:30'), 101, 3);
    instants.settle(at('10:01:00'));
    instants.add(0, at('10:00:40'), 102, 3);
    expect(instants.counts).toMatchObject({ taken: 1, late: 1 });
  });

  it.each([
    ['09:14:59.999', '2015-07-06'],
    ['15:30:00', '2015-07-06'],
    ['10:00:00', '2015-07-05'],
    ['10:00:00', '2031-07-07'],
  ])('a tick of %s on %s: outside', (clock, date) => {
    const instants = create();
    instants.add(0, at(clock, date), 101, 3);
    expect(instants.counts).toMatchObject({ taken: 0, outside: 1 });
  });

  it('ticks outside the span that was asked for, by the opening of their candle', () => {
    const instants = create({ fromAt: at('10:00:30'), toAt: at('10:02:00') });
    feed(instants, [
      { slot: 0, at: at('10:00:59'), price: 101, size: 3 },
      { slot: 0, at: at('10:01:00'), price: 102, size: 3 },
    ]);
    expect(instants.isPast).toBe(false);
    feed(instants, [{ slot: 0, at: at('10:02:00'), price: 103, size: 3 }]);
    expect(instants.isPast).toBe(true);
    instants.end();
    expect(candlesOf(all(instants)).map(({ open }) => open)).toEqual([102]);
    expect(instants.counts).toMatchObject({ taken: 1, outside: 2 });
  });

  it.each([
    ['a price of 0', 0, 0, 1],
    ['a price below 0', 0, -1, 1],
    ['no price', 0, Number.NaN, 1],
    ['an endless price', 0, Number.POSITIVE_INFINITY, 1],
    ['a size below 0', 0, 100, -1],
    ['an endless size', 0, 100, Number.POSITIVE_INFINITY],
    ['an unknown symbol', -1, 100, 1],
    ['a symbol beyond the last', 2, 100, 1],
  ])('%s: refused', (_what, slot, price, size) => {
    const instants = create();
    instants.add(slot, at('10:00:00'), price, size);
    expect(instants.counts).toMatchObject({ taken: 0, refused: 1 });
  });

  it.each([Number.NaN, -1, 1e18, Number.POSITIVE_INFINITY])('a time of %d: refused', (time) => {
    const instants = create();
    instants.add(0, time, 100, 1);
    expect(instants.counts).toMatchObject({ taken: 0, refused: 1 });
  });
});

describe('marks between the candles', () => {
  it('are those of history: a session that traded, one that did not, one that began before', () => {
    const instants = create();
    const ticks = [at('15:20:30', '2015-07-03'), at('10:00:30', '2015-07-06'), at('09:40:00', '2015-07-08')];
    feed(
      instants,
      ticks.map((time) => ({ slot: 0, at: time, price: 100, size: 1 })),
    );
    instants.end();
    const from = at('15:20:00', '2015-07-03');
    const to = at('09:41:00', '2015-07-08');
    expect(all(instants).flatMap(({ marks }) => marks)).toEqual(
      marksOf(calendar.sessions(from, to), from, to),
    );
  });

  it('end with FEED_ENDED alone, where the last candle closes its session', () => {
    const instants = create();
    feed(instants, [{ slot: 0, at: at('15:29:30'), price: 100, size: 1 }]);
    instants.end();
    const ends = all(instants).map(({ at: time, candles, marks }) => [
      time,
      candles.length,
      marks.map(({ type }) => type),
    ]);
    expect(ends).toEqual([
      [at('15:29:00'), 0, ['SESSION_OPENED', 'SQUARE_OFF']],
      [at('15:30:00'), 1, ['SESSION_CLOSED']],
      [at('15:30:00'), 0, ['FEED_ENDED']],
    ]);
    expect(instants.nextAt).toBe(Number.POSITIVE_INFINITY);
  });

  it('a feed that heard nothing says nothing', () => {
    const instants = create();
    instants.end();
    expect(all(instants)).toEqual([]);
    expect(instants.nextAt).toBe(Number.POSITIVE_INFINITY);
  });
});

/** Ticks of two symbols in and around two sessions, with whole sizes: sums of them are exact in any order. */
const someTicks = fc.array(
  fc.record({
    slot: fc.integer({ min: 0, max: 1 }),
    at: fc.integer({ min: at('09:10:00'), max: at('09:30:00') }),
    price: fc.integer({ min: 1, max: 1000 }),
    size: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  { maxLength: 200 },
);

describe('whatever ticks come', () => {
  it('no volume is lost between ticks and candles', () => {
    fc.assert(
      fc.property(someTicks, (ticks) => {
        const instants = create();
        let accepted = 0;
        for (const tick of ticks) {
          const before = instants.counts.taken;
          feed(instants, [tick]);
          if (instants.counts.taken > before) accepted += tick.size;
        }
        instants.end();
        const volumes = candlesOf(all(instants)).reduce((sum, { volume }) => sum + volume, 0);
        const { taken, late, refused, outside } = instants.counts;
        expect(volumes).toBe(accepted);
        expect(taken + late + refused + outside).toBe(ticks.length);
      }),
    );
  });

  it('in order of time they make the candles that a table of minutes makes', () => {
    fc.assert(
      fc.property(someTicks, (unsorted) => {
        const ticks = unsorted.toSorted((a, b) => a.at - b.at);
        const instants = create();
        feed(instants, ticks);
        instants.end();
        expect(candlesOf(all(instants))).toEqual(tableOf(ticks));
        expect(instants.counts.late).toBe(0);
      }),
    );
  });

  it('the order in which a candle’s ticks of different times come does not matter', () => {
    const distinct = fc.uniqueArray(
      fc.record({
        at: fc.integer({ min: at('10:00:00'), max: at('10:00:59.999') }),
        price: fc.integer({ min: 1, max: 99 }),
        size: fc.nat(),
      }),
      { minLength: 1, selector: (tick) => tick.at },
    );
    const shuffled = distinct.chain((ticks) =>
      fc.tuple(fc.constant(ticks), fc.shuffledSubarray(ticks, { minLength: ticks.length })),
    );
    fc.assert(
      fc.property(shuffled, ([ticks, others]) => {
        expect(candlesOfOne(others)).toEqual(candlesOfOne(ticks));
      }),
    );
  });

  it('instants taken in any steps are the same', () => {
    fc.assert(
      fc.property(someTicks, fc.integer({ min: 1, max: 5 }), (ticks, step) => {
        const whole = create();
        feed(whole, ticks);
        whole.end();
        const stepped = create();
        const seen: SeenInstant[] = [];
        for (const tick of ticks) {
          feed(stepped, [tick]);
          stepped.run(createCopyingSink(seen), step);
        }
        stepped.end();
        stepped.run(createCopyingSink(seen), Number.POSITIVE_INFINITY);
        expect(seen).toEqual(all(whole));
      }),
    );
  });
});

function candlesOfOne(ticks: readonly Omit<Tick, 'slot'>[]) {
  const instants = create();
  feed(
    instants,
    ticks.map((tick) => ({ slot: 0, ...tick })),
  );
  instants.end();
  return candlesOf(all(instants));
}

/** Candles the plain way: group, first, max, min, last, sum. */
function tableOf(ticks: readonly Tick[]) {
  const groups = new Map<string, Tick[]>();
  for (const tick of ticks.filter((of) => of.at >= at('09:15:00'))) {
    const key = `${tick.at - (tick.at % MINUTE)} ${tick.slot}`;
    groups.set(key, [...(groups.get(key) ?? []), tick]);
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, group]) => {
      const [openAt = 0, slot = 0] = key.split(' ').map(Number);
      const prices = group.map(({ price }) => price);
      return {
        slot,
        openAt,
        closeAt: openAt + MINUTE,
        open: prices[0],
        high: Math.max(...prices),
        low: Math.min(...prices),
        close: prices.at(-1),
        volume: group.reduce((sum, { size }) => sum + size, 0),
      };
    });
}
