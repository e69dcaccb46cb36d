import { existsSync, readdirSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

/** Whether the system tells which files a process has open: how a test knows that one is being read. */
export const NO_PROC = !existsSync('/proc/self/fd');

if (NO_PROC && process.env['CI'] === 'true') throw new Error('CI=true, and there is no /proc.');

const ROW = '1420070400000,100.25,100.50,100.00,100.25,5\n';
const ROWS_A_MEMBER = 250_000;
const MEMBERS = 60;

/**
 * A file that takes many seconds to read and none to write: one row fifteen million times, 660 MB in 60 members of gzip,
 * of which each is the same.
 */
export function writeLongCandles(folder: string, name: string): string {
  const header = gzipSync('time,open,high,low,close,volume\n');
  const member = gzipSync(ROW.repeat(ROWS_A_MEMBER), { level: 1 });
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([header, ...Array<Buffer>(MEMBERS).fill(member)]));
  return path;
}

/** Waits until the process has the file open. */
export async function untilReads(pid: number, path: string): Promise<void> {
  for (const until = Date.now() + 20_000; Date.now() < until; await setTimeout(5)) {
    if (openFiles(pid).includes(realpathSync(path))) return;
  }
  throw new Error(`${path} was never read.`);
}

function openFiles(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((fd) => {
    try {
      return readlinkSync(join(folder, fd));
    } catch {
      return []; // closed meanwhile
    }
  });
}
