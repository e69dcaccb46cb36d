import { TradekitError } from '../domain/error.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChildProcess, Launcher, ProcessEnd } from '../ports/processes.ts';

export type Supervision = {
  /** In the order in which they are stopped: who feeds the others first. */
  readonly services: readonly SupervisedService[];
  readonly launcher: Launcher;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Asked before a service is started again. Rejects where none of them may go on: all are stopped then. */
  readonly checkAgain?: () => Promise<void>;
};

export type SupervisedService = {
  readonly name: string;
  readonly args: readonly string[];
  /** Added where it is started again after it was killed: its own heartbeat is still young. */
  readonly argsAgain: readonly string[];
  /** Nobody waits for it: it copies what the others do. */
  readonly looksOn?: boolean;
};

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;
/** Who lived so long did not die of its start. */
const HEALTHY_MS = 10_000;
/** Deaths at the start, one after the other, after which it is given up. */
const MOST_DEATHS = 5;
/** A service that is asked to end has so long. */
const PATIENCE_MS = 5000;
/** So long after the first of them has ended by itself all have, where the run is over. */
const SAME_END_MS = 5000;

/**
 * Runs each service in a process of its own until all have ended, starts again who dies or was stopped while others go on,
 * and at an abort stops them one after the other.
 *
 * @returns `ended` when every service ended by itself
 * @throws CONFIG where one dies again and again, and whatever `checkAgain` says: the others are stopped then
 */
export async function superviseServices(supervision: Supervision): Promise<'ended' | 'stopped'> {
  const { services, signal, clock } = supervision;
  const children = new Map<string, ChildProcess>();
  const working = createWorking();
  const failed = new AbortController();
  const stopping = AbortSignal.any([signal, failed.signal]);
  const lives = services.map((service) =>
    keepAlive(service, supervision, { children, working }, stopping).catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  const all = Promise.allSettled(lives);
  await Promise.race([all, untilAborted(stopping)]);
  if (stopping.aborted) await stopInOrder(services, children, clock);
  const failure = (await all).find((life) => life.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return stopping.aborted ? 'stopped' : 'ended';
}

async function keepAlive(
  { name, args, argsAgain, looksOn = false }: SupervisedService,
  { launcher, clock, say, checkAgain = async () => {} }: Supervision,
  { children, working }: { readonly children: Map<string, ChildProcess>; readonly working: Working },
  signal: AbortSignal,
): Promise<void> {
  let deaths = 0;
  let lastLine = '';
  let launchArgs = args;
  while (!signal.aborted) {
    const startedAt = clock.now();
    const child = launcher.launch(launchArgs, (line) => {
      lastLine = line;
      say(line);
    });
    children.set(name, child);
    if (!looksOn) working.begins(name);
    const end = await child.ended;
    working.ends(name);
    if (end.code === 0) {
      await clock.sleep(SAME_END_MS, AbortSignal.any([signal, working.over]));
      if (signal.aborted || working.over.aborted) return;
      await checkAgain();
      say(`${name}: process ${child.pid} was stopped while others go on; starting it again.`);
      launchArgs = args;
      continue;
    }
    if (signal.aborted) return;
    deaths = clock.now() - startedAt < HEALTHY_MS ? deaths + 1 : 1;
    if (deaths >= MOST_DEATHS) throw gaveUp(name, deaths, lastLine);
    await checkAgain();
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (deaths - 1), LONGEST_WAIT_MS);
    say(`${name}: process ${child.pid} ${howItEnded(end)}; starting it again in ${waitMs / 1000} s.`);
    // Who ended by itself has left, so a heartbeat that is still young is another's: that one must not be pushed aside.
    launchArgs = end.signal === undefined ? args : [...args, ...argsAgain];
    await clock.sleep(waitMs, signal);
  }
}

/** The services that others may wait for. */
type Working = {
  begins(name: string): void;
  ends(name: string): void;
  /** Aborts when the last of them has ended. */
  readonly over: AbortSignal;
};

function createWorking(): Working {
  const names = new Set<string>();
  const over = new AbortController();
  return {
    begins: (name) => void names.add(name),
    ends(name) {
      if (names.delete(name) && names.size === 0) over.abort();
    },
    over: over.signal,
  };
}

async function stopInOrder(
  services: readonly SupervisedService[],
  children: ReadonlyMap<string, ChildProcess>,
  clock: Clock,
): Promise<void> {
  for (const { name } of services) {
    const child = children.get(name);
    if (child === undefined) continue;
    child.stop();
    const patience = new AbortController();
    const isLate = await Promise.race([
      child.ended.then(() => false),
      clock.sleep(PATIENCE_MS, patience.signal).then(() => true),
    ]);
    patience.abort();
    if (isLate) child.kill();
    await child.ended;
  }
}

function howItEnded({ code, signal }: ProcessEnd): string {
  return signal === undefined ? `ended with code ${code ?? '?'}` : `died of ${signal}`;
}

function gaveUp(name: string, deaths: number, lastLine: string): TradekitError {
  return new TradekitError('CONFIG', `${name} ended ${deaths} times in a row: "${lastLine}"`, {
    hint: `What it said before stands above. Mend that, or run it alone to see more: tradekit ${name} --help`,
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
