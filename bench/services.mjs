// The pipeline as services: the embedded host, five processes over Redis, and a decision's way through them against the
// bare chain. Needs redis-server. Usage: npm run bench:services [-- --json] (CANDLES=50000 in the environment)
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startRedis } from './redis-server.mjs';

const rounds = Number(process.env.ROUNDS ?? 3);
const candles = process.env.CANDLES ?? '50000';
/** About as far apart as our decisions are. */
const PAUSE_MS = 50;
const embedded = await told('embedded.mjs', 200_000);
const overRedis = await told('over-redis.mjs', candles);
const chains = [];
for (let round = 0; round < rounds; round += 1) {
  const { url, redis, stop } = await startRedis();
  const alone = (await told('bare-chain.mjs', url, 200, PAUSE_MS)).p50;
  await redis.flushall();
  // Both at once: a slow moment of the machine is one for both, and both find the caches as the candles left them.
  const [bare, ours] = await Promise.all([
    told('bare-chain.mjs', url, 500, PAUSE_MS),
    told('chain.mjs', url, 600),
  ]);
  chains.push({ alone, bare: bare.p50, ours: ours.p50 });
  await stop();
}
const [alone, bare, ours] = ['alone', 'bare', 'ours'].map((name) => median(chains.map((of) => of[name])));
const targets = [
  ['embedded replay, candles/s', embedded.candles, '≥', 100_000],
  ['event log in SQLite, events/s', embedded.events, '≥', 15_000],
  ['replay over Redis with five processes, candles/s', overRedis.candles, '≥', 2000],
  ['decision p50, ours ÷ bare chain in the same run', ours / bare, '≤', 1.5],
];
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ embedded, overRedis, chains, targets }, null, 2));
else print();

function print() {
  console.log(`embedded     ${embedded.note}`);
  console.log(`over Redis   ${overRedis.note}`);
  console.log(
    `decision     p50 ${ours.toFixed(2)} ms, bare chain beside it ${bare.toFixed(2)} ms, alone ${alone.toFixed(2)} ms, medians of ${rounds}`,
  );
  console.log('');
  for (const [name, value, relation, limit] of targets) {
    const isMet = relation === '≥' ? value >= limit : value <= limit;
    const shown = value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
    console.log(
      `${name.padEnd(52)}${shown.padStart(9)}   ${relation} ${limit.toLocaleString('en')}${isMet ? '' : '   missed'}`,
    );
  }
}

/** The JSON line that a script prints. */
async function told(script, ...args) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [path, ...args.map(String)]);
  process.stderr.write(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];
}
