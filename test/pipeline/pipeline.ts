import { STAGE_NAMES, type StageName } from '../../src/core/domain/events/channels.ts';
import { type Exit, type Service, startService } from './service.ts';
import { choiceArgs, feedArgs, type PipelineTape } from './tapes.ts';

export type PipelineOptions = {
  readonly tape: PipelineTape;
  readonly url: string;
  readonly cwd: string;
  /** Where one of them finds Redis instead: behind a bad line. */
  readonly urls?: Partial<Readonly<Record<StageName, string>>>;
  readonly speed?: string;
  readonly more?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** One service of a pipeline over Redis, as it is typed. */
export function startStage(name: StageName, options: PipelineOptions): Service {
  const { tape, url, urls, cwd, env, speed = 'max', more = [] } = options;
  const feed = name === 'screen' ? [...feedArgs(tape), '--speed', speed] : [];
  const args = [name, '--redis', urls?.[name] ?? url, ...choiceArgs(tape), ...feed, ...more];
  return startService(args, env === undefined ? { cwd } : { cwd, env });
}

export type Pipeline = Readonly<Record<StageName, Service>>;

export function startPipeline(options: PipelineOptions): Pipeline {
  const [screen, mse, risk, exec] = [...STAGE_NAMES].map((name) => startStage(name, options)) as [
    Service,
    Service,
    Service,
    Service,
  ]; // one for each of STAGE_NAMES
  return { screen, mse, risk, exec };
}

/** Resolves when each has done all of the feed; rejects with what was said where one of them ended otherwise. */
export async function untilDone(services: readonly Service[]): Promise<void> {
  await Promise.all(
    services.map(async ({ exit, said }) => {
      const { code, signal }: Exit = await exit;
      if (code !== 0) throw new Error(`ended with ${code ?? signal}: ${said.join(' | ')}`);
    }),
  );
}
