import { describe, expect, it } from 'vitest';
import { withLateMark } from '../contracts/broken/late-mark.ts';
import { withoutEpochs } from '../contracts/broken/no-epoch.ts';
import { keysOf, shownKeys } from './keys.ts';
import {
  execNotWaitingForRisk,
  mseTakingHalfInstants,
  readingMarksLate,
  riskNotWaitingForExec,
} from './mutants.ts';
import { expectedOf, linesOf, type SimulationOptions, simulate } from './simulate.ts';
import { type SimulatedTape, simulatedTape } from './tapes.ts';

/**
 * The four service loops on the memory store, in a world that delays every await, loses replies, kills processes and
 * starts copies of them: the events must be those of the engine, byte for byte. `SIM_SEED=17` runs one seed alone.
 */

const TAPES = Array.from({ length: 8 }, (_, i) => simulatedTape(i + 1));
const EXPECTED = TAPES.map((tape) => expectedOf(tape));
const FIRST = Number(process.env['SIM_SEED'] ?? 1);
const SEEDS = process.env['SIM_SEED'] === undefined ? Number(process.env['SIM_SEEDS'] ?? 1000) : 1;

function optionsOf(seed: number): SimulationOptions & { readonly expected: readonly string[] } {
  const tape = TAPES[seed % TAPES.length] as SimulatedTape; // a remainder is a place
  return {
    seed,
    tape,
    copies: seed % 3 === 0 ? 2 : 1,
    kills: seed % 5 === 0,
    expected: EXPECTED[seed % TAPES.length] ?? [],
  };
}

describe('the services of a pipeline, simulated', () => {
  it('have tapes on which something happens', () => {
    const text = EXPECTED.flat().join('\n');
    const count = (type: string): number => text.split(`"type":"${type}"`).length - 1;
    const kinds = (pattern: RegExp): number => new Set(text.match(pattern)).size;
    expect(count('POSITION_CLOSED')).toBeGreaterThan(30);
    expect(count('PLAN_REJECTED')).toBeGreaterThan(30);
    expect(count('ORDER_CANCELLED')).toBeGreaterThanOrEqual(5);
    expect(kinds(/"exitReason":"\w+"/g)).toBeGreaterThanOrEqual(3);
    expect(kinds(/"reason":"[A-Z_]+"/g)).toBeGreaterThanOrEqual(5);
    expect(kinds(/"direction":"\w+"/g)).toBe(2);
  });

  it(`say what the engine says, over ${SEEDS} seeds from ${FIRST}`, { timeout: 300_000 }, async () => {
    const seen = { crashes: 0, fenced: 0, halted: 0 };
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
      const { expected, ...options } = optionsOf(seed);
      const simulated = await simulate(options);
      const lines = linesOf(simulated.events);
      const halted = lines.filter((line) => line.includes('"reason":"halted"')).length;
      const same = halted === 0 ? expected : expectedOf(options.tape, simulated.events);
      expect(lines, `SIM_SEED=${seed}`).toEqual(same);
      expect(await shownKeys(simulated.store), `SIM_SEED=${seed}`).toEqual(
        keysOf(options.tape, simulated.events),
      );
      seen.crashes += simulated.crashes;
      seen.fenced += simulated.fenced;
      seen.halted += halted;
    }
    console.log(
      `${SEEDS} seeds: ${seen.crashes} crashes, ${seen.fenced} copies fenced, ${seen.halted} orders halted`,
    );
    if (SEEDS < 100) return;
    expect(seen.crashes).toBeGreaterThan(SEEDS);
    expect(seen.fenced).toBeGreaterThan(SEEDS / 4);
    expect(seen.halted).toBeGreaterThan(SEEDS / 20);
  });

  it.each<[string, Partial<SimulationOptions>]>([
    ['a store that moves its mark in a second step', { change: withLateMark }],
    ['a store that skips the epoch', { change: withoutEpochs, copies: 2 }],
    ['risk not waiting for exec', { changeStage: riskNotWaitingForExec }],
    ['exec not waiting for risk', { changeStage: execNotWaitingForRisk }],
    ['mse taking half an instant', { changeStage: mseTakingHalfInstants }],
    ['marks read after the events', { changeStage: readingMarksLate }],
  ])('notice %s', async (what, broken) => {
    let noticed = 0;
    const tried = 40;
    for (let seed = 1; seed <= tried; seed += 1) {
      if (
        await isDifferent(
          { ...optionsOf(seed), kills: false, ...broken },
          EXPECTED[seed % TAPES.length] ?? [],
        )
      )
        noticed += 1;
    }
    console.log(`${what}: ${noticed} of ${tried} seeds differ`);
    expect(noticed).toBeGreaterThan(0);
  });
});

async function isDifferent(options: SimulationOptions, expected: readonly string[]): Promise<boolean> {
  try {
    return linesOf((await simulate(options)).events).join('\n') !== expected.join('\n');
  } catch {
    return true; // stopped by its own checks, or stuck: noticed
  }
}
