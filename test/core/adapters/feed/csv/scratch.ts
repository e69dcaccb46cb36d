import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { readCandleFiles } from '../../../../../src/core/adapters/feed/csv/read-candle-files.ts';
import { TradekitError } from '../../../../../src/core/domain/error.ts';
import { createMarket } from '../../../../../src/core/domain/market/presets/catalog.ts';
import type { ReadOptions, ReadResult } from '../../../../../src/core/ports/candle-files.ts';

/** A folder of files that live as long as the test file runs. */
export function createScratch(): {
  readonly folder: string;
  write(name: string, content: string | Uint8Array): string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'tradekit-csv-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
  };
}

export function read(
  paths: string | readonly string[],
  options: ReadOptions = {},
  market = 'crypto',
): Promise<ReadResult> {
  return readCandleFiles(typeof paths === 'string' ? [paths] : paths, options, createMarket(market).calendar);
}

/** The refusal as the user sees it: `CODE message | hint`; fails when there is none. */
export async function refusalOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof TradekitError) return `${error.code} ${error.message} | ${error.hint ?? ''}`;
    throw error;
  }
  throw new Error('It was read without a complaint.');
}
