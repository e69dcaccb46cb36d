import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROJECT } from './shared.ts';
import type { Ran, RunOptions } from './tradekit.ts';

/** The program while it runs: what it says is heard as it comes, and signals are sent to it. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Ran>;
  /** Both streams so far, in the order of their coming. */
  said(): string;
  /** The first match in what it has said; waits for it. Fails where it ends without having said it. */
  heard(pattern: RegExp): Promise<RegExpExecArray>;
  send(signal: NodeJS.Signals): void;
}

const living = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});

/** Starts the program as a user would, in a folder of its own. */
export function startTradekit(args: readonly string[], { cwd, env = {} }: RunOptions): Running {
  const child = spawn(process.execPath, [join(PROJECT, 'bin', 'tradekit.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  const out = { stdout: '', stderr: '', both: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      out[name] += text;
      out.both += text;
      for (const listen of [...listeners]) listen();
    });
  }
  const ended = new Promise<Ran>((resolve) => {
    child.once('close', (code) => {
      living.delete(child);
      resolve({ code, stdout: out.stdout, stderr: out.stderr });
    });
  });

  function heard(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      function listen(): void {
        const match = pattern.exec(out.both);
        if (match === null) return;
        listeners.delete(listen);
        resolve(match);
      }
      listeners.add(listen);
      listen();
      void ended.then(() => reject(new Error(`It ended and never said ${pattern}:\n${out.both}`)));
    });
  }

  return {
    pid: child.pid ?? 0,
    ended,
    said: () => out.both,
    heard,
    send: (signal) => void child.kill(signal),
  };
}

/** Whether the process table still has it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
