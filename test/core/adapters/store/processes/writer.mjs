import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../../../dist/core/adapters/store/sqlite.js';

/** Commits instant after instant of growing size until it is killed; says each one's number once it is done. */

const [, , path, synchronous] = process.argv;
const store = openSqliteStore(path, { synchronous });
const run = { id: 'kill', configHash: 'c0ffee', feed: 'csv:july.csv' };
const { screen } = await store.start({ run, services: ['screen'], takeOver: true });
let from = screen.done;
for (let n = from.n + 1; ; n += 1) {
  const to = { n, rank: 9, i: 999_999 };
  const appends = Array.from({ length: n % 5 }, (_, i) => ({
    position: { n, rank: 0, i },
    channel: 'MARKET.CANDLE',
    line: `${n}.${i} ${'x'.repeat(n % 40 === 1 ? 20_000 : 200)}`,
  }));
  const writes = [{ key: 'POS:SBIN', value: `${n}` }];
  const answer = await store.commit({
    service: 'screen',
    epoch: screen.epoch,
    token: `${n}`,
    from,
    to,
    appends,
    writes,
  });
  if (answer !== 'ok') throw new Error(answer);
  writeSync(1, `${n}\n`);
  from = to;
}
