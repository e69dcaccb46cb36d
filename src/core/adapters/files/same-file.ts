import { type BigIntStats, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** Whether two paths lead to one place, by whatever names and links. */
export function isSameFile(a: string, b: string): boolean {
  if (resolve(a) === resolve(b)) return true;
  const [one, other] = [statOf(a), statOf(b)];
  return one !== undefined && other !== undefined && one.dev === other.dev && one.ino === other.ino;
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined; // not there, or not to be looked at: whoever opens it says so
  }
}
