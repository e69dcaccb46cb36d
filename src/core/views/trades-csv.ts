import { stringify } from 'csv-stringify/sync';
import { formatLocal } from '../domain/market/zone.ts';
import type { Money } from '../domain/performance/result.ts';
import type { Trade } from '../domain/trading/trade.ts';
import { numberCell, textCell } from './csv-cell.ts';
import { decimalAmount } from './money.ts';

export type CsvContext = {
  /** IANA zone of the exchange. */
  readonly zone: string;
  readonly money: Money;
};

/** One column of a file, as the docs list it. */
export type CsvColumn<Row> = {
  readonly name: string;
  readonly meaning: string;
  /** `money`: currency units; `price`: quote currency per unit; `R`: multiples of the risk; `-`: none. */
  readonly unit: string;
  readonly cell: (row: Row, context: CsvContext) => string;
};

const MONEY = 'money';
const PRICE = 'price';
const TIME = 'exchange time with offset';

/** Columns of backtest_trades.csv. The charges by item follow behind, one column `fee_<item>` each. */
export const TRADE_COLUMNS: readonly CsvColumn<Trade>[] = [
  text('symbol', 'what was traded', (of) => of.symbol),
  text('strategy', 'whose signal it was', (of) => of.strategy),
  text('timeframe', 'of the signal', (of) => of.timeframe),
  text('direction', 'long or short', (of) => of.direction),
  text('session', 'exchange date of the session it was opened in', (of) => of.sessionDate, 'date'),
  time('signal_at', 'close of the candle that gave the signal', (of) => of.signalAt),
  time('entry_at', 'entry fill: a fill inside a candle bears its close', (of) => of.entryAt),
  time('exit_at', 'exit fill, likewise', (of) => of.exitAt),
  number('qty', 'units', 'units', (of) => of.qty),
  number('entry_price', 'paid or got, slippage included', PRICE, (of) => of.entryPrice),
  number('exit_price', 'paid or got, slippage included', PRICE, (of) => of.exitPrice),
  number('stop', 'stop of the plan', PRICE, (of) => of.stop),
  number('target', 'target of the plan', PRICE, (of) => of.target),
  text('exit_reason', 'stop, target, square_off, no_data or feed_ended', (of) => of.exitReason),
  money('gross_pnl', 'at prices before slippage', (of) => of.grossPnl),
  money('charges', 'sum of the fee_ columns', (of) => of.charges),
  money('slippage', 'given away by the fills', (of) => of.slippage),
  money('net_pnl', 'gross_pnl - charges - slippage', (of) => of.netPnl),
  money('risk_amount', '1 R: lost at the stop, costs included, as planned', (of) => of.riskAmount),
  number('risk_pct', 'risk_amount in percent of equity at the session open', '%', (of) => of.riskPct),
  number('pnl_r', 'net_pnl / risk_amount', 'R', (of) => of.pnlR),
  number('mae', 'worst excursion per unit', PRICE, (of) => of.mae),
  number('mfe', 'best excursion per unit', PRICE, (of) => of.mfe),
  number('mae_r', 'worst excursion', 'R', (of) => of.maeR),
  number('mfe_r', 'best excursion', 'R', (of) => of.mfeR),
  number(
    'ambiguous',
    'candles that left the order of stop, target and entry open',
    'candles',
    (of) => of.ambiguous,
  ),
  text('signal_id', 'id of the signal: the stem of its events', (of) => of.correlationId),
];

/** Trades as a CSV file. `items` are the names of the charges, in the order of the cost model. */
export function tradesCsv(trades: readonly Trade[], items: readonly string[], context: CsvContext): string {
  const columns = [...TRADE_COLUMNS, ...items.map(feeColumn)];
  return stringify([
    columns.map(({ name }) => name),
    ...trades.map((trade) => columns.map(({ cell }) => cell(trade, context))),
  ]);
}

function feeColumn(item: string): CsvColumn<Trade> {
  return money(
    `fee_${textCell(item)}`,
    `charge: ${item}`,
    ({ fees }) => (Object.hasOwn(fees, item) ? fees[item] : 0) ?? 0,
  );
}

function text(name: string, meaning: string, of: (trade: Trade) => string, unit = '-'): CsvColumn<Trade> {
  return { name, meaning, unit, cell: (trade) => textCell(of(trade)) };
}

function time(name: string, meaning: string, of: (trade: Trade) => number): CsvColumn<Trade> {
  return { name, meaning, unit: TIME, cell: (trade, { zone }) => formatLocal(zone, of(trade)) };
}

function number(name: string, meaning: string, unit: string, of: (trade: Trade) => number): CsvColumn<Trade> {
  return { name, meaning, unit, cell: (trade) => numberCell(of(trade)) };
}

function money(name: string, meaning: string, of: (trade: Trade) => number): CsvColumn<Trade> {
  return { name, meaning, unit: MONEY, cell: (trade, context) => decimalAmount(of(trade), context.money) };
}
