import { describe, expect, it } from 'vitest';
import type { Feed } from '../../../src/core/ports/feed.ts';
import { createGate } from '../../../src/core/services/gate.ts';
import { createPacedFeed, type Speed } from '../../../src/core/services/paced-feed.ts';
import { simulatedTape } from '../../simulation/tapes.ts';
import { createFakeClock } from './fake-clock.ts';

const { signal } = new AbortController();
const SINK = { instant() {} };
const MOST = 1_000_000;
/** Instants of the tape's one session of 40 minutes, its mark at the open, and the end of the feed. */
const TAPE = simulatedTape(2, 1);

function total(): number {
  return TAPE.openFeed().run(SINK, MOST);
}

function paced(speed: Speed, free = 0) {
  const clock = createFakeClock();
  const feed = createPacedFeed(TAPE.openFeed(), { clock, speed, free });
  return { clock, feed };
}

/** Runs the feed to its end, as a host does; gives the clock at each instant. */
async function times(feed: Feed, clock: { now(): number }): Promise<readonly number[]> {
  const at: number[] = [];
  while (await feed.ready(signal)) feed.run({ instant: () => void at.push(clock.now()) }, MOST);
  return at;
}

describe('a feed at a pace', () => {
  it('hands out a minute of the market in a second at speed 60', async () => {
    const { clock, feed } = paced(60);
    const told = times(feed, clock);
    await clock.pass(100_000);
    const at = await told;
    expect(at).toHaveLength(total());
    expect(at[0]).toBe(0);
    for (const [index, time] of at.entries()) {
      expect(time).toBeGreaterThanOrEqual(index * 1000);
      expect(time).toBeLessThanOrEqual(index * 1000 + 20);
    }
  });

  it('hands out several at once where they are due before it looks again', async () => {
    const { clock, feed } = paced(60_000);
    const told = times(feed, clock);
    await clock.pass(1000);
    const at = await told;
    expect(at).toHaveLength(total());
    expect(at.at(-1)).toBeLessThanOrEqual(total());
  });

  it('hands out none before its time, whatever is asked for', async () => {
    const { clock, feed } = paced(60);
    expect(await feed.ready(signal)).toBe(true);
    expect(feed.run(SINK, MOST)).toBe(1);
    expect(feed.run(SINK, MOST)).toBe(0);
    await clock.pass(2500);
    expect(feed.run(SINK, 1)).toBe(1);
    expect(feed.run(SINK, MOST)).toBe(1);
  });

  it('takes no time for what was seen before', async () => {
    const { clock, feed } = paced(60, 10);
    expect(await feed.ready(signal)).toBe(true);
    expect(feed.run(SINK, 4)).toBe(4);
    expect(feed.run(SINK, MOST)).toBe(6);
    await clock.pass(50_000);
    expect(await feed.ready(signal)).toBe(true);
    expect(feed.run(SINK, MOST)).toBe(1);
    await clock.pass(1000);
    expect(feed.run(SINK, MOST)).toBe(1);
  });

  it('goes as fast as it can at "max"', async () => {
    const { clock, feed } = paced('max');
    expect(await times(feed, clock)).toEqual(Array(total()).fill(0));
    expect(clock.slept).toEqual([]);
  });

  it('stops waiting when told to', async () => {
    const { clock, feed } = paced(60);
    const stop = new AbortController();
    await feed.ready(stop.signal);
    feed.run(SINK, MOST);
    const ready = feed.ready(stop.signal);
    await clock.pass(500);
    stop.abort();
    expect(await ready).toBe(false);
  });

  it('is the feed in everything else', async () => {
    const { feed } = paced(60);
    const { description, nextAt } = TAPE.openFeed();
    expect([feed.description, feed.nextAt]).toEqual([description, nextAt]);
    expect(feed.health()).toEqual(TAPE.openFeed().health());
    expect(feed.ticks()).toEqual([]);
  });
});

describe('a gate in front of a feed', () => {
  function gated(speed: Speed, free = 0) {
    const clock = createFakeClock();
    const gate = createGate();
    const feed = createPacedFeed(TAPE.openFeed(), { clock, speed, free, gate });
    const at: number[] = [];
    const over = (async () => {
      while (await feed.ready(signal)) feed.run({ instant: () => void at.push(clock.now()) }, 3);
    })();
    return { clock, gate, at, over };
  }

  it('holds back what is due while it is closed, and what was due meanwhile is not caught up on', async () => {
    const { clock, gate, at, over } = gated(60);
    await clock.pass(4900);
    expect(at).toHaveLength(5);
    gate.set(true);
    await clock.pass(60_000);
    expect(at).toHaveLength(5);
    gate.set(false);
    await clock.pass(2000);
    // One at once, then one a second: the pace begins anew.
    expect(at.slice(5)).toEqual([64_900, 65_900, 66_900]);
    await clock.pass(100_000);
    await over;
    expect(at).toHaveLength(total());
  });

  it.each([60, 'max'] as const)(
    'lets exactly one instant through for a step, at once, at speed %s',
    async (speed) => {
      const { clock, gate, at } = gated(speed);
      gate.set(true);
      await clock.pass(1000);
      const before = at.length;
      for (const steps of [1, 2, 3]) {
        gate.step();
        await clock.pass(0);
        expect(at).toHaveLength(before + steps);
        await clock.pass(10_000);
        expect(at).toHaveLength(before + steps);
      }
    },
  );

  it('keeps a step for the one who asked for nothing yet', async () => {
    const gate = createGate();
    gate.set(true);
    gate.step();
    const feed = createPacedFeed(TAPE.openFeed(), { clock: createFakeClock(), speed: 'max', free: 0, gate });
    expect(await feed.ready(signal)).toBe(true);
    expect(feed.run(SINK, 0)).toBe(0);
    expect(feed.run(SINK, MOST)).toBe(1);
  });

  it('holds back none that was seen before', async () => {
    const { clock, gate, at } = gated(60, 10);
    gate.set(true);
    await clock.pass(5000);
    expect(at).toHaveLength(10);
    gate.step();
    await clock.pass(0);
    expect(at).toHaveLength(11);
  });

  it('keeps nobody who is told to stop', async () => {
    const clock = createFakeClock();
    const gate = createGate();
    gate.set(true);
    const feed = createPacedFeed(TAPE.openFeed(), { clock, speed: 'max', free: 0, gate });
    const stop = new AbortController();
    const ready = feed.ready(stop.signal);
    stop.abort();
    expect(await ready).toBe(false);
  });
});
