#!/usr/bin/env node
// Builds dist when it is missing or when a source, tsconfig or package.json is not the one it was built from.
// Fresh: a few milliseconds of stat calls. Several at once: one builds, the others wait for it.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(project, '.cache', 'build-stamp');
const lock = join(project, '.cache', 'build-lock');
const WAIT_MS = 180_000;

process.exitCode = isFresh() ? 0 : await buildAlone();

function isFresh() {
  return existsSync(join(project, 'dist/commands/main.js')) && readText(stamp) === fingerprint();
}

/** Path, size and time of change of everything that a build reads. A deleted source changes it too. */
function fingerprint() {
  const sources = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(tsx?|json)$/.test(path))
    .map((path) => join('src', path));
  const configs = ['package.json', 'tsconfig.base.json', 'tsconfig.src.json'];
  return [...sources, ...configs].sort().map(describe).join('\n');
}

function describe(path) {
  const { size, mtimeMs } = statSync(join(project, path));
  return `${path} ${size} ${mtimeMs}`;
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function buildAlone() {
  mkdirSync(join(project, '.cache'), { recursive: true });
  const giveUpAt = Date.now() + WAIT_MS;
  while (!takeLock()) {
    if (Date.now() > giveUpAt) {
      process.stderr.write(
        `Another build has been running for ${WAIT_MS / 60_000} minutes. Delete ${lock} if it is not.\n`,
      );
      return 1;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  try {
    return isFresh() ? 0 : await build();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld()) rmSync(lock, { force: true });
    return false;
  }
}

/** A lock is held while the process it names lives; one without a name is being written just now. */
function isHeld() {
  const pid = Number(readText(lock));
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function build() {
  process.stderr.write('Building tradekit ...\n');
  const before = fingerprint();
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  if (!existsSync(tsc)) {
    process.stderr.write('TypeScript is not installed. Run `npm ci` first.\n');
    return 1;
  }
  const { spawnSync } = await import('node:child_process'); // not needed when fresh
  const { status } = spawnSync(process.execPath, [tsc, '-b', 'tsconfig.src.json'], {
    cwd: project,
    stdio: 'inherit',
  });
  if (status === 0) writeFileSync(stamp, before);
  return status ?? 1;
}
