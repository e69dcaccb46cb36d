// The least that four processes over Redis can do: each waits for a stream, adds to the next one and publishes. Tells the
// time from the first message's publication to the last one's, as a subscriber sees it.
// Usage: node bench/bare-chain.mjs redis://… COUNT [MS between two messages]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

const [, script, url, count, pauseMs = '3', hop] = process.argv;
const HOPS = 4;
const LINE = 'x'.repeat(400);
const stream = (n) => `bare:${n}`;

if (hop === undefined) await measure();
else await relay(Number(hop));

async function relay(n) {
  const [reader, writer] = [new Redis(url), new Redis(url)];
  process.send('ready');
  for (let last = '0-0'; ; ) {
    const reply = await reader.xread('BLOCK', 0, 'STREAMS', stream(n - 1), last);
    for (const [id, [, line]] of reply[0][1]) {
      last = id;
      await send(writer, n, line);
    }
  }
}

async function send(redis, n, line) {
  await redis.multi().xadd(stream(n), '*', 'event', line).publish(stream(n), line).exec();
}

async function measure() {
  const [redis, listener] = [new Redis(url), new Redis(url)];
  for (let n = 1; n <= HOPS; n += 1) await redis.del(stream(n));
  const options = { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] };
  const args = [script, url, count, pauseMs];
  const relays = ['2', '3', '4'].map((n) => spawn(process.execPath, [...args, n], options));
  await Promise.all(relays.map((child) => once(child, 'message')));
  const took = [];
  await listener.subscribe(stream(1), stream(HOPS));
  for (let i = 0; i < Number(count); i += 1) {
    let sentAt;
    const arrived = new Promise((resolve) => {
      listener.removeAllListeners('message').on('message', (channel) => {
        if (channel === stream(1)) sentAt = performance.now();
        else resolve(took.push(performance.now() - sentAt));
      });
    });
    await send(redis, 1, LINE);
    await arrived;
    await pause(Number(pauseMs));
  }
  for (const child of relays) child.kill();
  const sorted = took.slice(Math.floor(took.length / 5)).toSorted((a, b) => a - b);
  const [p50, p99] = [0.5, 0.99].map((q) => sorted[Math.floor(sorted.length * q)]);
  console.log(JSON.stringify({ name: 'bare chain', count: sorted.length, p50, p99 }));
  process.exit(0);
}
