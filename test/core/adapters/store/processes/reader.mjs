import { createHash } from 'node:crypto';
import { openSqliteReader } from '../../../../../dist/core/adapters/store/sqlite-reader.js';

/** Follows a store until its standard input ends; then says up to where it read, and a fingerprint of the lines. */

const [, , path] = process.argv;
const stop = new AbortController();
process.stdin.on('end', () => stop.abort()).resume();
const reader = openSqliteReader(path);
const hash = createHash('sha256');
let events = 0;
let wakes = 0;
let after = { n: 0, rank: 0, i: 0 };

async function readUpTo(mark) {
  for (;;) {
    const page = await reader.read({ after, upTo: mark });
    if (page.length === 0) break;
    for (const { line } of page) hash.update(line);
    events += page.length;
    after = page.at(-1).position;
  }
  after = mark;
}

for await (const { screen } of reader.watch(stop.signal)) {
  wakes += 1;
  await readUpTo(screen);
}
await readUpTo((await reader.done()).screen);
console.log(JSON.stringify({ n: after.n, events, wakes, hash: hash.digest('hex') }));
await reader[Symbol.asyncDispose]();
