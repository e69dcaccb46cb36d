// The pipeline as services: the embedded host, five processes over Redis, and a decision's way through them against the
// bare chain. Needs redis-server. Usage: npm run bench:services [-- --json] (CANDLES=50000 in the environment)
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startRedis } from './redis-server.mjs';

const rounds = Number(process.env.ROUNDS ?? 3);
const candles = process.env.CANDLES ?? '50000';
const embedded = told('embedded.mjs', 200_000);
const overRedis = told('over-redis.mjs', candles);
const chains = [];
for (let round = 0; round < rounds; round += 1) {
  const { url, redis, stop } = await startRedis();
  const bare = told('bare-chain.mjs', url, 300).p50;
  await redis.flushall();
  chains.push({ bare, ours: told('chain.mjs', url, 600).p50 });
  await stop();
}
const bare = median(chains.map((of) => of.bare));
const ours = median(chains.map((of) => of.ours));
const targets = [
  ['embedded replay, candles/s', embedded.candles, '≥', 100_000],
  ['event log in SQLite, events/s', embedded.events, '≥', 15_000],
  ['replay over Redis with five processes, candles/s', overRedis.candles, '≥', 2000],
  ['decision p50, ours ÷ bare chain', ours / bare, '≤', 1.5],
];
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ embedded, overRedis, chains, targets }, null, 2));
else print();

function print() {
  console.log(`embedded     ${embedded.note}`);
  console.log(`over Redis   ${overRedis.note}`);
  console.log(
    `decision     p50 ${ours.toFixed(2)} ms, bare chain ${bare.toFixed(2)} ms, medians of ${rounds}`,
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
function told(script, ...args) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const text = execFileSync(process.execPath, [path, ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(text.trim().split('\n').at(-1));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];
}
