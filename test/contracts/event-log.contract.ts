import { describe, it } from 'vitest';
import type { LogCase, OpenedLog, OpenedReader } from './event-log/opened.ts';
import { READ_CASES } from './event-log/read-cases.ts';
import { WRITE_CASES } from './event-log/write-cases.ts';

/** What every event log that can be written holds to. */
export const LOG_CASES: readonly LogCase<OpenedLog>[] = [...WRITE_CASES, ...READ_CASES];

/** A server of another language, on a busy machine. */
const PATIENCE_MS = 120_000;

export function eventLogContract(name: string, open: () => Promise<OpenedLog>): void {
  describe(`${name} keeps the contract of event logs`, () => {
    for (const logCase of LOG_CASES) it(logCase.title, () => runLogCase(logCase, open), PATIENCE_MS);
  });
}

/** What it holds to for those who read. */
export function eventLogReaderContract(name: string, open: () => Promise<OpenedReader>): void {
  describe(`${name} keeps the contract of event logs for readers`, () => {
    for (const logCase of READ_CASES) it(logCase.title, () => runLogCase(logCase, open));
  });
}

/** One case on a log of its own; rejects where the log breaks it. */
export async function runLogCase<Opened extends OpenedReader>(
  logCase: LogCase<Opened>,
  open: () => Promise<Opened>,
): Promise<void> {
  const opened = await open();
  try {
    await logCase.check(opened);
  } finally {
    await opened.close();
  }
}
