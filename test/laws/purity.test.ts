import { afterEach, describe, expect, it, vi } from 'vitest';
import { runEngine } from '../run-engine.ts';
import { BUSY } from './strategies.ts';
import { randomTape } from './tape.ts';

afterEach(() => vi.unstubAllGlobals());

function forbidden(name: string): never {
  throw new Error(`${name} was used inside the domain`);
}

describe('the engine', () => {
  it('reads no clock and rolls no dice', () => {
    const columns = randomTape({ seed: 7 });
    const before = runEngine({ columns, strategies: BUSY });
    expect(before.trades.length).toBeGreaterThan(0);
    vi.stubGlobal(
      'Date',
      new Proxy(Date, {
        construct: () => forbidden('new Date'),
        get: (_, key) => forbidden(`Date.${String(key)}`),
      }),
    );
    vi.stubGlobal('performance', { now: () => forbidden('performance.now') });
    vi.spyOn(Math, 'random').mockImplementation(() => forbidden('Math.random'));
    for (const timer of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
      vi.stubGlobal(timer, () => forbidden(timer));
    }
    let after: typeof before | undefined;
    try {
      after = runEngine({ columns, strategies: BUSY });
    } finally {
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
    }
    expect(after.lines).toEqual(before.lines);
  });
});
