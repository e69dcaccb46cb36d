import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from '../shared.ts';

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** A command of the program under way, as a user's terminal has it. */
export type Service = {
  readonly pid: number;
  /** What it has said on stderr so far, by line. */
  readonly said: readonly string[];
  /** The first line that matches, as soon as it is there. Rejects where the process ends without it. */
  saying(pattern: RegExp): Promise<string>;
  readonly exit: Promise<Exit>;
  kill(signal?: NodeJS.Signals): Promise<Exit>;
};

export type ServiceOptions = { readonly cwd: string; readonly env?: Readonly<Record<string, string>> };

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startService(args: readonly string[], { cwd, env = {} }: ServiceOptions): Service {
  const child = spawn(process.execPath, [join(PROJECT, 'bin', 'tradekit.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  const said: string[] = [];
  const listeners = new Set<() => void>();
  let rest = '';
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    said.push(...lines);
    tell();
  });
  let ended: Exit | undefined;
  const exit = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      ended = { code, signal };
      resolve(ended);
      tell();
    });
  });
  return {
    pid: child.pid ?? Number.NaN,
    said,
    exit,
    saying: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = said.find((one) => pattern.test(one));
          if (line === undefined && ended === undefined) return;
          listeners.delete(look);
          if (line === undefined) reject(new Error(`ended without ${pattern}: ${said.join(' | ')}`));
          else resolve(line);
        };
        listeners.add(look);
        look();
      }),
    kill(signal = 'SIGKILL') {
      child.kill(signal);
      return exit;
    },
  };
}

/** Ends what a test that failed has left running. */
export async function endAll(): Promise<void> {
  await Promise.all(
    [...running].map((child) => {
      const closed = new Promise((resolve) => void child.once('close', resolve));
      child.kill('SIGKILL');
      return closed;
    }),
  );
}
