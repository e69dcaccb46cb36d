import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';

let tree = '';

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'tradekit-build-'));
  for (const file of ['bin/build-if-stale.js', 'package.json', 'tsconfig.base.json', 'tsconfig.src.json']) {
    cpSync(join(PROJECT, file), join(tree, file));
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(tree, 'node_modules'));
  mkdirSync(join(tree, 'src/commands'), { recursive: true });
  write(
    'src/commands/main.ts',
    "import days from '../days.json' with { type: 'json' };\nexport const first = days[0];\n",
  );
  write('src/days.json', '["monday"]');
});

afterEach(() => rmSync(tree, { recursive: true }));

function write(path: string, text: string): void {
  writeFileSync(join(tree, path), text);
}

function run() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(tree, 'bin/build-if-stale.js')], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const FRESH = { status: 0, stdout: '', stderr: '' };
const BUILT = { status: 0, stdout: '', stderr: 'Building tradekit ...\n' };

it('builds what is missing, JSON included, and then nothing until something changes', () => {
  expect(run()).toEqual(BUILT);
  expect(readFileSync(join(tree, 'dist/days.json'), 'utf8')).toContain('monday');
  expect(run()).toEqual(FRESH);
  write('src/days.json', '["tuesday"]');
  expect(run()).toEqual(BUILT);
  expect(readFileSync(join(tree, 'dist/days.json'), 'utf8')).toContain('tuesday');
});

it('builds again when dist was deleted', () => {
  run();
  rmSync(join(tree, 'dist'), { recursive: true });
  expect(run()).toEqual(BUILT);
  expect(existsSync(join(tree, 'dist/commands/main.js'))).toBe(true);
});

it('fails with what the compiler says, and tries again next time', () => {
  write('src/commands/main.ts', 'export const first: number = "x";\n');
  const failed = run();
  expect(failed.status).not.toBe(0);
  expect(failed.stdout).toContain('TS2322');
  expect(run().stderr).toBe(BUILT.stderr);
});

it('three at once: one builds, the others wait for it', async () => {
  const runs = await Promise.all([runApart(), runApart(), runApart()]);
  expect(runs.filter((stderr) => stderr === BUILT.stderr)).toHaveLength(1);
  expect(runs.filter((stderr) => stderr === '')).toHaveLength(2);
});

it('takes over from a builder that died', () => {
  mkdirSync(join(tree, '.cache'));
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  write('.cache/build-lock', String(pid));
  expect(run()).toEqual(BUILT);
});

function runApart(): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(tree, 'bin/build-if-stale.js')]);
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    child.on('close', () => resolve(stderr));
  });
}
