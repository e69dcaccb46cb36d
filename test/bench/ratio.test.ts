import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';

/** Few candles and a loose bound: the real ratio is for `npm run bench` on a quiet machine. */
const CANDLES = 300_000;
const LEAST_RATIO = 0.06;
const ROUNDS = 3;

describe('the speed of the engine', () => {
  it('stays within sight of a bare loop over the same candles', { timeout: 120_000 }, () => {
    let best = 0;
    for (let round = 0; round < ROUNDS && best < LEAST_RATIO; round += 1) {
      best = Math.max(best, msOf('yardstick.mjs') / msOf('engine.mjs'));
    }
    expect(best).toBeGreaterThanOrEqual(LEAST_RATIO);
  });
});

function msOf(script: string): number {
  const line = execFileSync(process.execPath, [join(PROJECT, 'bench', script), String(CANDLES)], {
    encoding: 'utf8',
  });
  const { ms }: { ms: number } = JSON.parse(line);
  return ms;
}
