// The least that four processes over Redis can do: each waits for a stream, adds to the next one and publishes. Tells the
// time from the first message's publication to the last one's, as a subscriber sees it.
// Usage: node bench/bare-chain.mjs redis://… COUNT
import { spawn } from 'node:child_process';
import { Redis } from 'ioredis';

const [, , url, count, hop] = process.argv;
const HOPS = 4;
const stream = (n) => `bare:${n}`;

if (hop === undefined) await measure();
else await relay(Number(hop));

async function relay(n) {
  const reader = new Redis(url);
  const writer = new Redis(url);
  process.send('ready');
  for (let last = '0-0'; ; ) {
    const reply = await reader.xread('BLOCK', 0, 'STREAMS', stream(n - 1), last);
    for (const [id, [, line]] of reply[0][1]) {
      last = id;
      await send(writer, n, line);
    }
  }
}

function send(redis, n, line) {
  return redis.multi().xadd(stream(n), '*', 'event', line).publish(stream(n), line).exec();
}

async function measure() {
  const redis = new Redis(url);
  const listener = new Redis(url);
  for (let n = 1; n <= HOPS; n += 1) await redis.del(stream(n));
  const relays = [2, 3, 4].map((n) =>
    spawn(process.execPath, [process.argv[1], url, count, String(n)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  await Promise.all(relays.map((of) => new Promise((resolve) => of.once('message', resolve))));
  const sentAt = new Map();
  const took = [];
  await listener.subscribe(stream(1), stream(HOPS));
  const filler = 'x'.repeat(400);
  for (let i = 0; i < Number(count); i += 1) {
    const arrived = new Promise((resolve) => {
      listener.removeAllListeners('message').on('message', (channel, line) => {
        if (channel === stream(1)) sentAt.set(line, performance.now());
        else if (line === `${i}${filler}`) resolve(took.push(performance.now() - sentAt.get(line)));
      });
    });
    await send(redis, 1, `${i}${filler}`);
    await arrived;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  for (const of of relays) of.kill();
  const sorted = took.slice(Math.floor(took.length / 5)).toSorted((a, b) => a - b);
  console.log(
    JSON.stringify({
      name: 'bare chain',
      count: sorted.length,
      p50: sorted[sorted.length >> 1],
      p99: sorted[Math.floor(sorted.length * 0.99)],
    }),
  );
  process.exit(0);
}
