// Our four services over Redis: the time from a signal's publication to its order's, as a subscriber sees it.
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
  'reward-risk,liquidity',
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
    if (took.length >= Number(orders)) resolve();
  });
});
const children = ['exec', 'risk', 'mse'].map((name) => start([name, ...flags]));
// A minute of the market in 4 ms: the chain is idle when a signal comes.
children.push(start(['screen', ...flags, '--feed', `csv:${join(folder, 'bench.csv')}`, '--speed', '15000']));
await enough;
for (const child of children) child.kill();
rmSync(folder, { recursive: true });
const sorted = took.slice(Math.floor(took.length / 5)).toSorted((a, b) => a - b);
console.log(
  JSON.stringify({
    name: 'chain',
    count: sorted.length,
    p50: sorted[sorted.length >> 1],
    p99: sorted[Math.floor(sorted.length * 0.99)],
  }),
);
process.exit(0);

function start(args) {
  return spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'ignore', 'ignore'], cwd: folder });
}

/** Fires every few candles, and is out again soon. */
function often() {
  const rules = [{ indicator: 'sma4', condition: 'crosses_above', value: 'sma10' }];
  const plan = { entry: 'market', stop: { percent: 0.1 }, target: { percent: 0.1 } };
  return {
    strategy_name: 'often',
    entry_direction: 'LONG',
    timeframes: ['1m'],
    logic: { operator: 'AND', rules },
    plan,
  };
}
