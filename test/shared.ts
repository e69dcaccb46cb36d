import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout. */
export const PROJECT = fileURLToPath(new URL('..', import.meta.url));

const beside = resolve(PROJECT, '..', 'shared');

/** Data and reference vectors kept beside the checkout; undefined where they are not. CI must have them. */
export const SHARED = existsSync(beside) ? beside : undefined;

if (SHARED === undefined && process.env['CI'] === 'true') {
  throw new Error('CI=true, and ../shared (data, reference vectors) is not beside the checkout.');
}

/**
 * Absolute path of a file under ../shared. Where that folder is absent use it only inside a test that is skipped by
 * name: `describe.skipIf(SHARED === undefined)('TA-Lib vectors (needs ../shared)', …)`.
 */
export function sharedFile(rel: string): string {
  return join(SHARED ?? beside, rel);
}
