import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';

const trees: string[] = [];
afterAll(() => {
  for (const tree of trees) rmSync(tree, { recursive: true });
});

/** The real launcher in front of a main of our own; without a main nothing is built. */
function launcherOf(main: string | undefined): string {
  const tree = mkdtempSync(join(tmpdir(), 'tradekit-launcher-'));
  trees.push(tree);
  cpSync(join(PROJECT, 'bin/tradekit.js'), join(tree, 'bin/tradekit.js'));
  writeFileSync(join(tree, 'package.json'), '{ "type": "module" }');
  if (main !== undefined) {
    const path = join(tree, 'dist/commands/main.js');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, main);
  }
  return join(tree, 'bin/tradekit.js');
}

function launch(main: string | undefined, nodeArgs: readonly string[] = []) {
  const args = [...nodeArgs, launcherOf(main), 'a', '--b'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A main that fails with an error like ours. */
function failing(code: string, hint?: string): string {
  return `export async function main() {
    throw Object.assign(new Error('Cannot read "x.csv".'), { name: 'TradekitError', code: '${code}', hint: ${JSON.stringify(hint)} });
  }`;
}

describe('bin/tradekit.js', () => {
  it('hands on the arguments and ends with 0', () => {
    const main = 'export async function main(argv) { console.log(argv.join(" ")); }';
    expect(launch(main)).toEqual({ status: 0, stdout: 'a --b\n', stderr: '' });
  });

  it('shows what the user can mend as message and hint, exit 1, no stack', () => {
    const stderr = 'Cannot read "x.csv".\nCheck the name.\n';
    expect(launch(failing('DATA', 'Check the name.'))).toEqual({ status: 1, stdout: '', stderr });
  });

  it.each([
    ['a TradekitError of code BUG', failing('BUG')],
    ['any other error', 'export async function main() { null.x; }'],
    ['an error nobody waited for', 'export async function main() { Promise.reject(new Error("x")); }'],
    [
      'an error in a callback',
      'export async function main() { setTimeout(() => { throw new Error("x"); }, 1); }',
    ],
    ['something thrown that is no error', 'export async function main() { throw "x"; }'],
  ])('%s is our bug: exit 70, asks for a report, prints the stack', (_, main) => {
    const { status, stderr } = launch(main);
    expect(status).toBe(70);
    expect(stderr).toMatch(/^This is a bug in tradekit. Please report it with the text below.\n/);
  });

  it.each([
    ['the build', 'npm ci && npm run build', undefined],
    ['a part of the build', 'npm ci && npm run build', 'export const main = () => import("./lost.js");'],
    ['a package', 'npm ci', 'import "no-such-package"; export const main = () => {};'],
  ])('where %s is missing says to run `%s`', (_, cure, main) => {
    const { status, stderr } = launch(main);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^tradekit is not complete. Cannot find \w+ '.+'\.\nRun `(.+)` first.\n$/);
    expect(stderr).toContain(cure);
  });

  it.each([
    ['18.20.4', 1],
    ['20.18.3', 1],
    ['20.19.0', 0],
    ['26.10.0', 0],
  ])('on Node %s ends with %i', (version, expected) => {
    const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`;
    const { status, stderr } = launch('export async function main() {}', ['--import', pretend]);
    expect(status).toBe(expected);
    if (expected === 1) expect(stderr).toContain(`tradekit needs Node 20.19 or newer; this is ${version}.`);
  });

  it('ends quietly with 0 when the reader has seen enough', () => {
    const main = `export async function main() {
      for (let i = 0; i < 5000; i += 1) { console.log('line '.repeat(50)); if (i % 100 === 0) await new Promise(setImmediate); }
    }`;
    const pipe = `"${process.execPath}" "${launcherOf(main)}" | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', pipe], { encoding: 'utf8' });
    expect({ last: stdout.trim().split('\n').at(-1), stderr }).toEqual({ last: '0', stderr: '' });
  });
});
