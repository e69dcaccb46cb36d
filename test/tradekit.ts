import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from './shared.ts';

/** The program as a user runs it: a fresh process in a folder of its own. */

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
};

export function tradekit(args: readonly string[], { cwd, env = {}, timeoutMs = 60_000 }: RunOptions): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(PROJECT, 'bin', 'tradekit.js'), ...args],
    {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', ...env },
      timeout: timeoutMs,
      maxBuffer: 1 << 28,
    },
  );
  return { code: status, stdout, stderr };
}

/** An empty folder, with the way to take it away again. */
export function freshFolder(): { readonly path: string; files(): readonly string[]; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tradekit-'));
  return {
    path,
    files: () => readdirSync(path).sort(),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
