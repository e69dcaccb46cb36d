import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';
import type { Session } from '../../src/core/domain/market/session.ts';
import { createReplay, type ReplayInput } from '../../src/core/domain/replay.ts';
import { DEFAULT_RISK_LIMITS } from '../../src/core/domain/risk/settings.ts';
import { DEFAULT_FILLS } from '../../src/core/domain/simulation/settings.ts';
import type { Feed } from '../../src/core/ports/feed.ts';
import type { PipelineSetup } from '../../src/core/services/pipeline/setup.ts';
import { BUSY } from '../laws/strategies.ts';
import { columnsOf, MINUTE_MS } from '../run-engine.ts';
import { mulberry32 } from './scheduler.ts';

/** A small market for a simulation: short sessions, walking prices, missing minutes, strategies that fire all the time. */
export type SimulatedTape = { readonly setup: PipelineSetup; readonly openFeed: () => Feed };

const SYMBOLS = ['AAA', 'BBB', 'CCC'];
const SESSION_MINUTES = 40;
const DAY_MS = 86_400_000;
/** 2015-07-06 09:15 in Kolkata. */
const FIRST_OPEN = Date.UTC(2015, 6, 6, 3, 45);

export function simulatedTape(seed: number, sessionCount = 2): SimulatedTape {
  const random = mulberry32(seed);
  const sessions = Array.from({ length: sessionCount }, (_, day) => session(day));
  const columns = SYMBOLS.map((symbol) => columnsOf(symbol, rows(random, sessions), 2));
  const market = createMarket('nse');
  const setup: PipelineSetup = {
    baseTimeframeMs: MINUTE_MS,
    instruments: SYMBOLS.map((symbol) => ({
      symbol,
      type: 'equity',
      tick: 0.05,
      lot: 1,
      decimals: 2,
      hasVolume: true,
    })),
    strategies: BUSY,
    risk: {
      ...DEFAULT_RISK_LIMITS,
      startingBalance: market.startingBalance,
      leverage: market.leverage,
      lock: seed % 2 === 0 ? 'position' : 'session',
      maxPositions: 2,
      disabledRules: ['reward-risk'],
    },
    fills: DEFAULT_FILLS,
    costs: market.costs,
    minorDigits: market.minorDigits,
    stopDistanceRule: true,
  };
  return { setup, openFeed: () => feedOf({ columns, baseTimeframeMs: MINUTE_MS, sessions }, setup) };
}

function session(day: number): Session {
  const openAt = FIRST_OPEN + day * DAY_MS;
  return {
    date: new Date(openAt).toISOString().slice(0, 10),
    openAt,
    closeAt: openAt + SESSION_MINUTES * MINUTE_MS,
    openTimeOfDayMs: (9 * 60 + 15) * MINUTE_MS,
    entryFromAt: openAt + MINUTE_MS,
    entryUntilAt: openAt + (SESSION_MINUTES - 6) * MINUTE_MS,
    squareOffAt: openAt + (SESSION_MINUTES - 4) * MINUTE_MS,
  };
}

function rows(random: () => number, sessions: readonly Session[]): number[][] {
  const made: number[][] = [];
  let price = 2000 + Math.floor(random() * 2000);
  const step = (size: number): number => Math.round((random() + random() - 1) * size);
  for (const { openAt, closeAt } of sessions) {
    for (let at = openAt; at < closeAt; at += MINUTE_MS) {
      if (random() < 0.08) continue;
      const open = price + step(random() < 0.5 ? 60 : 4);
      const close = open + step(24);
      const high = Math.max(open, close) + Math.floor(random() * 10);
      const low = Math.min(open, close) - Math.floor(random() * 10);
      made.push([at, ...[open, high, low, close].map((ticks) => Math.round(ticks * 5) / 100), 100_000]);
      price = Math.max(1000, close);
    }
  }
  return made;
}

function feedOf(input: ReplayInput, { baseTimeframeMs, instruments }: PipelineSetup): Feed {
  const replay = createReplay(input);
  return {
    description: { source: 'drawn:', baseTimeframeMs, instruments },
    get nextAt() {
      return replay.nextAt;
    },
    ready: async () => replay.nextAt !== Number.POSITIVE_INFINITY,
    run: (sink, maxInstants) => replay.run(sink, maxInstants),
    ticks: () => [],
    health: () => ({
      taken: replay.candlesDone,
      late: 0,
      refused: 0,
      outside: 0,
      repeated: 0,
      gaps: 0,
      reconnects: 0,
      newestAt: undefined,
      newestAtOf: [],
    }),
    [Symbol.asyncDispose]: async () => {},
  };
}
