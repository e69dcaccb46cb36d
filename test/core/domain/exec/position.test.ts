import { describe, expect, it } from 'vitest';
import { CandleTape } from '../../../../src/core/domain/market/candle-tape.ts';
import { type Drawn, type DrawnOrder, MINUTE, openDesk, SHARE } from '../../../desk.ts';
import { columnsOf } from '../../../run-engine.ts';

/** Rows of the only symbol, as the engine hands them out where nobody marks the account. */
function tapeOf(...rows: readonly Drawn[]): CandleTape {
  const drawn = rows.map(([minute, ...prices]) => [minute * MINUTE, ...prices, 1000]);
  return new CandleTape(columnsOf(SHARE.symbol, drawn), 0, MINUTE);
}

/** In at 100, nothing given away. The target fills a tick beyond it. */
const long: DrawnOrder = { price: 100, limit: 100.25, stop: 99, target: 102 };
const short: DrawnOrder = { side: 'short', price: 100, limit: 99.75, stop: 101, target: 98 };
const entryCandle: Drawn = [0, 100, 100.1, 99.9, 100];

function inPosition(order: DrawnOrder) {
  const desk = openDesk({ fills: { slippage: { ticks: 0, bp: 0 } } });
  desk.order(order);
  desk.candles(entryCandle);
  return desk;
}

describe('quiet rows', () => {
  it.each([
    ['long, a tick above its stop and at its target', long, [1, 100, 102, 99.05, 100], 2],
    ['long, at its stop', long, [1, 100, 101, 99, 100], 1],
    ['long, a tick beyond its target', long, [1, 100, 102.05, 99.5, 100], 1],
    ['short, a tick below its stop and at its target', short, [1, 100, 100.95, 98, 100], 2],
    ['short, at its stop', short, [1, 100, 101, 99.5, 100], 1],
    ['short, a tick beyond its target', short, [1, 100, 100.5, 97.95, 100], 1],
  ] as const)('are passed up to one that has to be met: %s', (_, order, second, met) => {
    const { exec } = inPosition(order);
    const quiet: Drawn = [0, 100, 100.1, 99.9, 100];
    expect(exec.passQuiet(tapeOf(quiet, second, [2, 100, 103, 96, 100]), 0, 3)).toBe(met);
  });

  it('are seen: the extremes of those that were passed, and the last close of them', () => {
    for (const order of [long, short]) {
      const desk = inPosition(order);
      const rows = [
        [1, 100, 100.3, 99.4, 100],
        [2, 100, 100.8, 99.7, 100.5],
        [3, 100, 103, 96, 97],
      ] as const;
      expect(desk.exec.passQuiet(tapeOf(...rows), 0, 3)).toBe(2);
      desk.mark('FEED_ENDED', 3);
      const [up, down] = [100.8 - 100, 100 - 99.4];
      const [trade] = desk.trades;
      expect(trade).toMatchObject({ exitReason: 'feed_ended', exitPrice: 100.5 });
      expect(trade?.mfe).toBeCloseTo(order === long ? up : down, 9);
      expect(trade?.mae).toBeCloseTo(order === long ? down : up, 9);
    }
  });

  it('are none where another order waits, nor once the session is squared off', () => {
    const quiet = tapeOf([1, 100, 100.1, 99.9, 100]);
    const waiting = inPosition(long);
    waiting.order({ kind: 'limit', price: 99.5, stop: 99, target: 101, decidedAt: 1 });
    expect(waiting.exec.passQuiet(quiet, 0, 1)).toBe(0);
    const squared = inPosition(long);
    squared.mark('SQUARE_OFF', 1);
    expect(squared.exec.passQuiet(quiet, 0, 1)).toBe(0);
  });
});
