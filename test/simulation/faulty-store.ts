import { TradekitError } from '../../src/core/domain/error.ts';
import type { Store } from '../../src/core/ports/store.ts';
import type { Scheduler } from './scheduler.ts';

/** What a simulated process dies of: nothing of it runs on. */
export class Crash extends Error {}

export type Faults = {
  /** At each of the two awaits of a call: before its effect, and after it. */
  readonly crash: number;
  /** The effect is there, the reply is not. */
  readonly lostReply: number;
  /** Neither is. */
  readonly unreachable: number;
  /** The caller gives up waiting, and the request takes effect afterwards. */
  readonly lateRequest: number;
};

/** The store as one process sees it over a bad line: each call takes turns, may be lost, and may be the process's last. */
export function createFaultyStore(store: Store, scheduler: Scheduler, faults: Faults): Store {
  let dead = false;

  function mayDie(): void {
    if (scheduler.random() >= faults.crash) return;
    dead = true;
    throw new Crash();
  }

  /** A dead process's calls never come back. */
  function isAlive(): Promise<void> {
    return dead ? new Promise(() => {}) : Promise.resolve();
  }

  async function call<Value>(effect: () => Promise<Value>): Promise<Value> {
    await isAlive();
    await scheduler.turn();
    mayDie();
    if (scheduler.random() < faults.unreachable) throw new TradekitError('CONNECTION', 'Nobody answers.');
    if (scheduler.random() < faults.lateRequest) {
      void later(effect);
      throw new TradekitError('CONNECTION', 'Nobody answers in time.');
    }
    const value = await effect();
    await scheduler.turn();
    await isAlive();
    mayDie();
    if (scheduler.random() < faults.lostReply) throw new TradekitError('CONNECTION', 'The reply was lost.');
    return value;
  }

  /** The wire brings it whenever it likes, also when its sender is dead. */
  async function later(effect: () => Promise<unknown>): Promise<void> {
    for (let wait = Math.floor(scheduler.random() * 30); wait >= 0; wait -= 1) await scheduler.turn();
    await effect().catch(() => {});
  }

  return {
    run: () => call(() => store.run()),
    done: () => call(() => store.done()),
    read: (range) => call(() => store.read(range)),
    key: (name) => call(() => store.key(name)),
    heartbeatAges: () => call(() => store.heartbeatAges()),
    start: (request) => call(() => store.start(request)),
    commit: (...commits) => call(() => store.commit(...commits)),
    heartbeat: (service, epoch) => call(() => store.heartbeat(service, epoch)),
    leave: (service, epoch) => call(() => store.leave(service, epoch)),
    halt: (reason) => call(() => store.halt(reason)),
    resume: () => call(() => store.resume()),
    async *watch(signal, of) {
      for await (const marks of store.watch(signal, of)) {
        await scheduler.turn();
        await isAlive();
        mayDie();
        yield marks;
      }
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
