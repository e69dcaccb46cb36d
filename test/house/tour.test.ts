import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';
import { freshFolder } from '../tradekit.ts';
import { readPage } from './pages/page.ts';

/**
 * What docs/tour.md shows in a block `text` is what the block `sh` before it prints, in this order. `…` stands for lines
 * left out. Blocks `console` are of runs that no test can have twice: with Ctrl-C, a process number, a server.
 */

const folder = freshFolder();
afterAll(folder.remove);
for (const name of ['bin', 'examples']) symlinkSync(join(PROJECT, name), join(folder.path, name));

const STEP = /^```sh\n((?:(?!^```)[\s\S])*)^```\n\n^```text\n((?:(?!^```)[\s\S])*)^```$/gm;
const steps = [...readPage('docs/tour.md').matchAll(STEP)].map(([, commands = '', shown = '']) => ({
  commands,
  shown,
}));

it('docs/tour.md shows what its commands print', { timeout: 120_000 }, () => {
  expect(steps.length).toBeGreaterThanOrEqual(7);
  for (const { commands, shown } of steps) {
    let rest = run(commands);
    for (const part of shown.split(/^…\n/m)) {
      const at = rest.indexOf(part);
      expect(at, `${part}\nis not what is printed by\n\n${commands}`).toBeGreaterThanOrEqual(0);
      rest = rest.slice(at + part.length);
    }
  }
});

/** Results and what is said beside them, as on a screen. */
function run(commands: string): string {
  const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
  const { stdout, stderr } = spawnSync('sh', ['-c', `{ ${commands}\n} 2>&1`], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { PATH: path },
    maxBuffer: 1 << 28,
  });
  return stdout + stderr;
}
