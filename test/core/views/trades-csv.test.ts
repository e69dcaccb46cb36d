import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { TRADE_COLUMNS, tradesCsv } from '../../../src/core/views/trades-csv.ts';
import { makeTrade } from '../domain/performance/make-trade.ts';

const CONTEXT = { zone: 'Asia/Kolkata', money: { currency: 'INR', minorDigits: 2 } };

function rowsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  return parse(csv, { columns: true });
}

describe('backtest_trades.csv', () => {
  it('writes times with offset in the exchange zone, money as decimals, prices as they are', () => {
    const trade = makeTrade({
      grossPnl: -123_456,
      slippage: 1_005,
      fees: { brokerage: 4_000, stt: 35 },
      entryPrice: 1000.2,
      mae: 0.1 + 0.2,
      riskAmount: 250_000,
    });
    const [row] = rowsOf(tradesCsv([trade], ['brokerage', 'stt', 'gst'], CONTEXT));
    expect(row).toMatchObject({
      symbol: 'INFY',
      session: '2015-07-06',
      entry_at: '2015-07-06 09:20:00+05:30',
      exit_at: '2015-07-06 09:50:00+05:30',
      entry_price: '1000.2',
      gross_pnl: '-1234.56',
      charges: '40.35',
      slippage: '10.05',
      // −1234.56 − 10.05 − 40.35
      net_pnl: '-1284.96',
      risk_amount: '2500.00',
      mae: '0.3',
      ambiguous: '0',
      fee_brokerage: '40.00',
      fee_stt: '0.35',
      fee_gst: '0.00',
    });
  });

  it('documents each column once, and has no other but the charges', () => {
    const [row = {}] = rowsOf(tradesCsv([makeTrade()], [], CONTEXT));
    expect(Object.keys(row)).toEqual(TRADE_COLUMNS.map(({ name }) => name));
    expect(new Set(Object.keys(row)).size).toBe(TRADE_COLUMNS.length);
    for (const { meaning, unit } of TRADE_COLUMNS) expect([meaning, unit]).not.toContain('');
  });

  it('is its header alone where nothing traded', () => {
    expect(tradesCsv([], [], CONTEXT).split('\n')).toEqual([
      TRADE_COLUMNS.map(({ name }) => name).join(','),
      '',
    ]);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '＝1', "=cmd|' /C calc'!A0"])(
    'guards %s, which a spreadsheet would reckon',
    (symbol) => {
      const [row] = rowsOf(tradesCsv([makeTrade({ symbol, strategy: symbol })], [], CONTEXT));
      expect(row).toMatchObject({ symbol: `'${symbol}`, strategy: `'${symbol}` });
    },
  );

  it('quotes what needs it and shows controls escaped', () => {
    const [row] = rowsOf(tradesCsv([makeTrade({ symbol: 'A,"B"', strategy: 'x\n\u001b[2J' })], [], CONTEXT));
    expect(row).toMatchObject({ symbol: 'A,"B"', strategy: 'x\\u{a}\\u{1b}[2J' });
  });

  it('writes small numbers without exponent', () => {
    const [row] = rowsOf(tradesCsv([makeTrade({ qty: 1e-7, mfe: -0 })], [], CONTEXT));
    expect(row).toMatchObject({ qty: '0.0000001', mfe: '0' });
  });
});
