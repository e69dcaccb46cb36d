import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indicatorCatalog } from '../../../../src/core/domain/indicators/catalog.ts';
import { columnOf } from '../../../../src/core/domain/indicators/column.ts';
import type { CandleColumns } from '../../../../src/core/domain/market/candle.ts';
import { SHARED, sharedFile } from '../../../shared.ts';

/** Outputs of TA-Lib C 0.8.1: ../shared/oracle/indicators/README.md. */
type Vector = {
  readonly fn: string;
  readonly params: { readonly TimePeriod?: number };
  readonly in: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly begIndex: number;
  readonly out: { readonly outReal: readonly number[] };
  readonly tail: { readonly rows: number; readonly out: { readonly outReal: readonly number[] } };
};

const OURS: Readonly<Record<string, string>> = { SMA: 'sma', EMA: 'ema', RSI: 'rsi', ATR: 'atr' };

describe.skipIf(SHARED === undefined).each(['P1_GOOG_1d', 'P2_FEDERALBNK_1m'])(
  'TA-Lib on %s (needs ../shared)',
  (input) => {
    const columns = SHARED === undefined ? undefined : readColumns(input);
    for (const vector of SHARED === undefined ? [] : readVectors(input)) {
      it(`agrees to 1e-9: ${vector.fn} ${vector.params.TimePeriod} of ${Object.values(vector.in)}`, () => {
        if (columns === undefined) return;
        const head = column(vector, { ...columns, length: vector.rows });
        expect(head.findIndex((value) => !Number.isNaN(value))).toBe(vector.begIndex);
        expectClose(head.slice(vector.begIndex), vector.out.outReal);
        expect(vector.tail.rows).toBe(columns.length);
        expectClose(column(vector, columns).slice(-vector.tail.out.outReal.length), vector.tail.out.outReal);
      });
    }
  },
);

function column(vector: Vector, columns: CandleColumns): Float64Array {
  const entry = indicatorCatalog.get(OURS[vector.fn] ?? '');
  const source = vector.in['inReal'] === 'volume' ? 'volume' : 'close';
  const indicator = entry?.create({ period: vector.params.TimePeriod ?? 0 }, source);
  const [output] = indicator === undefined ? [] : columnOf(indicator, columns, { timeframeMs: 60_000 });
  return output ?? new Float64Array();
}

function expectClose(ours: Float64Array, theirs: readonly number[]): void {
  expect(ours.length).toBe(theirs.length);
  const worst = theirs.reduce(
    (most, value, k) => Math.max(most, Math.abs((ours[k] ?? 0) - value) / Math.abs(value)),
    0,
  );
  expect(worst).toBeLessThan(1e-9);
}

function readVectors(input: string): readonly Vector[] {
  const file = readFileSync(sharedFile(`oracle/indicators/talib/${input}.indicators.json`), 'utf8');
  const vectors: readonly Vector[] = JSON.parse(file);
  return vectors.filter(({ fn }) => fn in OURS);
}

function readColumns(input: string): CandleColumns {
  const text = readFileSync(sharedFile(`oracle/indicators/talib/inputs/${input}.csv`), 'utf8');
  const rows = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const numbers = (at: number) => Float64Array.from(rows, (row) => Number(row[at]));
  return {
    symbol: input,
    length: rows.length,
    openAt: numbers(0).map((k) => k * 60_000),
    open: numbers(2),
    high: numbers(3),
    low: numbers(4),
    close: numbers(5),
    volume: numbers(6),
    priceDecimals: 2,
  };
}
