import { createHash } from 'node:crypto';
import type { CandleColumns } from '../../../domain/market/candle.ts';

/** SHA-256 over symbol, length and the bytes of the columns: the same candles give the same hash, however they were filed. */
export function dataHash(columns: Omit<CandleColumns, 'priceDecimals'>): string {
  const hash = createHash('sha256');
  hash.update(
    `${columns.symbol}\n${columns.length}\n${columns.volume === undefined ? 'no volume' : 'volume'}\n`,
  );
  const { openAt, open, high, low, close, volume } = columns;
  for (const column of [openAt, open, high, low, close, volume])
    if (column !== undefined) hash.update(column);
  return hash.digest('hex');
}
