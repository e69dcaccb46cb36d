import { createTickBatch, type TickBatch } from '../../../domain/market/tick-batch.ts';
import type { ReadOptions } from '../../../ports/candle-files.ts';
import { BYTE } from '../csv/bytes.ts';
import { refuseForeign } from '../csv/foreign.ts';
import { findLayout, type Layout } from '../csv/layout.ts';
import { type LineBlock, lineBlocks } from '../csv/line-blocks.ts';
import { openSource } from '../csv/open-source.ts';
import { refusal } from '../csv/refuse.ts';
import { takeSample } from '../csv/sample.ts';
import { createStampReader, type StampReader } from '../csv/stamp-reader.ts';
import { hasQuotes, unquote } from '../csv/unquote.ts';
import { zoneOfStamps } from '../csv/zone-of-stamps.ts';
import type { TickSource } from '../tick-source.ts';
import { TICKS } from './tick-kind.ts';
import { createTickParser, type TickParser, type TickRows } from './tick-parser.ts';

export type TickFileOptions = Pick<TickRows, 'slotOf' | 'decimals'> & {
  readonly read: ReadOptions;
  readonly marketZone: string;
};

/** A file of ticks under way. */
export interface TickFile extends TickSource {
  /** How its stamps and columns are read; undefined before the first ticks. */
  readonly reading: TickReading | undefined;
  readonly rows: number;
}

export type TickReading = {
  readonly layout: Layout;
  readonly stamps: StampReader;
  readonly zone: string;
  readonly parser: TickParser;
  readonly delimiter: number;
};

/**
 * Opens a file of ticks, plain or gzip, to be read block by block, about 1 MiB each.
 *
 * @throws TradekitError DATA for what is absent or no file; what is wrong inside is told by `next`, with its line
 */
export async function openTickFile(path: string, options: TickFileOptions): Promise<TickFile> {
  const source = await openSource(path);
  const batch = createTickBatch(0);
  let reading: TickReading | undefined;
  const blocks = lineBlocks(source, {
    checkHead: (head) => refuseForeign(path, head),
    longLine: (linesBefore) =>
      refusal(
        path,
        (reading?.parser.line ?? 0) + linesBefore + 1,
        'the line is longer than 64 KiB.',
        'No tick is: is this a CSV file?',
      ),
  });

  return {
    get reading() {
      return reading;
    },
    get rows() {
      return reading?.parser.rows ?? 0;
    },
    async next() {
      const { value: block } = await blocks.next();
      if (block === undefined) {
        if (reading === undefined) throw refusal(path, undefined, 'is empty.', 'Is it the right file?');
        return undefined;
      }
      const { rows, started } =
        reading === undefined ? start(path, block, options) : { rows: block, started: reading };
      reading = started;
      parseBlock(started, rows, path, batch);
      return batch;
    },
    async [Symbol.asyncDispose]() {
      await blocks.return(undefined);
      await source.close();
    },
  };
}

/** Finds the dialect in the first block; gives the rows of it that are no header. */
function start(
  path: string,
  block: LineBlock,
  { read, marketZone, slotOf, decimals }: TickFileOptions,
): { readonly rows: LineBlock; readonly started: TickReading } {
  const { delimiter, sample, starts } = takeSample(path, block, read.delimiter);
  const layout = findLayout(sample, { columns: read.columns, dates: read.dates }, TICKS);
  const firstRow = starts[layout.header === undefined ? 0 : 1] ?? { at: block.to, line: 1 };
  const stamps = createStampReader(layout.stamp, layout.clock?.hasOffset);
  const { zone, zoneFrom } = zoneOfStamps(layout, read.zone, marketZone);
  const isInstant = zoneFrom === 'epoch' || zoneFrom === 'offset';
  const parser = createTickParser(
    { path, layout, stamps, zone: isInstant ? undefined : zone, slotOf, decimals },
    firstRow.line,
  );
  return {
    rows: { ...block, from: firstRow.at },
    started: { layout, stamps, zone, parser, delimiter: delimiter.charCodeAt(0) },
  };
}

function parseBlock(
  { parser, delimiter }: TickReading,
  block: LineBlock,
  path: string,
  into: TickBatch,
): void {
  if (hasQuotes(block)) {
    parser.parse(unquote(block, delimiter, path, parser.line + 1), BYTE.UNIT_SEPARATOR, into);
  } else parser.parse(block, delimiter, into);
}
