import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutColumns, runEngine } from '../run-engine.ts';
import { BUSY } from './strategies.ts';
import { randomTape } from './tape.ts';

/** The law of no-look-ahead.test.ts on random tapes of several symbols, also where one session opens as another closes. */
describe.each(['nse', 'crypto'])('%s', (market) => {
  it('the events of any beginning of a tape are the beginning of the events of all of it', {
    timeout: 120_000,
  }, () => {
    let told = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.double({ min: 0.05, max: 0.99, noNaN: true }),
        (seed, share) => {
          const columns = randomTape({ seed, market, symbols: 2 });
          const options = {
            market,
            strategies: BUSY,
            risk: { lock: 'position', disabledRules: ['reward-risk'] },
          } as const;
          const openAts = [...new Set(columns.flatMap(({ openAt }) => [...openAt]))].sort((a, b) => a - b);
          // Half of the cuts at random, half at the last candle of a session.
          const somewhere = openAts[Math.floor(openAts.length * share)] ?? 0;
          const nights = openAts.filter(
            (at, i) => i > 0 && new Date(at).getUTCDate() !== new Date(openAts[i - 1] ?? 0).getUTCDate(),
          );
          const cutAt = seed % 2 === 0 ? somewhere : (nights[0] ?? somewhere);
          const full = runEngine({ ...options, columns });
          const prefix = runEngine({
            ...options,
            columns: columns.map((of) => cutColumns(of, cutAt)).filter(({ length }) => length > 0),
          });
          const known = prefix.lines.slice(
            0,
            prefix.events.findIndex(({ type }) => type === 'FEED_ENDED'),
          );
          told += known.length;
          expect(known).toEqual(full.lines.slice(0, known.length));
          const lastAt = prefix.toldAt.at(-1) ?? 0;
          expect(known.length).toBe(full.toldAt.filter((at) => at <= lastAt).length);
        },
      ),
      { numRuns: 30 },
    );
    expect(told).toBeGreaterThan(1000);
  });
});
