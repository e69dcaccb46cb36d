// The whole pipeline in one process with every event into SQLite, as run-all does it at full speed.
// Usage: node bench/embedded.mjs COUNT
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../dist/core/adapters/store/sqlite.js';
import { createMarket } from '../dist/core/domain/market/presets/catalog.js';
import { createReplay } from '../dist/core/domain/replay.js';
import { DEFAULT_RISK_LIMITS } from '../dist/core/domain/risk/settings.js';
import { parseStrategies } from '../dist/core/domain/rules/parse.js';
import { DEFAULT_FILLS } from '../dist/core/domain/simulation/settings.js';
import { createRecords } from '../dist/core/services/backtest.js';
import { runEmbedded } from '../dist/core/services/embedded.js';
import { createCandles } from './candles.mjs';
import { SPARSE } from './sparse.mjs';

const count = Number(process.argv[2] ?? 200_000);
const columns = createCandles(count);
const market = createMarket('crypto');
const sessions = market.calendar.sessions(columns.openAt[0], columns.openAt[count - 1]);
const risk = {
  ...DEFAULT_RISK_LIMITS,
  startingBalance: 10_000_000,
  leverage: market.leverage,
  lock: 'position',
  disabledRules: ['reward-risk', 'liquidity'],
};
const setup = {
  instruments: [{ symbol: 'BENCH', type: 'crypto', tick: 0.01, lot: 0.00001, decimals: 2, hasVolume: true }],
  baseTimeframeMs: 60_000,
  strategies: parseStrategies(SPARSE).strategies,
  risk,
  fills: DEFAULT_FILLS,
  costs: market.costs,
  minorDigits: market.minorDigits,
  stopDistanceRule: false,
};
const folder = mkdtempSync(join(tmpdir(), 'tradekit-bench-'));
const store = openSqliteStore(join(folder, 'run.db'));
const seen = { events: 0, signals: 0 };
const before = performance.now();
await runEmbedded({
  setup,
  store,
  run: { id: 'bench', configHash: 'bench', feed: 'bench' },
  openFeed: async () => feed(),
  createRecords: () => createRecords(risk, market),
  onEvents(events) {
    seen.events += events.length;
    for (const { event } of events) if (event.type === 'POTENTIAL_SIGNAL') seen.signals += 1;
  },
  signal: new AbortController().signal,
});
const ms = performance.now() - before;
await store[Symbol.asyncDispose]();
rmSync(folder, { recursive: true });
const note = `${Math.round((count / ms) * 1000)} candles/s, ${Math.round((seen.events / ms) * 1000)} events/s, ${((100 * seen.signals) / count).toFixed(1)} % signals`;
console.log(
  JSON.stringify({
    name: 'embedded',
    count,
    ms,
    candles: (count / ms) * 1000,
    events: (seen.events / ms) * 1000,
    note,
  }),
);

function feed() {
  const replay = createReplay({ columns: [columns], baseTimeframeMs: 60_000, sessions });
  return {
    get nextAt() {
      return replay.nextAt;
    },
    ready: async () => replay.nextAt !== Number.POSITIVE_INFINITY,
    run: (sink, most) => replay.run(sink, most),
    async [Symbol.asyncDispose]() {},
  };
}
