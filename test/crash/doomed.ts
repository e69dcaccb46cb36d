import type { StageName } from '../../src/core/domain/events/channels.ts';
import { type PipelineOptions, startStage } from '../pipeline/pipeline.ts';
import type { Service } from '../pipeline/service.ts';
import { type Fate, startRespProxy } from '../resp-proxy.ts';

/** Where a service is killed: its input read, its commit not sent, its commit done and the reply not heard. */
export const POINTS = ['after read', 'before commit', 'commit done, reply lost'] as const;
export type Point = (typeof POINTS)[number];

export type Doom = {
  readonly name: StageName;
  readonly options: Omit<PipelineOptions, 'urls'>;
  readonly port: number;
  /** One for each life but the last, which ends by itself. */
  readonly deaths: readonly Point[];
  /** So many die whatever the others do, the rest in turn. */
  readonly together: number;
  readonly turn: Turn;
  readonly random: () => number;
  /** The last death waits for this. */
  readonly mayDieLast?: () => boolean;
  readonly onDeath: () => void;
};

export type Lives = {
  /** From the start of a process to the reply to its first commit, the others living: for each that came so far. */
  readonly recoveriesMs: readonly number[];
  readonly pids: readonly number[];
  readonly diedAt: readonly Point[];
};

/** One service at a time is dead, or back and yet without a commit. */
export type Turn = {
  /** True where it is free and nobody has asked before; who is refused stays in the queue, and asks again. */
  tryTake(name: StageName): boolean;
  giveBack(): void;
};

export function createTurn(): Turn {
  const queue: StageName[] = [];
  let isTaken = false;
  return {
    tryTake(name) {
      if (!queue.includes(name)) queue.push(name);
      if (isTaken || queue[0] !== name) return false;
      queue.shift();
      isTaken = true;
      return true;
    },
    giveBack() {
      isTaken = false;
    },
  };
}

/** A service that dies of kill -9 again and again, each time at a point of its own, and is started again at once. */
export async function liveAndDie(doom: Doom): Promise<Lives> {
  const { name, options, port, deaths, together, turn, random, mayDieLast = () => true } = doom;
  const recoveriesMs: number[] = [];
  const pids: number[] = [];
  const diedAt: Point[] = [];
  let life: { readonly service: Service; readonly startedAt: number; hasCommitted: boolean } | undefined;
  let next: { readonly point: Point; left: number } | undefined;
  let hasTurn = false;

  function mayDie(): boolean {
    if (pids.length === deaths.length && !mayDieLast()) return false;
    if (pids.length <= together || hasTurn) return true;
    hasTurn = turn.tryTake(name);
    return hasTurn;
  }

  /** True where it dies here. */
  async function dies(point: Point): Promise<boolean> {
    if (next?.point !== point) return false;
    next.left -= 1;
    if (next.left > 0) return false;
    if (!mayDie()) {
      // A screen that has read what it had recorded reads no more.
      if (name === 'screen') next = { point: 'before commit', left: 1 };
      return false;
    }
    next = undefined;
    diedAt.push(point);
    await life?.service.kill();
    return true;
  }

  function heardCommit(): void {
    if (life === undefined || life.hasCommitted) return;
    life.hasCommitted = true;
    if (!hasTurn) return;
    recoveriesMs.push(performance.now() - life.startedAt);
    hasTurn = false;
    turn.giveBack();
  }

  const proxy = await startRespProxy(port, {
    async onRequest(kind): Promise<Fate> {
      if (kind !== 'commit') return 'pass';
      return (await dies('before commit')) ? 'drop' : 'pass';
    },
    async onReply(kind): Promise<Fate> {
      if (kind !== 'commit') return 'pass';
      heardCommit();
      return (await dies('commit done, reply lost')) ? 'drop' : 'pass';
    },
    afterReply(kind) {
      if (kind === 'read') void dies('after read');
    },
  });

  for (const point of [...deaths, undefined]) {
    // A screen reads only what it has recorded, and that in one or two reads.
    const most = name === 'screen' && point === 'after read' ? 1 : 3;
    next = point === undefined ? undefined : { point, left: 1 + Math.floor(random() * most) };
    const more = pids.length === 0 ? [] : ['--take-over'];
    const startedAt = performance.now();
    const speed = point === undefined ? 'max' : (options.speed ?? 'max');
    const service = startStage(name, { ...options, url: proxy.url, speed, more });
    life = { service, startedAt, hasCommitted: false };
    pids.push(service.pid);
    const { code, signal } = await service.exit;
    const isExpected = point === undefined ? code === 0 : signal === 'SIGKILL';
    if (!isExpected) throw new Error(`${name} ended with ${code ?? signal}: ${service.said.join(' | ')}`);
    if (point !== undefined) doom.onDeath();
  }
  await proxy.close();
  if (hasTurn) turn.giveBack();
  return { recoveriesMs, pids, diedAt };
}

/** Among the words of FCALL tradekit_…_commit 0 prefix 1 service epoch token from to. */
export const COMMIT_TO = 9;
