import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createNodeLauncher } from '../../../../src/core/adapters/processes/node-launcher.ts';
import { PROJECT } from '../../../shared.ts';
import { freshFolder } from '../../../tradekit.ts';

const folder = freshFolder();
afterAll(folder.remove);

function script(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
}

const SAYS = script(
  'says.mjs',
  `console.error(process.argv.slice(2).join(' '));
   console.error(process.env.COLOUR + ' ' + (process.env.PATH !== undefined));
   console.log('not for anyone');
   process.exitCode = Number(process.argv[2]);`,
);
const LIVES = script(
  'lives.mjs',
  `import { writeFileSync } from 'node:fs';
   process.on('SIGTERM', () => {
     console.error('asked to end');
     process.exit(0);
   });
   process.on('disconnect', () => {
     writeFileSync(process.argv[2], 'left alone');
     process.exit(0);
   });
   setInterval(() => {}, 1000);
   console.error('living');`,
);
const DEAF = script(
  'deaf.mjs',
  `process.on('SIGTERM', () => console.error('not yet'));
   setInterval(() => {}, 1000);
   console.error('living');`,
);

/** Starts a script; gives its process, its lines, and a way to wait for one of them. */
function launched(path: string, ...args: readonly string[]) {
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  const child = createNodeLauncher(path, { COLOUR: 'green' }).launch(args, (line) => {
    lines.push(line);
    waiting.get(line)?.();
  });
  const heard = (line: string): Promise<void> =>
    new Promise((resolve) => (lines.includes(line) ? resolve() : waiting.set(line, resolve)));
  return { child, lines, heard };
}

describe('a process of ours', () => {
  it('has its arguments and environment, is heard line by line on stderr, and ends with its code', async () => {
    const { child, lines } = launched(SAYS, '3', '--from', 'x y');
    expect(await child.ended).toEqual({ code: 3, signal: undefined });
    expect(lines).toEqual(['3 --from x y', 'green true']);
    expect(child.pid).toBeGreaterThan(1);
  });

  it('ends by itself where it is asked to', async () => {
    const { child, lines, heard } = launched(LIVES);
    await heard('living');
    child.stop();
    expect(await child.ended).toEqual({ code: 0, signal: undefined });
    expect(lines.at(-1)).toBe('asked to end');
  });

  it('ends of a signal where it is killed', async () => {
    const { child, heard } = launched(DEAF);
    await heard('living');
    child.stop();
    await heard('not yet');
    child.kill();
    expect(await child.ended).toEqual({ code: undefined, signal: 'SIGKILL' });
  });

  it('does not notice that it is stopped when it is over', async () => {
    const { child } = launched(SAYS, '0');
    await child.ended;
    child.stop();
    child.kill();
    expect(await child.ended).toEqual({ code: 0, signal: undefined });
  });

  it.each([
    ['leaves without a word', 'process.exit(130)', [130, null]],
    ['is killed', 'process.kill(process.pid, "SIGKILL")', [null, 'SIGKILL']],
  ])('hears of it when the one who started it %s', async (_, leave, end) => {
    const launcher = pathToFileURL(join(PROJECT, 'dist/core/adapters/processes/node-launcher.js'));
    const trace = join(folder.path, `left-${String(end)}`);
    const leaver = script(
      'leaver.mjs',
      `import { createNodeLauncher } from '${launcher}';
       const launcher = createNodeLauncher(${JSON.stringify(LIVES)}, {});
       launcher.launch([${JSON.stringify(trace)}], () => ${leave});`,
    );
    const parent = spawn(process.execPath, [leaver], { stdio: 'inherit' });
    expect(await once(parent, 'exit')).toEqual(end);
    // It is no child of ours, so nobody tells us that it ends: it writes that it was left.
    await expect.poll(() => existsSync(trace), { timeout: 10_000, interval: 20 }).toBe(true);
  });
});
