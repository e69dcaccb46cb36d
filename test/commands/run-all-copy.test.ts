import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeMongo, startFakeMongo } from '../fake-mongo/start.ts';
import { startTradekit } from '../running.ts';
import { freshFolder, tradekit } from '../tradekit.ts';
import { writeEarlyStrategies } from './early-strategies.ts';

/** One process that also copies its run, into a fake of MongoDB. */

const folder = freshFolder();
const cwd = folder.path;
const SHORT = ['--to', '2015-07-06', '--speed', 'max'];
let fake: FakeMongo;

beforeAll(async () => {
  fake = await startFakeMongo();
  writeEarlyStrategies(cwd);
});
afterAll(async () => {
  await fake.down();
  folder.remove();
});

describe('run-all --mongo in one process', { timeout: 60_000 }, () => {
  it('copies every event of the run', async () => {
    const run = startTradekit(['run-all', '--run', 'copied', ...SHORT, '--mongo', fake.url], { cwd });
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    const kept = tradekit(['log', 'query', '--json', '--store', 'sqlite:.tradekit/runs/copied.db'], { cwd });
    const lines = kept.stdout.trim().split('\n');
    expect(lines.length).toBeGreaterThan(1800);
    expect(stderr).toContain(
      `log: Copied ${lines.length.toLocaleString('en')} events of the run copied: the log has all of it.`,
    );
    const copy = startTradekit(['log', 'query', '--json', '--run', 'copied', '--mongo', fake.url], { cwd });
    expect((await copy.ended).stdout).toBe(kept.stdout);
  });

  it('trades to the end while MongoDB is away, and is told to stop waiting for it', async () => {
    await fake.down();
    const run = startTradekit(['run-all', '--run', 'alone', ...SHORT, '--mongo', fake.url], { cwd });
    await run.heard(/By exit reason/);
    await run.heard(/log: .* It is tried again until it is back; trading does not wait for it\./);
    run.send('SIGINT');
    const { code, stderr } = await run.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('log: Copied 0 events of the run alone; tradekit log goes on from there.');
    await fake.up();
  });
});
