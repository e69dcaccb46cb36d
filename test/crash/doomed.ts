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
  readonly random: () => number;
  /** Asked of each commit that has the service go on to instant `to`. */
  readonly pace?: (to: number) => Promise<void>;
  readonly onDeath: () => void;
};

export type Lives = {
  /** From the start of a process to the reply to its first commit, for each that came so far. */
  readonly recoveriesMs: readonly number[];
  readonly pids: readonly number[];
};

/** A service that dies of kill -9 again and again, each time at a point of its own, and is started again at once. */
export async function liveAndDie(doom: Doom): Promise<Lives> {
  const { name, options, port, deaths, random, pace } = doom;
  const recoveriesMs: number[] = [];
  const pids: number[] = [];
  let life: { readonly service: Service; readonly startedAt: number; hasCommitted: boolean } | undefined;
  let next: { readonly point: Point; left: number } | undefined;

  /** True where it dies here. */
  async function dies(point: Point): Promise<boolean> {
    if (next?.point !== point) return false;
    next.left -= 1;
    if (next.left > 0) return false;
    next = undefined;
    await life?.service.kill();
    return true;
  }

  function heardCommit(): void {
    if (life === undefined || life.hasCommitted) return;
    life.hasCommitted = true;
    recoveriesMs.push(performance.now() - life.startedAt);
  }

  const proxy = await startRespProxy(port, {
    async onRequest(kind, words): Promise<Fate> {
      if (kind !== 'commit') return 'pass';
      if (await dies('before commit')) return 'drop';
      await pace?.(Number(words[COMMIT_TO]?.split('-')[0]));
      return 'pass';
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
    const most = name === 'screen' && point === 'after read' ? 1 : 4;
    next = point === undefined ? undefined : { point, left: 1 + Math.floor(random() * most) };
    const more = pids.length === 0 ? [] : ['--take-over'];
    const startedAt = performance.now();
    const service = startStage(name, { ...options, url: proxy.url, more });
    life = { service, startedAt, hasCommitted: false };
    pids.push(service.pid);
    const { code, signal } = await service.exit;
    const isExpected = point === undefined ? code === 0 : signal === 'SIGKILL';
    if (!isExpected) throw new Error(`${name} ended with ${code ?? signal}: ${service.said.join(' | ')}`);
    if (point !== undefined) doom.onDeath();
  }
  await proxy.close();
  return { recoveriesMs, pids };
}

/** Among the words of FCALL tradekit_…_commit 0 prefix 1 service epoch token from to. */
export const COMMIT_TO = 9;
