import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Launcher, ProcessEnd } from '../../ports/processes.ts';

/**
 * Runs a script of ours in processes of its own; they inherit the environment, with these variables set. Whoever started
 * them does not leave them behind: where it ends before them, however that comes, they are asked to end.
 */
export function createNodeLauncher(script: string, env: Readonly<Record<string, string>>): Launcher {
  return {
    launch(args, onLine) {
      const child = spawn(process.execPath, [script, ...args], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
        // A Ctrl-C in the terminal is for the one who started them: he ends them in order.
        detached: true,
      });
      createInterface({ input: child.stderr }).on('line', onLine);
      const stop = (): void => void child.kill('SIGTERM');
      process.once('exit', stop);
      const ended = new Promise<ProcessEnd>((resolve) => {
        child.once('error', () => resolve({ code: 1, signal: undefined }));
        child.once('close', (code, signal) =>
          resolve({ code: code ?? undefined, signal: signal ?? undefined }),
        );
      }).finally(() => process.removeListener('exit', stop));
      return {
        pid: child.pid ?? 0,
        ended,
        stop,
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
