import { stringify } from 'csv-stringify/sync';
import { formatLocal } from '../domain/market/zone.ts';
import type { EquityRecord, EquitySample } from '../domain/performance/equity-curve.ts';
import { textCell } from './csv-cell.ts';
import { decimalAmount } from './money.ts';
import type { CsvColumn, CsvContext } from './trades-csv.ts';

/** A session's close beside the close before it. */
export type EquityRow = EquitySample & { readonly beforeMinor: number };

/** Columns of the file that `--equity-out` names: one row per session close, idle sessions included. */
export const EQUITY_COLUMNS: readonly CsvColumn<EquityRow>[] = [
  { name: 'session', meaning: 'exchange date', unit: 'date', cell: ({ date }) => textCell(date) },
  {
    name: 'closed_at',
    meaning: "the session's close",
    unit: 'exchange time with offset',
    cell: ({ at }, { zone }) => formatLocal(zone, at),
  },
  amount('equity', 'account at the close, open positions marked', ({ equityMinor }) => equityMinor),
  amount('change', 'against the close before', ({ equityMinor, beforeMinor }) => equityMinor - beforeMinor),
  percent('return_pct', 'change in percent of the close before', ({ equityMinor, beforeMinor }) =>
    beforeMinor <= 0 ? undefined : equityMinor / beforeMinor - 1,
  ),
  amount('lowest', 'lowest mark of the session', ({ lowMinor }) => lowMinor),
  amount('peak', 'highest mark so far', ({ peakMinor }) => peakMinor),
  percent(
    'drawdown_pct',
    'equity under the peak',
    ({ equityMinor, peakMinor }) => 1 - equityMinor / peakMinor,
  ),
];

export function equityCsv({ startingMinor, sessions }: EquityRecord, context: CsvContext): string {
  const rows = sessions.map((of, i): EquityRow => {
    return { ...of, beforeMinor: sessions[i - 1]?.equityMinor ?? startingMinor };
  });
  return stringify([
    EQUITY_COLUMNS.map(({ name }) => name),
    ...rows.map((row) => EQUITY_COLUMNS.map(({ cell }) => cell(row, context))),
  ]);
}

function amount(name: string, meaning: string, of: (row: EquityRow) => number): CsvColumn<EquityRow> {
  return { name, meaning, unit: 'money', cell: (row, { money }) => decimalAmount(of(row), money) };
}

/** Four decimals; empty where there is no such number. */
function percent(
  name: string,
  meaning: string,
  of: (row: EquityRow) => number | undefined,
): CsvColumn<EquityRow> {
  const cell = (row: EquityRow): string => {
    const share = of(row);
    return share === undefined ? '' : (100 * share + 0).toFixed(4).replace(/^-(0\.0+)$/, '$1');
  };
  return { name, meaning, unit: '%', cell };
}
