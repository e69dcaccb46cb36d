import { describe, expect, it } from 'vitest';
import { createBreaks } from '../../../../src/core/domain/structure/breaks.ts';
import { createSwings } from '../../../../src/core/domain/structure/swings.ts';
import { candleAt, candlesOf, fold, hear, pivotAt, STEP, zigzag } from './tape.ts';

function drawn() {
  const heard = hear();
  const swings = createSwings(heard.log);
  const breaks = createBreaks(swings, heard.log);
  const close = (i: number, price: number): void => {
    heard.at(i);
    breaks.onCandle(candleAt(i, [price, price + 5, price - 5, price]), 2);
  };
  heard.at(3);
  swings.add(pivotAt(0, 1, 110));
  swings.add(pivotAt(1, -1, 100));
  heard.take();
  return { ...heard, swings, breaks, close };
}

describe('createBreaks', () => {
  it('breaks structure at the first close strictly beyond the last swing', () => {
    const { breaks, close, events, take } = drawn();
    close(5, 110);
    expect(take()).toEqual([]);
    expect(breaks.trend).toBe(0);
    close(6, 110.01);
    expect(take()).toEqual(['broken swing', 'formed break']);
    expect(breaks.trend).toBe(1);
    const level = { level: 110, dir: 1, tag: 'BOS', formedAt: 6 * STEP, knownAt: 7 * STEP, atr: 2 };
    expect(events.at(-1)?.object).toMatchObject({ ...level, swing: 'swing:1:0:110' });
  });

  it('breaks a swing once', () => {
    const { close, take } = drawn();
    close(5, 111);
    take();
    close(6, 112);
    expect(take()).toEqual([]);
  });

  it('calls a break against the trend a change of character', () => {
    const { breaks, close } = drawn();
    close(5, 111);
    close(6, 99);
    expect([breaks.last?.tag, breaks.last?.dir, breaks.trend]).toEqual(['CHoCH', -1, -1]);
  });

  it('calls a second break with the trend a break of structure', () => {
    const { breaks, close, swings } = drawn();
    close(5, 111);
    swings.add(pivotAt(6, 1, 115));
    close(11, 116);
    expect([breaks.last?.tag, breaks.last?.level]).toEqual(['BOS', 115]);
  });

  it('does not test a swing on the candle that confirms it', () => {
    // High 15.5 on candle 3; candle 6 confirms it and would have to close above it, which its own high forbids. So the
    // first break comes with candle 7, the first after the swing is known.
    const tape = candlesOf([...zigzag(10, 11, 12, 15, 12, 11, 10), [10, 16, 10, 15.6]]);
    const { events } = fold(tape);
    expect(events.filter(({ kind }) => kind === 'break').map(({ knownAt }) => knownAt)).toEqual([8 * STEP]);
  });
});
