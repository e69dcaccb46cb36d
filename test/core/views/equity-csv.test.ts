import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { createEquityCurve } from '../../../src/core/domain/performance/equity-curve.ts';
import { EQUITY_COLUMNS, equityCsv } from '../../../src/core/views/equity-csv.ts';
import { MINUTE_MS, OPEN_AT } from '../domain/performance/make-trade.ts';

const CONTEXT = { zone: 'Asia/Kolkata', money: { currency: 'INR', minorDigits: 2 } };

describe('equity file', () => {
  it('has one row per session close, idle ones included', () => {
    const closeAt = OPEN_AT + 375 * MINUTE_MS;
    const curve = createEquityCurve(100_000);
    curve.mark(OPEN_AT, 99_000);
    curve.closeSession('2015-07-06', closeAt, 102_000);
    curve.closeSession('2015-07-07', closeAt + 1440 * MINUTE_MS, 102_000);
    curve.closeSession('2015-07-08', closeAt + 2880 * MINUTE_MS, 96_900);
    const rows: readonly unknown[] = parse(equityCsv(curve.read(), CONTEXT), { columns: true });
    expect(rows).toMatchObject([
      // 1020 − 1000 = 20 = 2 %
      {
        session: '2015-07-06',
        closed_at: '2015-07-06 15:30:00+05:30',
        equity: '1020.00',
        change: '20.00',
        return_pct: '2.0000',
        lowest: '990.00',
        peak: '1020.00',
        drawdown_pct: '0.0000',
      },
      { session: '2015-07-07', equity: '1020.00', change: '0.00', return_pct: '0.0000' },
      // 969 − 1020 = −51 = −5 %
      {
        session: '2015-07-08',
        equity: '969.00',
        change: '-51.00',
        return_pct: '-5.0000',
        drawdown_pct: '5.0000',
      },
    ]);
  });

  it('is its header alone without sessions', () => {
    const header = EQUITY_COLUMNS.map(({ name }) => name).join(',');
    expect(equityCsv(createEquityCurve(1).read(), CONTEXT)).toBe(`${header}\n`);
  });

  it('has no return on nothing', () => {
    const curve = createEquityCurve(100);
    curve.closeSession('2015-07-06', OPEN_AT, -50);
    curve.closeSession('2015-07-07', OPEN_AT, 50);
    const rows: readonly unknown[] = parse(equityCsv(curve.read(), CONTEXT), { columns: true });
    expect(rows).toMatchObject([{ return_pct: '-150.0000' }, { return_pct: '', change: '1.00' }]);
  });
});
