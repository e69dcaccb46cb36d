import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RedisLibrary } from '../../src/core/adapters/store/redis-library.ts';
import { formatPosition } from '../../src/core/domain/events/position.ts';
import type { Commit } from '../../src/core/ports/store.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../redis-server.ts';
import { changedLibrary } from './broken/changed-library.ts';
import { openRedis } from './store/open-redis.ts';
import type { OpenedStore, StoreCase } from './store/opened.ts';
import { runStoreCase, STORE_CASES } from './store.contract.ts';

const MARK = `redis.call('SET', prefix .. 'done:' .. one.service, one.to)`;

/** One part of the functions changed, and the cases that must notice, by the beginning of their titles. */
const BROKEN: readonly (readonly [what: string, library: () => RedisLibrary, noticed: readonly string[]])[] =
  [
    [
      'skips the epoch',
      () => changedLibrary(`if held[1] ~= one.epoch then return 'fenced' end`, ''),
      ['lets a start take the place', 'answers fenced before already', 'answers fenced before gap'],
    ],
    [
      'skips from',
      () => changedLibrary(`if done ~= one.from then return 'gap' end`, ''),
      ['does not take a late request', 'answers gap where', 'does one of many'],
    ],
    [
      'knows a resend by its place alone',
      () => changedLibrary('if done == one.to and held[2] == one.token then', 'if done == one.to then'),
      ['does not take a late request', 'does one of many'],
    ],
    [
      'forgets the token',
      () => changedLibrary(`redis.call('HSET', prefix .. 'service:' .. one.service, 'token', one.token)`, ''),
      ['knows a resend by its token'],
    ],
    [
      'does the first of several commits before it judges the next',
      () =>
        changedLibrary(
          `if answer then return { answer } end`,
          'if answer then return { answer } end if #commits > 1 then apply(prefix, one, now()) end',
        ),
      ['commits for several services together: or none'],
    ],
    [
      'looks for the kill switch after it has written',
      () =>
        changedLibrary(
          `if one.absent ~= '' and redis.call('EXISTS', one.absent) == 1 then return 'refused' end`,
          `if one.absent ~= '' and redis.call('EXISTS', one.absent) == 1 then apply(prefix, one, now()) return 'refused' end`,
        ),
      ['refuses an entry while TG:KILL is there'],
    ],
    [
      'leaves the old fields of a hash',
      () =>
        changedLibrary(
          `redis.call('DEL', write.key)\n`,
          `if write.command == 'DEL' then redis.call('DEL', write.key) end\n`,
        ),
      ['sets, replaces and deletes keys'],
    ],
  ];

describe.skipIf(!HAS_REDIS)(
  'the contract of stores, on broken functions of Redis (needs redis-server)',
  () => {
    let server: RedisServer;
    beforeAll(async () => {
      server = await startRedis();
    });
    afterAll(() => server.stop());

    it.each(BROKEN)('notices a library that %s', async (_what, library, noticed) => {
      await expectNoticed(noticed, () => openRedis(server, library()));
    });

    it('notices a store that moves its mark by a second call', async () => {
      const library = changedLibrary(MARK, '');
      await expectNoticed(['shows nothing half'], async () =>
        withSecondCall(await openRedis(server, library), server),
      );
    });
  },
);

/** These cases fail; one of an ordinary commit does not. */
async function expectNoticed(titles: readonly string[], open: () => Promise<OpenedStore>): Promise<void> {
  for (const title of titles) {
    await expect(runStoreCase(caseNamed(title), open), title).rejects.toBeInstanceOf(Error);
  }
  await runStoreCase(caseNamed('appends, writes and moves the mark'), open);
}

function caseNamed(title: string): StoreCase {
  const [found, ...more] = STORE_CASES.filter((one) => one.title.startsWith(title));
  if (found === undefined || more.length > 0) throw new Error(`No one case "${title}".`);
  return found;
}

function withSecondCall(opened: OpenedStore, { admin }: RedisServer): OpenedStore {
  const { store } = opened;
  async function commit(...commits: readonly Commit[]) {
    const answer = await store.commit(...commits);
    if (answer !== 'ok') return answer;
    for (const { service, to } of commits) await admin.set(`tk:done:${service}`, formatPosition(to));
    return answer;
  }
  return { ...opened, store: { ...store, commit } };
}
