// Our four services over Redis: the time from a signal's publication to its order's, as a subscriber sees it.
// With MONGO_URL and MONGO_PID in the environment the run is copied there, and half way that server is killed.
// Usage: node bench/chain.mjs redis://… (an empty database) [ORDERS]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { createCandles } from './candles.mjs';
import { csvOf } from './csv.mjs';

const [, , url, orders = '300'] = process.argv;
const { MONGO_URL: mongo, MONGO_PID: mongoPid } = process.env;
const launcher = fileURLToPath(new URL('../bin/tradekit.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tradekit-chain-'));
const strategies = join(folder, 'strategies.json');
const flags = [
  '--redis',
  url,
  '--strategies',
  strategies,
  '--market',
  'crypto',
  '--lock',
  'position',
  '--disable',
  'reward-risk,liquidity,max-daily-loss',
  '--costs',
  'none',
  '--equity',
  '10000000',
];

writeFileSync(strategies, JSON.stringify([often()]));
writeFileSync(join(folder, 'bench.csv'), csvOf(createCandles(60_000)));
const listener = new Redis(url);
await listener.subscribe('SIGNALS.POTENTIAL', 'EXECUTION.ORDER_PLACED');
const sentAt = new Map();
const took = [];
const enough = new Promise((resolve) => {
  listener.on('message', (channel, line) => {
    const { correlationId } = JSON.parse(line);
    if (channel === 'SIGNALS.POTENTIAL') sentAt.set(correlationId, performance.now());
    else took.push(performance.now() - sentAt.get(correlationId));
    if (mongoPid !== undefined && took.length === Number(orders) >> 1)
      process.kill(Number(mongoPid), 'SIGKILL');
    if (took.length >= Number(orders)) resolve();
  });
});
const children = ['exec', 'risk', 'mse'].map((name) => start([name, ...flags]));
if (mongo !== undefined) children.push(start(['log', '--redis', url, '--mongo', mongo]));
// A minute of the market in 12 ms, so that the chain is idle when a signal comes, as in life.
children.push(start(['screen', ...flags, '--feed', `csv:${join(folder, 'bench.csv')}`, '--speed', '5000']));
await enough;
for (const child of children) child.kill();
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ name: 'chain', ...quantiles(took.slice(took.length / 5)), ...halves() }));
process.exit(0);

function quantiles(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    p50: sorted[sorted.length >> 1],
    p99: sorted[Math.floor(sorted.length * 0.99)],
  };
}

/** Before and after the MongoDB was killed. */
function halves() {
  if (mongoPid === undefined) return {};
  const half = took.length >> 1;
  return { mongoUp: quantiles(took.slice(took.length / 5, half)), mongoAway: quantiles(took.slice(half)) };
}

function start(args) {
  return spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'ignore', 'ignore'], cwd: folder });
}

/** Fires every few candles, and is out again soon. */
function often() {
  const rules = [{ indicator: 'close', condition: 'crosses_above', value: 'sma3' }];
  const plan = { entry: 'market', stop: { percent: 0.05 }, target: { percent: 0.05 } };
  return {
    strategy_name: 'often',
    entry_direction: 'LONG',
    timeframes: ['1m'],
    logic: { operator: 'AND', rules },
    plan,
  };
}
