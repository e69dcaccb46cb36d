import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STAGE_NAMES, type StageName } from '../../src/core/domain/events/channels.ts';
import { type Counts, countsOf } from '../pipeline/counts.ts';
import {
  differences,
  eventsOfFile,
  eventsOfLog,
  eventsOfLoop,
  eventsOfRedis,
  parsed,
  writeLines,
} from '../pipeline/events.ts';
import { filesLoaded } from '../pipeline/loaded.ts';
import { startPipeline, startStage, untilDone } from '../pipeline/pipeline.ts';
import { endAll, type Service, startService } from '../pipeline/service.ts';
import { choiceArgs, FIVE, feedArgs, firstDays, type PipelineTape, SPY } from '../pipeline/tapes.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../redis-server.ts';
import { type Fate, startRespProxy } from '../resp-proxy.ts';
import { SHARED } from '../shared.ts';
import { mulberry32 } from '../simulation/scheduler.ts';
import { freshFolder } from '../tradekit.ts';

/**
 * The promise of the design: the same candles give the same events, byte for byte, in the plain loop, in one process on
 * a file, and in processes of their own on Redis, however these are started, delayed and doubled. `PARITY_SEED=17`
 * repeats the delays of a run.
 */

const SEED = Number(process.env['PARITY_SEED'] ?? Date.now() % 1_000_000);

const folder = freshFolder();
const SHORT = firstDays('20150707', folder.path);
afterAll(() => folder.remove());
afterEach(endAll);

let hosts = 0;

/** Events in a folder of their own. */
function written(events: Parameters<typeof writeLines>[1]): string {
  hosts += 1;
  return writeLines(join(folder.path, `events-${hosts}`), events);
}

async function embedded(tape: PipelineTape, env = {}): Promise<string> {
  const cwd = freshFolder();
  try {
    const args = ['run-all', '--run', 'parity', '--speed', 'max', ...feedArgs(tape), ...choiceArgs(tape)];
    await untilDone([startService(args, { cwd: cwd.path, env })]);
    return written(await eventsOfFile(join(cwd.path, '.tradekit/runs/parity.db')));
  } finally {
    cwd.remove();
  }
}

describe.skipIf(SHARED === undefined || !HAS_REDIS)('parity (needs ../shared/data and redis-server)', () => {
  let server: RedisServer;
  let short: string;

  beforeAll(async () => {
    server = await startRedis();
    short = written(await eventsOfLoop(SHORT));
  });
  afterEach(async () => {
    await server.admin.flushall();
  });
  afterAll(() => server.stop());

  async function ofRedis({ admin } = server): Promise<string> {
    return written(await eventsOfRedis(admin));
  }

  const onShort = () => ({ tape: SHORT, url: server.url, cwd: folder.path });

  it.each([
    { tape: FIVE, most: 'a contest for the last slot' },
    { tape: SPY, most: 'no contest: one symbol' },
  ])('$tape.name: loop, one process and five processes agree', { timeout: 240_000 }, async ({ tape }) => {
    const loop = await eventsOfLoop(tape);
    const counts = countsOf(parsed(loop));
    console.log(`${tape.name}: ${JSON.stringify(counts)}`);
    expectPlenty(counts);
    if (tape === FIVE) expect(counts.contests).toBeGreaterThan(0);
    const expected = written(loop);

    expect(differences(expected, await embedded(tape))).toEqual([]);

    const began = performance.now();
    const copy = join(folder.path, `${tape.name}-log.db`);
    const log = startService(['log', '--redis', server.url, '--to', `sqlite:${copy}`], { cwd: folder.path });
    const services = { ...startPipeline({ tape, url: server.url, cwd: folder.path }), log };
    const pids = Object.entries(services).map(([name, { pid }]) => `${name} ${pid}`);
    await untilDone(Object.values(services));
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `${tape.name}: processes ${pids.join(', ')}; ${counts.candles} candles in ${seconds.toFixed(1)} s, starts included`,
    );
    expect(new Set([process.pid, ...Object.values(services).map(({ pid }) => pid)]).size).toBe(6);
    expect(differences(expected, await ofRedis())).toEqual([]);
    expect(differences(expected, written(await eventsOfLog(copy)))).toEqual([]);
  });

  it('no service loads the engine, which one process does', { timeout: 60_000 }, async () => {
    const ENGINE = ['src/core/domain/engine.ts', 'src/core/services/pipeline/placed-engine.ts'];
    const loaded = async (run: (env: Readonly<Record<string, string>>) => Promise<unknown>) => {
      const coverage = freshFolder();
      await run({ NODE_V8_COVERAGE: coverage.path });
      const files = filesLoaded(coverage.path);
      coverage.remove();
      return files;
    };
    const services = await loaded((env) => untilDone(Object.values(startPipeline({ ...onShort(), env }))));
    for (const name of STAGE_NAMES) expect(services).toContain(`src/core/domain/${name}/${name}.ts`);
    expect(services.filter((file) => ENGINE.includes(file))).toEqual([]);
    expect(await loaded((env) => embedded(SHORT, env))).toEqual(expect.arrayContaining(ENGINE));
    expect(differences(short, await ofRedis())).toEqual([]);
  });

  it.each(STAGE_NAMES)(
    '%s delayed by 0 to 200 ms at each commit changes nothing',
    { timeout: 120_000 },
    async (slow) => {
      const random = mulberry32(SEED);
      let commits = 0;
      const proxy = await startRespProxy(server.port, {
        async onRequest(kind): Promise<Fate> {
          if (kind !== 'commit') return 'pass';
          commits += 1;
          await pause(random() * 200);
          return 'pass';
        },
      });
      await untilDone(Object.values(startPipeline({ ...onShort(), urls: { [slow]: proxy.url } })));
      await proxy.close();
      console.log(`${slow}: ${commits} commits delayed, PARITY_SEED=${SEED}`);
      expect(differences(short, await ofRedis())).toEqual([]);
    },
  );

  it('started in each of the 24 orders they say the same', { timeout: 400_000 }, async () => {
    const orders = permutations(STAGE_NAMES);
    expect(orders).toHaveLength(24);
    const other = await startRedis();

    /** One order after the other, each service started when the one before it has reported. */
    async function inTurn(own: RedisServer, part: typeof orders): Promise<void> {
      for (const order of part) {
        const services: Service[] = [];
        for (const name of order) {
          const service = startStage(name, { ...onShort(), url: own.url });
          services.push(service);
          await service.saying(/waiting for screen|, epoch 1, process/);
        }
        await untilDone(services);
        expect(differences(short, await ofRedis(own)), order.join(' ')).toEqual([]);
        await own.admin.flushall();
      }
    }

    await Promise.all([inTurn(server, orders.slice(0, 12)), inTurn(other, orders.slice(12))]);
    await other.stop();
  });

  it('two copies of each: the older ends with its one sentence, the events are the same', {
    timeout: 120_000,
  }, async () => {
    const options = { ...onShort(), speed: '2000' };
    const older = startPipeline(options);
    await Promise.all(Object.values(older).map((service) => service.saying(/, epoch 1, process/)));
    const younger = startPipeline({ ...options, more: ['--take-over'] });
    await untilDone(Object.values(younger));
    for (const name of STAGE_NAMES) {
      expect(await older[name].exit).toEqual({ code: 1, signal: null });
      expect(older[name].said.filter(isNoStart)).toEqual([
        `Another copy of ${name} has taken its place: this one ends.`,
        'Nothing is lost. Run one copy of each service.',
      ]);
      expect(younger[name].said.join('\n')).toContain(', epoch 2, process');
    }
    expect(differences(short, await ofRedis())).toEqual([]);
  });
});

function isNoStart(line: string): boolean {
  return !/waiting for screen|, epoch \d+, process/.test(line);
}

function expectPlenty({ closed, directions, exitReasons, rejections }: Counts): void {
  expect(closed).toBeGreaterThanOrEqual(30);
  expect(directions).toEqual(['long', 'short']);
  expect(Object.keys(exitReasons).length).toBeGreaterThanOrEqual(3);
  expect(Object.keys(rejections).length).toBeGreaterThanOrEqual(5);
  expect(rejections['CONFLICT']).toBeGreaterThan(0);
}

function permutations(names: readonly StageName[]): readonly (readonly StageName[])[] {
  if (names.length === 0) return [[]];
  return names.flatMap((first) =>
    permutations(names.filter((name) => name !== first)).map((rest) => [first, ...rest]),
  );
}
