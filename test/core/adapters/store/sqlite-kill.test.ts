import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../../src/core/adapters/store/sqlite.ts';
import { openSqliteReader } from '../../../../src/core/adapters/store/sqlite-reader.ts';
import { BEFORE_ALL, type Position } from '../../../../src/core/domain/events/position.ts';
import type { StoredEvent, StoreReader } from '../../../../src/core/ports/store.ts';
import { freshFolder } from '../../../tradekit.ts';

/** Processes of the built program write and read; so it must be built, as `npm test` sees to. */

const KILLS = 20;
const SEED = Number(process.env['KILL_SEED'] ?? 20_150_706);

const folder = freshFolder();
const path = join(folder.path, 'run.db');
const children: ChildProcess[] = [];

beforeAll(() => openSqliteStore(path)[Symbol.asyncDispose]());
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  folder.remove();
});

function run(script: string, ...args: readonly string[]): { child: ChildProcess; output: () => string } {
  const file = fileURLToPath(new URL(`./processes/${script}`, import.meta.url));
  const child = spawn(process.execPath, [file, path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { child, output: () => text };
}

/** Runs the writer until so many commits were acknowledged and a moment more, then kills it. Gives the last one acknowledged. */
async function writeUntilKilled(commits: number, momentMs: number, synchronous: string): Promise<number> {
  const { child, output } = run('writer.mjs', synchronous);
  while (output().split('\n').length <= commits && child.stdout !== null) await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, momentMs));
  child.kill('SIGKILL');
  const [, signal] = await once(child, 'close');
  expect(signal, 'the writer ran until it was killed').toBe('SIGKILL');
  return Number(output().trim().split('\n').at(-1));
}

async function readEvents(reader: StoreReader, upTo: Position): Promise<readonly StoredEvent[]> {
  return reader.read({ after: BEFORE_ALL, upTo, max: Number.MAX_SAFE_INTEGER });
}

/** As the writer numbers them: n mod 5 events in instant n. */
function expectedPlaces(lastN: number): readonly string[] {
  return Array.from({ length: lastN }, (_, index) => index + 1).flatMap((n) =>
    Array.from({ length: n % 5 }, (_, i) => `${n}.${i}`),
  );
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a store in a file', () => {
  it(`holds exactly the acknowledged commits after ${KILLS} kill -9, with a reader beside (KILL_SEED=${SEED})`, async () => {
    const random = seeded(SEED);
    const beside = run('reader.mjs');
    const reader = openSqliteReader(path);
    let [acked, kept] = [0, 0];
    for (let kill = 0; kill < KILLS; kill += 1) {
      acked = await writeUntilKilled(
        1 + Math.floor(random() * 100),
        random() * 20,
        kill % 4 === 0 ? 'full' : 'normal',
      );
      const { screen } = await reader.done();
      expect([acked, acked + 1], 'at most the one commit whose answer was under way').toContain(screen.n);
      const places = (await readEvents(reader, screen)).map(({ line }) => line.split(' ')[0]);
      expect(places).toEqual(expectedPlaces(screen.n));
      expect(await reader.key('POS:SBIN')).toBe(`${screen.n}`);
      expect(screen.n).toBeGreaterThan(kept);
      kept = screen.n;
      expect(integrity()).toBe('ok');
    }
    beside.child.stdin?.end();
    await once(beside.child, 'close');
    const lines = (await readEvents(reader, (await reader.done()).screen)).map(({ line }) => line);
    expect(JSON.parse(beside.output())).toEqual({
      n: kept,
      events: lines.length,
      wakes: expect.any(Number),
      hash: createHash('sha256').update(lines.join('')).digest('hex'),
    });
    await reader[Symbol.asyncDispose]();
  });
});

function integrity(): unknown {
  const db = new Database(path);
  const [row] = db.prepare('pragma integrity_check').raw(true).all();
  db.close();
  return Array.isArray(row) ? row[0] : row;
}
