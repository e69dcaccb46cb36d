import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/core/adapters/store/sqlite.ts';
import type { Append, Store } from '../../src/core/ports/store.ts';
import { type FakeMongo, startFakeMongo } from '../fake-mongo/start.ts';
import { openStoreWriter, RECORDED, recordedRun } from '../recorded-run.ts';
import { PROJECT } from '../shared.ts';
import { freshFolder, type Ran, tradekit } from '../tradekit.ts';

let folder = freshFolder();
let events: readonly Append[] = [];
const copied = freshFolder();

/** A whole run, embedded, in a folder that tests only read. */
beforeAll(async () => {
  events = await recordedRun();
  mkdirSync(join(copied.path, '.tradekit/runs'), { recursive: true });
  await using store = openSqliteStore(join(copied.path, '.tradekit/runs/july.db'));
  await (await openStoreWriter(store, events)).write();
});
beforeEach(() => {
  folder = freshFolder();
  return () => folder.remove();
});
afterAll(() => copied.remove());

function query(...args: readonly string[]): Ran {
  return tradekit(['log', 'query', ...args], { cwd: copied.path });
}

function linesOf(channel: string): readonly string[] {
  return events.filter((event) => event.channel === channel).map(({ line }) => line);
}

function lines({ stdout }: Ran): readonly string[] {
  return stdout.split('\n').filter((line) => line !== '');
}

describe('tradekit log query', () => {
  it('prints events as run-all does, of the newest run by itself', () => {
    const ran = query('--channel', 'position_closed', '--limit', '1');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^07-06 \d\d:\d\d {2}\w+ +[+\-=] (stop|target|square-off) +[+-]₹[\d,.]+ /);
  });

  it('prints JSON lines, byte for byte', () => {
    const ran = query('--json', '--channel', 'EXECUTION.ORDER_FILLED');
    expect(lines(ran)).toEqual(linesOf('EXECUTION.ORDER_FILLED'));
  });

  it('finds by channel, symbol, strategy, signal and time', () => {
    const [fill = '{}'] = linesOf('EXECUTION.ORDER_FILLED');
    const { symbol, correlationId } = JSON.parse(fill) as { symbol: string; correlationId: string };
    const strategy = correlationId.split('/')[1] ?? '';
    const found = lines(
      query('--json', '--symbol', symbol, '--strategy', strategy, '--channel', 'execution'),
    );
    expect(found).toContain(fill);
    const signal = lines(query('--json', '--correlation', correlationId));
    expect(signal.map((line) => (JSON.parse(line) as { type: string }).type).slice(0, 3)).toEqual([
      'POTENTIAL_SIGNAL',
      'TRADE_PLAN_PROPOSED',
      'PLAN_VALIDATED',
    ]);
    const day = lines(query('--json', '--from', '2015-07-07', '--channel', 'market.candle'));
    const isOfDay = (line: string) => (JSON.parse(line) as { at: number }).at >= Date.UTC(2015, 6, 6, 18, 30);
    expect(day).toEqual(linesOf('MARKET.CANDLE').filter(isOfDay));
    const minute = lines(query('--json', '--from', '2015-07-06T09:20', '--to', '2015-07-06T09:20'));
    const at = Date.UTC(2015, 6, 6, 3, 50);
    expect(minute).toEqual(
      events.map(({ line }) => line).filter((line) => (JSON.parse(line) as { at: number }).at === at),
    );
    expect(minute.length).toBeGreaterThan(4);
  });

  it('knows a channel by a part of its name, and the nearest to a wrong one', () => {
    const unknown = query('--channel', 'order_filed');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toMatch(/^Unknown channel "order_filed"\.\nDid you mean ORDER_FILLED\?/);
  });

  it('says which strategies have signals where none is of the one that is named', () => {
    const { strategy } = JSON.parse(linesOf('SIGNALS.POTENTIAL')[0] ?? '{}') as { strategy: string };
    const ran = query('--strategy', `${strategy}x`);
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toMatch(
      /^The run july has no event that fits\.\nThere is no signal of a strategy "[^"]+x"\. Did you mean /,
    );
    expect(ran.stderr).toMatch(new RegExp(`Signals are of: .*${strategy}`));
    const before = query('--strategy', strategy, '--to', '2015-01-01');
    expect(before.stderr).toBe('The run july has no event that fits.\n');
  });

  it('names in its examples a strategy that is shipped', () => {
    const { stdout } = query('--help');
    const shipped = JSON.parse(readFileSync(join(PROJECT, 'strategies.json'), 'utf8')) as readonly {
      readonly strategy_name: string;
    }[];
    const [, named] = /--strategy (\w+) --from/.exec(stdout) ?? [];
    expect(shipped.map((of) => of.strategy_name)).toContain(named);
  });

  it('prints a table of single values as CSV', () => {
    const [header = '', first = ''] = lines(query('--csv', '--channel', 'order_filled', '--limit', '1'));
    const row = Object.fromEntries(header.split(',').map((name, index) => [name, first.split(',')[index]]));
    const fill = JSON.parse(linesOf('EXECUTION.ORDER_FILLED')[0] ?? '{}') as Record<string, unknown>;
    expect(row).toMatchObject({
      run: 'july',
      channel: 'EXECUTION.ORDER_FILLED',
      symbol: fill['symbol'],
      at: expect.stringMatching(/^2015-07-06 \d\d:\d\d:00\+05:30$/),
      qty: String(fill['qty']),
      price: String(fill['price']),
      strategy: String(fill['correlationId']).split('/')[1],
    });
  });

  it('says on stderr that nothing fits', () => {
    expect(query('--symbol', 'NOBODY')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'The run july has no event that fits.\n',
    });
  });

  it.each([
    [['--run', 'juli'], /There is no run "juli"\.\nDid you mean july\?/],
    [['--limit', '0'], /"0" is no count of events/],
    [['--limit', '3', '--last', '3'], /'--last <count>' cannot be used with option '--limit <count>'/],
    [['--from', 'yesterday'], /--from: "yesterday" is not a date/],
    [['--store', 'sqlite:nowhere.db'], /There is no event log at "nowhere\.db"/],
    [['--store', 'nowhere.db'], /"nowhere\.db" names no event log\.\nKnown are mongodb:/],
    [['--mongo', 'mongo//anna:s3cret@host'], /--mongo: "\*\*\*@host" is not a URL/],
    [['--store', 'sqlite:a.db', '--redis', 'redis://b'], /There are two places to read/],
  ])('refuses %j', (args, message) => {
    const ran = query(...args);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
    expect(ran.stderr).not.toContain('s3cret');
  });

  it('names the runs that are kept as well, the newest first, and which of them it answers for', async () => {
    await writeRuns(folder.path, { first: 300, second: 200, third: 100 });
    const query = (...args: readonly string[]) =>
      tradekit(['log', 'query', '--limit', '1', '--json', ...args], { cwd: folder.path });
    expect(query('--run', 'nosuch')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is no run "nosuch".\nRuns: third, second, first\n',
    });
    const newest = query();
    expect(newest.stderr).toBe('The run third, the one of 3 written last: third, second, first.\n');
    expect(lines(newest)).toEqual([events[0]?.line]);
    expect(query('--run', 'first')).toMatchObject({ code: 0, stderr: '' });
    expect(query('--store', 'sqlite:.tradekit/runs/first.db')).toMatchObject({ code: 0, stderr: '' });
  });

  it('tells a run in the time and money of its own market, unless another one is named', async () => {
    mkdirSync(join(folder.path, '.tradekit/runs'), { recursive: true });
    await using store = openSqliteStore(join(folder.path, '.tradekit/runs/newyork.db'));
    const feed = JSON.stringify({ feed: { instruments: [] }, flags: { market: 'us' } });
    const ours: Store = {
      ...store,
      start: (request) => store.start({ ...request, run: { ...RECORDED, feed } }),
    };
    await (await openStoreWriter(ours, events)).write();
    const closed = (...args: readonly string[]) =>
      tradekit(['log', 'query', '--channel', 'position_closed', ...args], { cwd: folder.path }).stdout;
    // In July Mumbai (+05:30) is nine hours and a half ahead of New York (-04:00): its 09:15 is 23:45 of the day before.
    expect(closed('--limit', '1')).toMatch(/^07-0[56] \d\d:\d\d .* [+-]\$[\d,.]+ /);
    expect(closed()).toBe(closed('--market', 'us'));
    expect(closed('--market', 'nse', '--limit', '1')).toMatch(/^07-06 \d\d:\d\d .* [+-]₹/);
    const [first] = events;
    const { at } = JSON.parse(first?.line ?? '{}') as { at: number };
    expect(new Date(at).toISOString()).toBe('2015-07-06T03:45:00.000Z');
    const minute = ['--json', '--from', '2015-07-05T23:45', '--to', '2015-07-05T23:45'];
    const found = tradekit(['log', 'query', ...minute], { cwd: folder.path });
    expect(lines(found)[0]).toBe(first?.line);
  });

  it('reads all runs that are kept, each once, in the order in which they were begun', async () => {
    await writeRuns(folder.path, { first: 300, second: 200, third: 100 });
    const ask = (...args: readonly string[]) => tradekit(['log', ...args], { cwd: folder.path });
    // What is copied bears the times of its run, not those of the copy.
    for (const name of ['second', 'first']) ask('--store', `sqlite:.tradekit/runs/${name}.db`);
    rmSync(join(folder.path, '.tradekit/runs/second.db'));
    const ran = ask('query', '--run', 'all', '--channel', 'position_closed', '--csv');
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const [header = '', ...rows] = lines(ran);
    const column = header.split(',').indexOf('run');
    const ofEach = linesOf('EXECUTION.POSITION_CLOSED').length;
    expect(rows.map((row) => row.split(',')[column])).toEqual(
      ['first', 'second', 'third'].flatMap((name) => Array<string>(ofEach).fill(name)),
    );
  });

  it('reads the run written last, though an older one was copied into the log after it', async () => {
    await writeRuns(folder.path, { first: 300, second: 200 });
    const ask = (...args: readonly string[]) =>
      tradekit(['log', ...args], { cwd: folder.path })
        .stderr.trim()
        .split('\n')
        .at(-1);
    ask('--store', 'sqlite:.tradekit/runs/first.db');
    expect(ask('query', '--limit', '1')).toBe('The run second, the one of 2 written last: second, first.');
    expect(ask('tail', '--last', '1')).toBe('The feed of the run second has ended.');
    rmSync(join(folder.path, '.tradekit/runs/first.db'));
    expect(ask('query', '--limit', '1')).toBe('The run second, the one of 2 written last: second, first.');
    expect(ask('query', '--limit', '1', '--run', 'first')).toBe('');
    renameSync(join(folder.path, '.tradekit/runs/second.db'), join(folder.path, 'second.db'));
    ask('--store', 'sqlite:second.db');
    ask('--store', 'sqlite:second.db', '--to', 'sqlite:archive.db');
    await writeRuns(folder.path, { third: 100 });
    ask('--store', 'sqlite:.tradekit/runs/third.db', '--to', 'sqlite:archive.db');
    expect(ask('query', '--limit', '1', '--store', 'sqlite:archive.db')).toBe(
      'The run third, the one of 2 last copied into sqlite:archive.db: third, second.',
    );
  });

  it('says which of the kept runs cannot be read, and reads the others', async () => {
    await writeRuns(folder.path, { july: 100 });
    writeFileSync(join(folder.path, '.tradekit/runs/notes.db'), 'no database at all'.repeat(100));
    const ran = tradekit(['log', 'query', '--run', 'all', '--limit', '1', '--json'], { cwd: folder.path });
    expect(lines(ran)).toEqual([events[0]?.line]);
    expect(ran.stderr).toMatch(/^Left out: sqlite:\.tradekit\/runs\/notes\.db\. \S/);
  });

  it('names the nearest to a symbol that the run does not have, where the run says what it has', async () => {
    const instruments = ['ABFRL', 'FRL'].map((symbol) => ({
      symbol,
      type: 'equity',
      tick: 0.05,
      lot: 1,
      decimals: 2,
    }));
    const feed = JSON.stringify({ feed: { source: 'csv:july.csv', baseTimeframeMs: 60_000, instruments } });
    await writeRuns(folder.path, { told: 100 }, feed);
    for (const command of ['query', 'tail']) {
      expect(tradekit(['log', command, '--symbol', 'FLR'], { cwd: folder.path })).toEqual({
        code: 1,
        stdout: '',
        stderr: 'There is no symbol "FLR" in the run told.\nDid you mean FRL? Symbols: ABFRL, FRL\n',
      });
    }
    const known = tradekit(['log', 'query', '--symbol', 'FRL', '--limit', '1'], { cwd: folder.path });
    expect(known).toMatchObject({ code: 0, stdout: expect.stringContaining('FRL'), stderr: '' });
  });

  it('says what to do where there is no run yet', () => {
    const ran = tradekit(['log', 'query'], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^There is no run in "\.tradekit\/runs" yet\.\nStart one: tradekit run-all/);
  });

  it('refuses a file of something else', () => {
    writeFileSync(
      join(folder.path, 'notes.db'),
      'no database at all, but long enough to be read as one'.repeat(50),
    );
    const ran = tradekit(['log', 'query', '--store', 'sqlite:notes.db'], { cwd: folder.path });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('"notes.db"');
  });

  it('ends quietly when its reader has seen enough', async () => {
    const { child, stdout, stderr, ended } = start(['log', 'query', '--json'], copied.path);
    await stdout.until(/SESSION_OPENED/);
    child.stdout?.destroy();
    expect(await ended).toBe(0);
    expect(stderr.text()).toBe('');
  });

  it('takes no filter from the settings of other commands', () => {
    writeFileSync(join(copied.path, 'tradekit.json'), '{ "from": "2016-01-01", "symbol": "X" }');
    const ran = query('--json', '--channel', 'order_placed');
    writeFileSync(join(copied.path, 'tradekit.json'), '{}');
    expect(lines(ran)).toEqual(linesOf('EXECUTION.ORDER_PLACED'));
  });
});

describe('tradekit log', () => {
  const source = join(copied.path, '.tradekit/runs/july.db');

  it('copies the named store into a file, which is then read as the newest', () => {
    const ran = tradekit(['log', '--store', `sqlite:${source}`], { cwd: folder.path });
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toMatch(/Copied [\d,]+ events of the run july: the log has all of it\.\n$/);
    const all = tradekit(['log', 'query', '--json'], { cwd: folder.path });
    expect(lines(all)).toEqual(events.map(({ line }) => line));
    expect(all.stderr).toBe('');
  });

  it('goes on from where it was, and does nothing where it has everything', () => {
    const args = ['log', '--store', `sqlite:${source}`, '--to', 'sqlite:archive.db'];
    tradekit(args, { cwd: folder.path });
    expect(tradekit(args, { cwd: folder.path }).stderr).toContain(
      'Copied 0 events of the run july: the log has all',
    );
  });

  it('takes one target', () => {
    const args = [
      'log',
      '--store',
      `sqlite:${source}`,
      '--to',
      'sqlite:a.db',
      '--mongo',
      'mongodb://localhost',
    ];
    expect(tradekit(args, { cwd: folder.path })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^There are two places to copy into/),
    });
  });

  it('refuses to write into a store', () => {
    const args = ['log', '--store', `sqlite:${source}`, '--to', `sqlite:${source}`];
    expect(tradekit(args, { cwd: folder.path })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not an event log of tradekit'),
    });
  });
});

describe('tradekit log, with a fake of MongoDB', () => {
  let fake: FakeMongo;
  beforeAll(async () => {
    fake = await startFakeMongo();
  });
  afterAll(() => fake.down());

  it('copies while it goes away and comes back, saying each once, and reads it back', async () => {
    const source = join(copied.path, '.tradekit/runs/july.db');
    await fake.down();
    const env = { TRADEKIT_MONGO: fake.url };
    const { stderr, ended } = start(['log', '--store', `sqlite:${source}`], folder.path, env);
    await stderr.until(/cannot be reached: .*It is tried again until it is back/);
    await fake.up();
    expect([await ended, stderr.text()]).toEqual([0, expect.stringMatching(/the log has all of it\.\n$/)]);
    expect(stderr.text().match(/cannot be reached/g)).toHaveLength(1);
    expect(stderr.text().match(/The event log is back/g)).toHaveLength(1);
    const reader = start(['log', 'query', '--json', '--mongo', fake.url], folder.path);
    expect(await reader.ended).toBe(0);
    expect(reader.stdout.text().split('\n').slice(0, -1)).toEqual(events.map(({ line }) => line));
  });

  it('says which password is wrong without saying it', async () => {
    const strict = await startFakeMongo({ refusesUsers: true });
    const url = strict.url.replace('//', '//anna:s3cret@');
    const { stderr, ended } = start(['log', 'query'], folder.path, { TRADEKIT_MONGO: url });
    expect(await ended).toBe(1);
    expect(stderr.text()).toMatch(
      /^The event log at mongodb:\/\/\*\*\*@127\.0\.0\.1:\d+\/tradekit does not let us in/,
    );
    expect(stderr.text()).not.toMatch(/s3cret|anna/);
    await strict.down();
  });
});

describe('tradekit log tail', () => {
  it('prints the last events and ends with the feed', () => {
    const ran = tradekit(['log', 'tail', '--last', '3', '--json'], { cwd: copied.path });
    expect(lines(ran)).toEqual(events.slice(-3).map(({ line }) => line));
    expect(ran.stderr).toMatch(/The feed of the run july has ended\.\n$/);
    expect(ran.code).toBe(0);
  });

  it('prints each new event of a run that goes on, and ends with Ctrl-C', async () => {
    const path = join(folder.path, '.tradekit/runs/now.db');
    await using store = openSqliteStore(path);
    const writer = await openStoreWriter(store, events);
    await writer.write(5);
    const { child, stdout, ended } = start(['log', 'tail', '--json', '--last', '1'], folder.path);
    await stdout.until(endOf(5));
    await writer.write(3);
    await stdout.until(endOf(8));
    const [last] = events.filter(({ position: { n } }) => n === 5).slice(-1);
    const following = events.filter(({ position: { n } }) => n > 5 && n <= 8);
    expect(stdout.text()).toBe([last, ...following].map((event) => `${event?.line}\n`).join(''));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('takes the file that was written last, or that of the run that is named', async () => {
    await writeRuns(folder.path, { older: 100, newer: 10 });
    const ran = tradekit(['log', 'tail', '--last', '1'], { cwd: folder.path });
    expect(ran.stderr).toMatch(/^The run newer in sqlite:\.tradekit\/runs\/newer\.db\./m);
    const named = tradekit(['log', 'tail', '--last', '1', '--run', 'older'], { cwd: folder.path });
    expect(named.stderr).toMatch(/^The run older in sqlite:\.tradekit\/runs\/older\.db\./);
  });
});

/** Runs in files of their own, written so many seconds ago. */
async function writeRuns(
  path: string,
  ages: Readonly<Record<string, number>>,
  feed = RECORDED.feed,
): Promise<void> {
  for (const [id, age] of Object.entries(ages)) {
    const file = join(path, '.tradekit/runs', `${id}.db`);
    {
      await using store = openSqliteStore(file);
      await (await openStoreWriter(store, events, { ...RECORDED, id, feed })).write();
    }
    const at = Date.now() / 1000 - age;
    utimesSync(file, at, at);
  }
}

/** The last line of an instant. */
function endOf(n: number): RegExp {
  const { line = '' } = events.filter(({ position }) => position.n === n).at(-1) ?? {};
  return new RegExp(line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

type Started = {
  readonly child: ChildProcess;
  readonly stdout: Heard;
  readonly stderr: Heard;
  /** Its exit code. */
  readonly ended: Promise<unknown>;
};

/** What came out of a stream. */
type Heard = {
  readonly text: () => string;
  /** Resolves when that is there. */
  readonly until: (pattern: RegExp) => Promise<void>;
};

function start(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, [join(PROJECT, 'bin', 'tradekit.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const ended = once(child, 'close').then(([code]) => code);
  return { child, stdout: hear(child.stdout), stderr: hear(child.stderr), ended };
}

function hear(stream: Readable): Heard {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return {
    text: () => text,
    async until(pattern) {
      while (!pattern.test(text)) await once(stream, 'data');
    },
  };
}
