import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../shared.ts';

/** mongo-java-server: an independent program that speaks MongoDB's protocol. It is not mongod. */

const JARS = join(PROJECT, '.cache', 'mongo-java-server');
const SERVE = join(PROJECT, 'test', 'mongo-java-server', 'Serve.java');

/** Its jars are fetched by `.ci/run`, which must have it; elsewhere tests that need it are skipped by name. */
export const HAS_MONGO_JAVA_SERVER = hasJars() && spawnSync('java', ['-version']).status === 0;

if (!HAS_MONGO_JAVA_SERVER && process.env['CI'] === 'true') {
  throw new Error(
    'CI=true, and there is no mongo-java-server: needs Java 17 and the jars that .ci/run fetches.',
  );
}

export type StartedServer = {
  readonly port: number;
  readonly url: string;
  /** kill -9: what it had acknowledged in the last second may be gone. */
  kill(): Promise<void>;
  /** A clean end: nothing is lost. */
  stop(): Promise<void>;
};

/** Starts it on loopback; without a file it keeps everything in memory, without a port it takes a free one. */
export async function startMongoJavaServer({ file = '', port = 0 } = {}): Promise<StartedServer> {
  const args = ['-Xmx512m', '-cp', join(JARS, '*'), SERVE, String(port), ...(file === '' ? [] : [file])];
  const child = spawn('java', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const bound = await portOf(child);
  return {
    port: bound,
    url: `mongodb://127.0.0.1:${bound}/tradekit`,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
}

/** The port that it says it listens on. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    function hear(chunk: Buffer): void {
      said += chunk.toString('utf8');
      const port = /listening \S*:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    }
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', () => reject(new Error(`mongo-java-server did not start: ${said}`)));
    child.once('error', reject);
  });
}

function hasJars(): boolean {
  return (
    existsSync(JARS) && readdirSync(JARS).some((name) => name.startsWith('mongo-java-server-h2-backend'))
  );
}
