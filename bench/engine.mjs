// The engine through strategies.json, costs on: market crypto, lock by position, the reward:risk, liquidity and
// stop-distance rules off. Usage: node bench/engine.mjs COUNT
import { readFileSync } from 'node:fs';
import { createEngine } from '../dist/core/domain/engine.js';
import { createMarket } from '../dist/core/domain/market/presets/catalog.js';
import { createReplay } from '../dist/core/domain/replay.js';
import { DEFAULT_RISK_LIMITS } from '../dist/core/domain/risk/settings.js';
import { parseStrategies } from '../dist/core/domain/rules/parse.js';
import { DEFAULT_FILLS } from '../dist/core/domain/simulation/settings.js';
import { createCandles } from './candles.mjs';
import { timed } from './timed.mjs';

const columns = createCandles(Number(process.argv[2] ?? 1_000_000));
const { strategies } = parseStrategies(
  JSON.parse(readFileSync(new URL('strategies.json', import.meta.url), 'utf8')),
);
const market = createMarket('crypto');
const last = columns.openAt[columns.length - 1];
const sessions = market.calendar.sessions(columns.openAt[0], last);

timed('engine', columns.length, run, ({ trades, digest }) => `${trades} trades, digest ${digest}`);

function run() {
  const result = { trades: 0, digest: 0 };
  const engine = createEngine({
    instruments: [{ symbol: 'BENCH', type: 'crypto', tick: 0.01, lot: 0.00001, decimals: 2 }],
    hasVolume: [true],
    baseTimeframeMs: 60_000,
    strategies,
    risk: {
      ...DEFAULT_RISK_LIMITS,
      startingBalance: 10_000_000, // the strategy loses to its costs, and the account shall outlive the candles
      leverage: market.leverage,
      lock: 'position',
      disabledRules: ['reward-risk', 'liquidity'],
    },
    fills: DEFAULT_FILLS,
    costs: market.costs,
    minorDigits: market.minorDigits,
    stopDistanceRule: false,
    onTrade(trade) {
      result.digest = (result.digest * 31 + trade.netPnl) % 1_000_000_007;
      result.trades += 1;
    },
  });
  createReplay({ columns: [columns], baseTimeframeMs: 60_000, sessions }).run(engine);
  return { ...result, engine }; // held, so that the heap after a collection is the engine's
}
