import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Launcher, ProcessEnd } from '../../ports/processes.ts';

/**
 * Runs a script of ours in processes of its own; they inherit the environment, with these variables set. Whoever started
 * them does not leave them behind: however this process ends, killed as well, each hears `disconnect` on its `process`.
 */
export function createNodeLauncher(script: string, env: Readonly<Record<string, string>>): Launcher {
  return {
    launch(args, onLine) {
      const child = spawn(process.execPath, [script, ...args], {
        env: { ...process.env, ...env },
        // Nothing is said on the channel: that it closes is all.
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        // A Ctrl-C in the terminal is for the one who started them: he ends them in order.
        detached: true,
      });
      if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', onLine);
      const ended = new Promise<ProcessEnd>((resolve) => {
        child.once('error', () => resolve({ code: 1, signal: undefined }));
        child.once('close', (code, signal) =>
          resolve({ code: code ?? undefined, signal: signal ?? undefined }),
        );
      });
      return {
        pid: child.pid ?? 0,
        ended,
        stop: () => void child.kill('SIGTERM'),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}
