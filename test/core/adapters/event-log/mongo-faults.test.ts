import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMongoLog } from '../../../../src/core/adapters/event-log/mongo.ts';
import { BEFORE_ALL, endOfInstant } from '../../../../src/core/domain/events/position.ts';
import type { EventLog } from '../../../../src/core/ports/event-log.ts';
import { at, batch, event, markOf, placesIn } from '../../../contracts/event-log/opened.ts';
import { type Effect, type FakeMongo, type Fault, startFakeMongo } from '../../../fake-mongo/start.ts';

/** Failures that no server shows on demand: this is a fake, and not MongoDB. */

let fake: FakeMongo;
let log: EventLog;

beforeEach(async () => {
  fake = await startFakeMongo();
  log = openMongoLog(fake.url, { findMs: 5000, silentMs: 1500 });
  expect(await log.append(batch(1, 10))).toBe('ok');
});

afterEach(async () => {
  await log[Symbol.asyncDispose]();
  await fake.down();
});

function once(command: string, effect: Effect): Fault {
  return (name) => (name === command ? effect : undefined);
}

const NOT_PRIMARY = { ok: 0, code: 10107, codeName: 'NotWritablePrimary', errmsg: 'not primary' };
const STEPPING_DOWN = {
  ok: 0,
  code: 11600,
  codeName: 'InterruptedAtShutdown',
  errmsg: 'interrupted at shutdown',
};
const NOT_MAJORITY = {
  writeConcernError: { code: 64, codeName: 'WriteConcernTimeout', errmsg: 'waiting timed out' },
};

const AWAY: readonly (readonly [what: string, fault: Fault])[] = [
  ['the connection ends before a batch', once('insert', { kind: 'drop' })],
  ['the connection ends in the middle of a batch', once('insert', { kind: 'drop-within', documents: 5 })],
  ['the connection ends before the answer to a batch', once('insert', { kind: 'drop-after' })],
  ['the connection ends before the mark', once('update', { kind: 'drop' })],
  ['the connection ends before the answer to the mark', once('update', { kind: 'drop-after' })],
  ['the server is not the primary any more', once('insert', { kind: 'refuse', with: NOT_PRIMARY })],
  ['the server shuts down', once('update', { kind: 'refuse', with: STEPPING_DOWN })],
  ['a batch is not in the majority in time', once('insert', { kind: 'answer', with: NOT_MAJORITY })],
  ['the mark is not in the majority in time', once('update', { kind: 'answer', with: NOT_MAJORITY })],
  ['a batch is never answered', once('insert', { kind: 'silence' })],
  ['the mark is never answered', once('update', { kind: 'silence' })],
];

describe('the MongoDB event log, on a fake that fails', () => {
  it.each(AWAY)('says CONNECTION where %s, and goes on from its mark', async (_what, fault) => {
    fake.inject(fault);
    await expect(log.append(batch(11, 30))).rejects.toMatchObject({
      code: 'CONNECTION',
      message: expect.stringContaining('mongodb://127.0.0.1'),
    });
    const mark = (await markOf(log)) ?? BEFORE_ALL;
    expect([10, 30]).toContain(mark.n);
    expect(await placesIn(log)).toHaveLength(mark.n);
    if (mark.n === 10) expect(await log.append(batch(11, 30))).toBe('ok');
    expect(await log.append(batch(31, 32))).toBe('ok');
    expect(await placesIn(log)).toEqual(Array.from({ length: 32 }, (_, index) => `${index + 1}.0.0`));
  });

  it('shows nothing of a batch that was cut: it lies beyond the mark', async () => {
    fake.inject(once('insert', { kind: 'drop-within', documents: 5 }));
    await expect(log.append(batch(11, 30))).rejects.toMatchObject({ code: 'CONNECTION' });
    expect(await placesIn(log)).toHaveLength(10);
    expect(await placesIn(log, { upTo: endOfInstant(30) }), 'unless it is asked for').toHaveLength(15);
  });

  it('takes duplicates in the middle of a batch for done, and only them', async () => {
    fake.inject(once('update', { kind: 'drop' }));
    await expect(log.append(batch(11, 20))).rejects.toMatchObject({ code: 'CONNECTION' });
    expect(await log.append(batch(11, 30)), 'ten of twenty are there').toBe('ok');
    const failed = [
      { index: 0, code: 11000, errmsg: 'E11000 duplicate key' },
      { index: 1, code: 121, errmsg: 'Document failed validation' },
    ];
    fake.inject(once('insert', { kind: 'refuse', with: { ok: 1, n: 0, writeErrors: failed } }));
    await expect(log.append(batch(31, 32))).rejects.toMatchObject({
      code: 'DATA',
      message: expect.stringContaining('validation'),
    });
    expect(await markOf(log)).toEqual(endOfInstant(30));
  });

  it('does not take duplicates for done whose majority is not known', async () => {
    const failed = [{ index: 0, code: 11000, errmsg: 'E11000 duplicate key' }];
    fake.inject(once('insert', { kind: 'answer', with: { writeErrors: failed, ...NOT_MAJORITY } }));
    await expect(log.append(batch(11, 11))).rejects.toMatchObject({ code: 'CONNECTION' });
    expect(await markOf(log)).toEqual(endOfInstant(10));
  });

  it('leaves the mark where a server dies between events and mark, and comes back without the events', async () => {
    const before = fake.copy();
    fake.inject((name) => {
      if (name !== 'insert') return undefined;
      return { kind: 'die-after', comesBackWith: before };
    });
    await expect(log.append(batch(11, 20))).rejects.toMatchObject({ code: 'CONNECTION' });
    expect(await markOf(log)).toEqual(endOfInstant(10));
  });

  it('asks for its mark again when the server was put back to an older copy between two batches', async () => {
    const older = fake.copy();
    expect(await log.append(batch(11, 20))).toBe('ok');
    fake.restore(older);
    expect(await log.append(batch(21, 30))).toBe('gap');
    expect(await markOf(log)).toEqual(endOfInstant(10));
    expect(await log.append(batch(11, 30))).toBe('ok');
    expect(await placesIn(log)).toHaveLength(30);
  });

  it('begins again where the copy is from before the run', async () => {
    fake.restore(new Map());
    expect(await log.append(batch(11, 20))).toBe('gap');
    expect(await markOf(log)).toBeUndefined();
    expect(await log.append(batch(1, 20))).toBe('ok');
    expect(await placesIn(log)).toHaveLength(20);
  });

  it('writes the mark after all events of the batch', async () => {
    const from = fake.commands.length;
    const signal = { ...event(at(12, 2)), channel: 'SIGNALS.POTENTIAL' } as const;
    await log.append(batch(11, 12, { events: [event(at(11)), signal] }));
    expect(fake.commands.slice(from)).toEqual(['insert', 'createIndexes', 'insert', 'update']);
  });

  it('says CONNECTION while nobody listens, and goes on when somebody does', async () => {
    await fake.down();
    await expect(log.append(batch(11, 20))).rejects.toMatchObject({ code: 'CONNECTION' });
    await fake.up();
    expect(await log.append(batch(11, 20))).toBe('ok');
  });
});

describe('the MongoDB event log, opened while nobody listens', () => {
  it('goes on when somebody does, however often it was tried before', async () => {
    const late = await startFakeMongo();
    await late.down();
    await using first = openMongoLog(late.url, { findMs: 100 });
    for (let tries = 0; tries < 3; tries += 1)
      await expect(first.runs()).rejects.toMatchObject({ code: 'CONNECTION' });
    await late.up();
    expect(await first.append(batch(1, 3))).toBe('ok');
    expect(await placesIn(first)).toHaveLength(3);
    await late.down();
  });
});

describe('the MongoDB event log, before a server that knows its users', () => {
  it('says CONFIG and never the password', async () => {
    const strict = await startFakeMongo({ refusesUsers: true });
    const url = strict.url.replace('//', '//anna:s3cr%40t@');
    const refused = openMongoLog(url, { findMs: 5000 });
    const error = await refused.runs().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'CONFIG', message: expect.stringContaining('***@127.0.0.1') });
    expect(JSON.stringify([error, String(error)])).not.toMatch(/s3cr|anna/);
    await refused[Symbol.asyncDispose]();
    await strict.down();
  });

  it.each([
    'mongodb://',
    'mongodb://anna:s3cr@t@/x',
    'mongodb://host:port/x',
    'mongodb://host/x?w=maybe&tls=perhaps',
  ])('refuses "%s" as a URL', (url) => {
    expect(() => openMongoLog(url)).toThrow(expect.objectContaining({ code: 'CONFIG' }));
    expect(() => openMongoLog(url)).not.toThrow(/s3cr/);
  });
});
