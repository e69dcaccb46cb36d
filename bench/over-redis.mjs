// A replay at full speed through five processes over a Redis of its own: candles a second, and the memory of each process
// at a fifth of the way and at the end. Usage: node bench/over-redis.mjs COUNT
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCandles } from './candles.mjs';
import { csvOf } from './csv.mjs';
import { startRedis } from './redis-server.mjs';
import { SPARSE } from './sparse.mjs';

const count = Number(process.argv[2] ?? 50_000);
const launcher = fileURLToPath(new URL('../bin/tradekit.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'tradekit-bench-'));
const { url, redis, stop } = await startRedis();
const file = join(folder, 'bench.csv');
const strategies = join(folder, 'strategies.json');
writeFileSync(file, csvOf(createCandles(count)));
writeFileSync(strategies, JSON.stringify(SPARSE));
const flags =
  `--strategies ${strategies} --market crypto --lock position --disable reward-risk,liquidity --equity 10000000`.split(
    ' ',
  );

const processes = ['exec', 'risk', 'mse'].map((name) => start(name, [name, ...flags]));
processes.push(start('log', ['log', '--to', `sqlite:${join(folder, 'log.db')}`]));
await until(async () => (await redis.client('LIST')).split('\n').length > 6); // each of them is there, and waits
processes.push(start('screen', ['screen', ...flags, '--feed', `csv:${file}`, '--speed', 'max']));
await until(async () => (await instantsDone()) > 0);
const before = performance.now();
await until(async () => (await instantsDone()) > count / 5);
const early = memoryOf([]);
// Who has done its part of the last instant ends: its memory is looked at before.
let late = early;
await until(async () => {
  const done = await instantsDone();
  if (done < count && done > 0.95 * count) late = memoryOf(late);
  return done >= count;
});
const ms = performance.now() - before;
const signals = await redis.xlen('tk:SIGNALS.POTENTIAL');
await Promise.all(processes.map(({ ended }) => ended));
await stop();
rmSync(folder, { recursive: true });
const grown = processes.map(({ name }, i) => `${name} ${early[i]} → ${late[i]} MB`).join(', ');
const note = `${Math.round((count / ms) * 1000)} candles/s, ${((100 * signals) / count).toFixed(1)} % signals; ${grown}`;
console.log(
  JSON.stringify({ name: 'over Redis', count, ms, candles: (count / ms) * 1000, early, late, note }),
);
process.exit(0);

function start(name, args) {
  const env = { ...process.env, TRADEKIT_REDIS: url };
  const child = spawn(process.execPath, [launcher, ...args], { env, cwd: folder, stdio: 'ignore' });
  return { name, child, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

async function instantsDone() {
  return Number(((await redis.get('tk:done:exec')) ?? '0-0').split('-')[0]);
}

/** In MB; of a process that has ended already, what it had before. */
function memoryOf(before) {
  return processes.map(({ child }, i) => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    } catch {
      return before[i];
    }
  });
}

async function until(isSo) {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}
