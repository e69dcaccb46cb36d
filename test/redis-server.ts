import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { freshFolder } from './tradekit.ts';

/** Whether redis-server is installed; CI must have it. Where it is not: `describe.skipIf(!HAS_REDIS)('… (needs redis-server)', …)`. */
export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

if (!HAS_REDIS && process.env['CI'] === 'true') {
  throw new Error('CI=true, and redis-server is not installed.');
}

export type RedisServer = {
  readonly port: number;
  readonly folder: string;
  readonly url: string;
  /** A client of the default user, for the test itself. */
  readonly admin: Redis;
  pause(): void;
  goOn(): void;
  /** `kill -9`, and again on the same port and folder. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type RedisServerOptions = {
  /** As on the command line, after ours: `['--appendonly', 'yes']`. */
  readonly settings?: readonly string[];
  readonly confFile?: string;
  /** Who `admin` is, where not the default user. */
  readonly admin?: { readonly username: string; readonly password: string };
};

/** A redis-server of its own on a free port, in a folder of its own, without a file unless `settings` ask for one. */
export async function startRedis({
  settings = [],
  confFile,
  admin: who,
}: RedisServerOptions = {}): Promise<RedisServer> {
  const folder = freshFolder();
  const port = await freePort();
  const args = [
    ...(confFile === undefined ? [] : [confFile]),
    ...[
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder.path,
      '--save',
      '',
      '--daemonize',
      'no',
    ],
    ...settings,
  ];
  let running = await spawnReady(args);
  const admin = new Redis({ ...who, port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => 20 });
  admin.on('error', () => {}); // it comes back
  async function crash(): Promise<void> {
    const { guard, pid } = running;
    if (guard.exitCode !== null) return;
    process.kill(pid, 'SIGKILL');
    guard.stdin.end();
    await once(guard, 'exit');
  }

  return {
    port,
    folder: folder.path,
    url: `redis://127.0.0.1:${port}`,
    admin,
    pause: () => process.kill(running.pid, 'SIGSTOP'),
    goOn: () => process.kill(running.pid, 'SIGCONT'),
    crash,
    async restart() {
      running = await spawnReady(args);
    },
    async stop() {
      admin.disconnect();
      await crash();
      folder.remove();
    },
  };
}

/** Takes the server along when its input ends, as it does however this process ends. */
const GUARD = 'redis-server "$@" </dev/null & echo "pid $!"; cat >/dev/null; kill -9 $!; wait $!; exit 0';

async function spawnReady(args: readonly string[]) {
  const guard = spawn('sh', ['-c', GUARD, 'sh', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: guard.stdout })) {
    said.push(line);
    if (line.includes('Ready to accept connections')) {
      guard.stdout.resume();
      guard.stderr.resume();
      return { guard, pid: Number(/^pid (\d+)$/m.exec(said.join('\n'))?.[1]) };
    }
    if (/aborting|FATAL|Failed listening|exiting/i.test(line)) guard.stdin.end();
  }
  throw new Error(`redis-server did not start:\n${said.slice(-5).join('\n')}`);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : Number.NaN;
}
