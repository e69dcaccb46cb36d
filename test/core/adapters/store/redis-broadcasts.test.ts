import { describe, expect, it } from 'vitest';
import { createBroadcasts } from '../../../../src/core/adapters/store/redis-broadcasts.ts';
import type { Channel } from '../../../../src/core/domain/events/channels.ts';
import { BEFORE_ALL, endOfInstant, type Position } from '../../../../src/core/domain/events/position.ts';

const range = (from: number, to: number, channels?: readonly Channel[]) => ({
  after: from === 0 ? BEFORE_ALL : endOfInstant(from),
  upTo: endOfInstant(to),
  ...(channels === undefined ? {} : { channels }),
});

/** A commit of screen over instant `n`, with a candle. */
function candle(n: number): string {
  return JSON.stringify(['screen', end(n - 1), end(n), '99', 'MARKET.CANDLE', `${n}-0`, `candle ${n}`]);
}

function end(n: number): string {
  return n === 0 ? '0-0' : `${n}-9999999`;
}

function lines(events: readonly { readonly line: string }[] | undefined): readonly string[] | undefined {
  return events?.map(({ line }) => line);
}

const CANDLES: readonly Channel[] = ['MARKET.CANDLE'];

describe('what a reader heard of commits', () => {
  it('answers for a range of which it heard every commit', () => {
    const heard = createBroadcasts();
    for (const n of [1, 2, 3]) heard.hear(candle(n));
    expect(lines(heard.read(range(0, 3, CANDLES)))).toEqual(['candle 1', 'candle 2', 'candle 3']);
    expect(lines(heard.read(range(1, 2, CANDLES)))).toEqual(['candle 2']);
    expect(heard.read(range(0, 1, CANDLES))).toEqual([
      {
        channel: 'MARKET.CANDLE',
        position: { n: 1, rank: 0, i: 0 } satisfies Position,
        line: 'candle 1',
        recordedAt: 99,
      },
    ]);
    expect(heard.mark('screen')).toEqual(endOfInstant(3));
  });

  it('does not answer beyond what it heard, nor before', () => {
    const heard = createBroadcasts();
    heard.hear(candle(2));
    expect(heard.read(range(0, 2, CANDLES))).toBeUndefined();
    expect(heard.read(range(1, 3, CANDLES))).toBeUndefined();
    expect(lines(heard.read(range(1, 2, CANDLES)))).toEqual(['candle 2']);
  });

  it('does not answer across a commit that it missed', () => {
    const heard = createBroadcasts();
    for (const n of [1, 3, 4]) heard.hear(candle(n));
    expect(heard.read(range(0, 4, CANDLES))).toBeUndefined();
    expect(lines(heard.read(range(2, 4, CANDLES)))).toEqual(['candle 3', 'candle 4']);
  });

  it('does not answer for a commit that was too large to be told', () => {
    const heard = createBroadcasts();
    heard.hear(candle(1));
    heard.hear(JSON.stringify(['screen', end(1), end(2)]));
    expect(heard.read(range(0, 2, CANDLES))).toBeUndefined();
    expect(heard.mark('screen')).toEqual(endOfInstant(2));
  });

  it('merges the services that write the channels, and needs each of them', () => {
    const heard = createBroadcasts();
    heard.hear(candle(1));
    const both: readonly Channel[] = ['MARKET.CANDLE', 'SIGNALS.MSE_OUTPUT'];
    expect(heard.read(range(0, 1, both))).toBeUndefined();
    heard.hear(JSON.stringify(['mse', end(0), end(1), '99', 'SIGNALS.MSE_OUTPUT', '1-3000000', 'plan']));
    expect(lines(heard.read(range(0, 1, both)))).toEqual(['candle 1', 'plan']);
    expect(lines(heard.read(range(0, 1, ['SIGNALS.MSE_OUTPUT'])))).toEqual(['plan']);
  });

  it('forgets with its connection, and at anything that is no commit', () => {
    const heard = createBroadcasts();
    for (const spoil of [
      () => heard.forget(),
      () => heard.hear('hello'),
      () => heard.hear('["nobody","0-0","1-0"]'),
    ]) {
      heard.hear(candle(1));
      expect(heard.mark('screen')).toEqual(endOfInstant(1));
      spoil();
      expect(heard.mark('screen')).toBeUndefined();
      expect(heard.read(range(0, 1, CANDLES))).toBeUndefined();
    }
  });

  it('keeps the last commits and not all of them', () => {
    const heard = createBroadcasts();
    for (let n = 1; n <= 1000; n += 1) heard.hear(candle(n));
    expect(heard.read(range(0, 1000, CANDLES))).toBeUndefined();
    expect(heard.read(range(900, 1000, CANDLES))).toHaveLength(100);
  });
});
