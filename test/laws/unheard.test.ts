import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runEngine } from '../run-engine.ts';
import { BUSY } from './strategies.ts';
import { randomTape } from './tape.ts';

describe('an engine that nobody listens to', () => {
  it('makes the same trades, to the bit, under every lock and limit', () => {
    let trades = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.constantFrom('session' as const, 'position' as const),
        fc.constantFrom(1, 2, 5),
        (seed, lock, maxPositions) => {
          const options = {
            columns: randomTape({ seed, days: 3 }),
            strategies: BUSY,
            risk: { lock, maxPositions, maxDailyLossPct: 0.3 },
          };
          const heard = runEngine(options);
          const unheard = runEngine({ ...options, unheard: true });
          trades += heard.trades.length;
          expect(unheard.events).toEqual([]);
          expect(unheard.trades).toEqual(heard.trades);
          expect(unheard.equity).toEqual(heard.equity);
        },
      ),
      { numRuns: 25 },
    );
    expect(trades).toBeGreaterThan(50);
  });
});
