import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteReader } from '../../src/core/adapters/store/sqlite-reader.ts';
import { BEFORE_ALL, endOfInstant, formatPosition } from '../../src/core/domain/events/position.ts';
import { startTradekit } from '../running.ts';
import { freshFolder, type Ran, tradekit } from '../tradekit.ts';
import { writeEarlyStrategies } from './early-strategies.ts';

/** `tradekit run-all` in one process, as a user runs, interrupts, kills and resumes it. */

const folder = freshFolder();
const cwd = folder.path;
afterAll(folder.remove);

/** Two sessions of the bundled candles. */
const SHORT = ['--to', '2015-07-07'];
/** An instant each 30 ms: there is time to end it. */
const SLOW = ['--speed', '2000'];
const FAST = ['--speed', 'max'];

function start(...args: readonly string[]) {
  return startTradekit(['run-all', ...args], { cwd });
}

function run(...args: readonly string[]): Ran {
  return tradekit(['run-all', ...args], { cwd });
}

function fileOf(id: string): string {
  return join(cwd, '.tradekit', 'runs', `${id}.db`);
}

/** What a run's file keeps of it, but for the wall clock. */
async function rowsOf(id: string): Promise<readonly string[]> {
  await using reader = openSqliteReader(fileOf(id));
  const upTo = endOfInstant(100_000);
  const events = await reader.read({ after: BEFORE_ALL, upTo, max: 1_000_000 });
  return events.map(({ position, channel, line }) => `${formatPosition(position)} ${channel} ${line}`);
}

/** From the verdict on. */
function summaryOf({ stdout }: Ran): string {
  const from = stdout.search(/^FCEL, /m);
  return from === -1 ? '' : stdout.slice(from);
}

let whole: Ran = { code: null, stdout: '', stderr: '' };
let rows: readonly string[] = [];

beforeAll(async () => {
  writeEarlyStrategies(cwd);
  whole = run('--run', 'whole', ...SHORT, ...FAST);
  rows = await rowsOf('whole');
});

describe('a run', { timeout: 60_000 }, () => {
  it('shows orders, fills and closes, a line for each session, and the summary', () => {
    expect(whole.code).toBe(0);
    expect(whole.stdout.match(/^── 2015-07-\d\d /gm)).toHaveLength(2);
    expect(whole.stdout).toMatch(/→ order .*\n(.*\n)*.* target .*\n(.*\n)*.*By exit reason/);
    expect(summaryOf(whole)).toMatch(/Trades +\d+ trades/);
    expect(whole.stderr).toContain('Run whole, every event kept in .tradekit/runs/whole.db.');
    expect(rows.length).toBeGreaterThan(3000);
  });

  it('ended by Ctrl-C prints the summary so far, and goes on with --resume as if nothing had been', async () => {
    const interrupted = start('--run', 'interrupted', ...SHORT, ...SLOW);
    await interrupted.heard(/→ order/);
    interrupted.send('SIGINT');
    const first = await interrupted.ended;
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('Interrupted');
    expect(first.stdout).toContain('tradekit run-all --resume');
    const sofar = await rowsOf('interrupted');
    expect(sofar).toEqual(rows.slice(0, sofar.length));

    const resumed = run('--resume', 'interrupted', ...FAST);
    expect([resumed.code, summaryOf(resumed)]).toEqual([0, summaryOf(whole)]);
    expect(resumed.stderr).toMatch(/Going on with it: its first \d+ instants are folded again, unshown\./);
    expect(await rowsOf('interrupted')).toEqual(rows);
    expect(first.stdout.match(/^\d\d-\d\d .*→ order/gm)?.length).toBeGreaterThan(0);
  });

  it('killed goes on with --resume --take-over, and ends with the same trades and the same events', async () => {
    const killed = start('--run', 'killed', ...SHORT, ...SLOW);
    await killed.heard(/(bought|sold)/);
    killed.send('SIGKILL');
    expect((await killed.ended).code).toBeNull();
    expect((await rowsOf('killed')).length).toBeGreaterThan(0);

    const resumed = run('--resume', 'killed', '--take-over', ...FAST);
    expect([resumed.code, summaryOf(resumed)]).toEqual([0, summaryOf(whole)]);
    expect(await rowsOf('killed')).toEqual(rows);
  });

  it('that is over says the same again when resumed, and shows no line twice', async () => {
    const again = run('--resume', 'whole', ...FAST);
    expect([again.code, summaryOf(again)]).toEqual([0, summaryOf(whole)]);
    expect(again.stdout).not.toContain('→ order');
    expect(again.stderr).toMatch(/\nThe run whole was over already: this is what it came to\.\n$/);
    expect(await rowsOf('whole')).toEqual(rows);
  });
});

describe('a run that was halted', { timeout: 60_000 }, () => {
  /** The kill switch as another process sets it; whether it stands. */
  function halt(id: string): void {
    const db = new Database(fileOf(id));
    db.prepare('insert into key values (?, ?)').run('TG:KILL', '"the dashboard of run-all"');
    db.close();
  }
  function isHalted(id: string): boolean {
    const db = new Database(fileOf(id));
    const [row] = db.prepare("select count(*) from key where name = 'TG:KILL'").raw(true).all();
    db.close();
    return JSON.stringify(row) === '[1]';
  }

  it('says so when it is gone on with, trades nothing, and trades again with --allow-entries', async () => {
    const begun = start('--run', 'halted', ...SHORT, ...SLOW);
    await begun.heard(/→ order/);
    begun.send('SIGINT');
    await begun.ended;
    halt('halted');
    const standing = start('--resume', 'halted', ...SLOW);
    await standing.heard(/cancelled .*kill switch/);
    standing.send('SIGINT');
    const stood = await standing.ended;
    expect(stood.stdout).toMatch(
      /Next\n +tradekit run-all --resume --allow-entries\n +takes the kill switch away/,
    );
    expect(stood.stderr).toContain(
      'The kill switch stands, set by "the dashboard of run-all": no entry is placed. --resume --allow-entries takes it away.',
    );
    const freed = run('--resume', 'halted', '--allow-entries', ...FAST);
    expect(freed.stderr).toContain('The kill switch is taken away: entries are placed again.');
    expect(freed.stdout).toContain('→ order');
    expect(isHalted('halted')).toBe(false);
  });

  it('has nothing to allow where it is new, and over Redis', () => {
    const fresh = run('--allow-entries', ...SHORT);
    expect([fresh.code, fresh.stderr]).toEqual([
      1,
      'A new run has no kill switch that "--allow-entries" could take away.\nName the run that was halted: tradekit run-all --resume --allow-entries\n',
    ]);
    const shared = run('--allow-entries', '--redis', 'redis://localhost:1');
    expect([shared.code, shared.stderr]).toEqual([
      1,
      'Over Redis the kill switch is a key, which no service may take away.\nWhoever may (the user ops of examples/redis/users.acl) does it: redis-cli DEL TG:KILL\n',
    ]);
  });
});

describe('a second process on the same run', { timeout: 60_000 }, () => {
  it('is refused beside a living one, and takes its place where it is told to', async () => {
    const living = start('--run', 'shared', ...SHORT, '--speed', '600');
    await living.heard(/→ order/);
    const second = start('--resume', 'shared', ...FAST);
    const refused = await second.ended;
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /The run's process was heard a moment ago: waiting \d+ s to be sure that it is gone/,
    );
    expect(refused.stderr).toMatch(
      /screen already runs: its last heartbeat is \d s old\.\nStop that one first, or take its place with --take-over\.\n$/,
    );

    const third = start('--resume', 'shared', '--take-over', ...FAST);
    const [first, taken] = await Promise.all([living.ended, third.ended]);
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/Another copy of this run has taken its place: this one ends\.\n.*\n$/);
    expect(taken.code).toBe(0);
    expect(await rowsOf('shared')).toEqual(rows);
  });
});

describe('a run that cannot be', () => {
  it('says which runs there are where there is none of that name', () => {
    expect(run('--resume', 'nosuch')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^There is no run "nosuch" in \.tradekit\/runs\.\nThe newest there: .*whole.*\n$/,
      ),
    });
  });

  it('says how to begin one where there is none at all', () => {
    const empty = freshFolder();
    expect(tradekit(['run-all', '--resume'], { cwd: empty.path })).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'There is no run in .tradekit/runs.\ntradekit run-all starts one. Runs are looked for in the folder in which they were started.\n',
    });
    expect(empty.files()).toEqual([]);
    empty.remove();
  });

  it('is refused under two names', () => {
    expect(run('--run', 'new', '--resume')).toMatchObject({
      code: 1,
      stderr:
        '"--run" names a new run, and "--resume" goes on with an old one.\nGo on with that one: tradekit run-all --resume new\n',
    });
  });

  it('is refused under a name that is taken, with the next thing to try', () => {
    expect(run('--run', 'whole', ...SHORT)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'There is a run "whole" already: .tradekit/runs/whole.db.\nGo on with it: tradekit run-all --resume whole. Or give the new one another name: --run\n',
    });
  });

  it('is refused where its record was changed, and leaves: whoever mends it need not wait', () => {
    copyFileSync(fileOf('whole'), fileOf('changed'));
    const db = new Database(fileOf('changed'));
    db.exec(`update candle_block set lines = replace(lines, '"close":', '"close":1')`);
    const { code, stderr } = run('--resume', 'changed', ...FAST);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /At "2-0" screen said ".*"close":1\d.* when the run was recorded and says ".*" now/,
    );
    expect(db.prepare('select count(*) from service where beat_at is not null').raw(true).all()).toEqual([
      [0],
    ]);
    db.close();
  });

  it('says so where its folder cannot be made', () => {
    const full = freshFolder();
    writeFileSync(join(full.path, '.tradekit'), 'a file in the way');
    const { code, stdout, stderr } = tradekit(['run-all', ...SHORT], { cwd: full.path });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^The store "\.tradekit\/runs\/.*\.db" could not be reached: ENOTDIR.*\nIs there room on the disk, and may this user write there\?\n$/,
    );
    full.remove();
  });
});
