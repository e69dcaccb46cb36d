import { describe, expect, it } from 'vitest';
import type { ChildProcess, Launcher, ProcessEnd } from '../../../src/core/ports/processes.ts';
import { superviseServices } from '../../../src/core/services/supervise.ts';
import { createFakeClock, settle } from './fake-clock.ts';

/** Processes that live and die as a test says. */

type FakeProcess = {
  readonly args: readonly string[];
  end(code?: number): Promise<void>;
  killedBy(signal: string): Promise<void>;
  write(line: string): void;
};

const STARTS = ['screen', 'mse', 'exec'];

function supervised(obeys: (name: string) => boolean = () => true, lookers: readonly string[] = []) {
  const clock = createFakeClock();
  const stop = new AbortController();
  const said: string[] = [];
  const done: string[] = [];
  const lives: FakeProcess[] = [];

  const launcher: Launcher = {
    launch(args, onLine): ChildProcess {
      const [name = ''] = args;
      let end = (_: ProcessEnd): void => {};
      const ended = new Promise<ProcessEnd>((resolve) => {
        end = resolve;
      });
      lives.push({
        args,
        write: onLine,
        async end(code = 0) {
          end({ code, signal: undefined });
          await settle();
        },
        async killedBy(signal) {
          end({ code: undefined, signal });
          await settle();
        },
      });
      return {
        pid: lives.length,
        ended: ended.then((how) => {
          done.push(`${name} ended`);
          return how;
        }),
        stop() {
          done.push(`stop ${name}`);
          if (obeys(name)) end({ code: 0, signal: undefined });
        },
        kill() {
          done.push(`kill ${name}`);
          end({ code: undefined, signal: 'SIGKILL' });
        },
      };
    },
  };
  const world = { isGone: false };
  const services = [...STARTS, ...lookers].map((name) => ({
    name,
    args: [name, '--from', 'x'],
    argsAgain: ['--take-over'],
    looksOn: lookers.includes(name),
  }));
  const over = superviseServices({
    services,
    launcher,
    clock,
    signal: stop.signal,
    say: (line) => void said.push(line),
    async checkAgain() {
      if (world.isGone) throw new Error('the run is gone');
    },
  });
  function newest(name: string): FakeProcess {
    const found = lives.findLast(({ args }) => args[0] === name);
    return found ?? expect.unreachable(`${name} was never started`);
  }
  const startsOf = (name: string) => lives.filter(({ args }) => args[0] === name).length;
  return { clock, stop, said, world, done, over, newest, startsOf, lives };
}

describe('supervised services', () => {
  it('start together, each with its arguments, and end when all have ended', async () => {
    const { over, lives, newest } = supervised();
    expect(lives.map(({ args }) => args.join(' '))).toEqual(STARTS.map((name) => `${name} --from x`));
    for (const name of STARTS) await newest(name).end();
    expect(await over).toBe('ended');
  });

  it('are heard line by line', async () => {
    const { newest, said } = supervised();
    newest('mse').write('mse: run july on redis');
    expect(said).toEqual(['mse: run july on redis']);
  });

  it('are started again where they were killed, in the place of the copy that was', async () => {
    const { newest, startsOf, clock, said } = supervised();
    await newest('mse').killedBy('SIGKILL');
    expect(said).toEqual(['mse: process 2 died of SIGKILL; starting it again in 0.25 s.']);
    await clock.pass(249);
    expect(startsOf('mse')).toBe(1);
    await clock.pass(1);
    expect(newest('mse').args.join(' ')).toBe('mse --from x --take-over');
    expect([startsOf('screen'), startsOf('exec')]).toEqual([1, 1]);
  });

  it('are started again where they ended by themselves, and push nobody aside then', async () => {
    const { newest, clock, said } = supervised();
    newest('mse').write('mse already runs: its last heartbeat is 1 s old.');
    await newest('mse').end(1);
    expect(said.at(-1)).toBe('mse: process 2 ended with code 1; starting it again in 0.25 s.');
    await clock.pass(250);
    expect(newest('mse').args.join(' ')).toBe('mse --from x');
    await newest('mse').killedBy('SIGKILL');
    await clock.pass(500);
    expect(newest('mse').args).toContain('--take-over');
    await newest('mse').end(1);
    await clock.pass(1000);
    expect(newest('mse').args).not.toContain('--take-over');
  });

  it('are started again where somebody stopped one while others go on, pushing nobody aside', async () => {
    const { newest, clock, startsOf, said, over } = supervised();
    await newest('exec').end(0);
    await clock.pass(4999);
    expect(startsOf('exec')).toBe(1);
    await clock.pass(1);
    expect(said).toEqual(['exec: process 3 was stopped while others go on; starting it again.']);
    expect(newest('exec').args.join(' ')).toBe('exec --from x');
    for (const name of STARTS) await newest(name).end();
    expect(await over).toBe('ended');
  });

  it.each([1, 0])(
    'are not started again where none may go on (ended with %d): all are stopped',
    async (code) => {
      const { newest, clock, startsOf, world, done, over } = supervised();
      const failed = over.catch((error: Error) => error.message);
      await newest('mse').end(code);
      if (code === 0) await clock.pass(4999);
      else await clock.pass(250);
      expect(startsOf('mse')).toBe(code === 0 ? 1 : 2);
      world.isGone = true;
      if (code === 0) await clock.pass(1);
      else await newest('mse').end(code);
      expect(await failed).toBe('the run is gone');
      expect(startsOf('mse')).toBe(code === 0 ? 1 : 2);
      expect(done).toEqual(
        expect.arrayContaining(['stop screen', 'stop exec', 'screen ended', 'exec ended']),
      );
    },
  );

  it('end together with a run that is over: who only looks on may take longer, and is then waited for', async () => {
    const { newest, clock, startsOf, over } = supervised(() => true, ['log']);
    for (const name of STARTS) await newest(name).end(0);
    await clock.pass(60_000);
    expect([...STARTS, 'log'].map(startsOf)).toEqual([1, 1, 1, 1]);
    await newest('log').end(0);
    expect(await over).toBe('ended');
  });

  it('start one that only looks on again, too, while there is something to see', async () => {
    const { newest, clock, startsOf } = supervised(() => true, ['log']);
    await newest('log').end(0);
    await clock.pass(5000);
    expect(startsOf('log')).toBe(2);
  });

  it('wait twice as long after each death, and begin anew once they have lived', async () => {
    const { newest, clock, startsOf, said } = supervised();
    for (const waitMs of [250, 500, 1000, 2000]) {
      const before = startsOf('exec');
      await newest('exec').end(70);
      await clock.pass(waitMs - 1);
      expect(startsOf('exec')).toBe(before);
      await clock.pass(1);
      expect(startsOf('exec')).toBe(before + 1);
    }
    await clock.pass(10_000);
    await newest('exec').end(70);
    expect(said.at(-1)).toBe('exec: process 7 ended with code 70; starting it again in 0.25 s.');
  });

  it('are given up after five deaths in a row; the others are stopped, and its last words repeated', async () => {
    const { newest, clock, over, done, startsOf } = supervised();
    const failure = expect(over).rejects.toMatchObject({
      code: 'CONFIG',
      message: 'mse ended 5 times in a row: "strategies.json: no such indicator."',
      hint: expect.stringContaining('tradekit mse --help'),
    });
    for (let deaths = 0; deaths < 5; deaths += 1) {
      newest('mse').write('strategies.json: no such indicator.');
      await newest('mse').end(1);
      await clock.pass(2000);
    }
    await failure;
    expect(startsOf('mse')).toBe(5);
    expect(done.slice(5)).toEqual(['stop screen', 'screen ended', 'stop mse', 'stop exec', 'exec ended']);
  });

  it('are stopped one after the other, in their order', async () => {
    const { stop, over, done } = supervised();
    await settle();
    stop.abort();
    expect(await over).toBe('stopped');
    expect(done).toEqual(STARTS.flatMap((name) => [`stop ${name}`, `${name} ended`]));
  });

  it('are killed where they have not ended after five seconds', async () => {
    const { stop, over, done, clock, said } = supervised((name) => name !== 'mse');
    stop.abort();
    await clock.pass(4999);
    expect(done).toEqual(['stop screen', 'screen ended', 'stop mse']);
    await clock.pass(1);
    expect(await over).toBe('stopped');
    expect(done.slice(3)).toEqual(['kill mse', 'mse ended', 'stop exec', 'exec ended']);
    expect(said).toEqual([]);
  });

  it('are not started again once they are being stopped', async () => {
    const { stop, over, newest, clock, startsOf } = supervised();
    await newest('exec').end(1);
    stop.abort();
    expect(await over).toBe('stopped');
    await clock.pass(10_000);
    expect(startsOf('exec')).toBe(1);
  });
});
