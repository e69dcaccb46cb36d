import { describe, expect, it } from 'vitest';
import { createCostModel } from '../../../../src/core/domain/trading/costs/catalog.ts';
import { openDesk } from '../../../desk.ts';

/** Trades met by candles and booked as a contract note of 2015-06-15 (case C01 of the shared notes) would bear them. */
function desk() {
  return openDesk({
    costs: createCostModel('zerodha', { state: 'Maharashtra' }),
    fills: { slippage: { ticks: 0, bp: 0 } },
    date: '2015-06-15',
  });
}

const order = { price: 153.2, limit: 153.2, stop: 150, target: 154.1, qty: 200 };

describe('charges of a day', () => {
  it('are the contract note to the paisa: 200 bought at 153.20, sold at 154.10', () => {
    const one = desk();
    one.order(order);
    one.candles([0, 153.2, 153.5, 153, 153.4], [1, 153.5, 154.15, 153.4, 154]);
    // 200 × 0.90 = 180.00; note: 3.06 + 3.08 brokerage, STT 7.6825 → 8, exchange 2.00, SEBI 0.12, tax 1.14, stamp 1.23
    expect(one.trades[0]).toMatchObject({ grossPnl: 18_000, slippage: 0, charges: 1_863, netPnl: 16_137 });
    expect(one.trades[0]?.fees).toEqual({
      brokerage: 614,
      stt: 800,
      exchange: 200,
      sebi: 12,
      gst: 114,
      stampDuty: 123,
    });
  });

  it('that the law reckons on the day are booked as its total less what was booked', () => {
    const two = desk();
    two.order(order);
    two.candles([0, 153.2, 153.5, 153, 153.4], [1, 153.5, 154.15, 153.4, 154]);
    two.order({ ...order, decidedAt: 2 });
    two.candles([2, 153.2, 153.5, 153, 153.4], [3, 153.5, 154.15, 153.4, 154]);
    // STT of the day: 400 sold × average 153.65 × 0.025 % = 15.365 → 15; the first close booked 8, the second 7.
    expect(two.trades.map(({ fees }) => fees['stt'])).toEqual([800, 700]);
    // Stamp of the day: 2 × 61,460.00 × 0.002 % = 2.4584 → 2.46; booked 1.23 and 1.23.
    expect(two.trades.map(({ fees }) => fees['stampDuty'])).toEqual([123, 123]);
  });

  it('in events add up to the trade’s', () => {
    const one = desk();
    one.order(order);
    one.candles([0, 153.2, 153.5, 153, 153.4], [1, 153.5, 154.15, 153.4, 154]);
    const fills = one.events.filter((event) => event.type === 'ORDER_FILLED');
    const closed = one.events.find((event) => event.type === 'POSITION_CLOSED');
    const booked = fills.flatMap(({ fees }) => Object.values(fees)).reduce((a, b) => a + b, 0);
    // 18.63 on the note, of which STT 8 and stamp 1.23 come with the close
    expect(booked).toBeCloseTo(18.63 - 8 - 1.23, 9);
    expect(
      closed?.type === 'POSITION_CLOSED' && Object.values(closed.fees).reduce((a, b) => a + b, 0),
    ).toBeCloseTo(18.63, 9);
    expect(closed).toMatchObject({ grossPnl: 180, slippage: 0, netPnl: 161.37 });
  });

  it('of a day that ended while the position was open come with its close', () => {
    const carried = desk();
    carried.order({ ...order, side: 'short', stop: 160, target: 150.1 });
    carried.candles([0, 153.2, 153.5, 153, 153.4]);
    carried.mark('SESSION_CLOSED', 375);
    carried.mark('SESSION_OPENED', 24 * 60, '2015-06-16');
    carried.candles([24 * 60, 150.2, 150.3, 150, 150.2]);
    // Sold 200 at 153.20 on the first day: STT 30,640.00 × 0.025 % = 7.66 → 8; nothing sold on the second.
    expect(carried.trades[0]?.fees['stt']).toBe(800);
    // Stamp of both sides at 0.002 %: 30,640.00 → 0.61 on the first day, 200 × 150.10 = 30,020.00 → 0.60 on the second.
    expect(carried.trades[0]?.fees['stampDuty']).toBe(121);
  });

  it('are off the marked account as soon as they are booked: with the fill, and at the end of the day', () => {
    const carried = desk();
    carried.order({ ...order, side: 'short', stop: 160, target: 150.1 });
    carried.candles([0, 153.2, 153.5, 153, 153.4]);
    // 200 × (153.20 − 153.40) = −40.00; of 30,640.00: 3.06 brokerage, exchange 1.00, SEBI 0.06, tax 14 % of 4.06 = 0.57
    expect(carried.exec.markedPnl()).toBe(-4_469);
    carried.mark('SESSION_CLOSED', 375);
    // STT 8 and stamp 0.61 of the day: −44.69 − 8.61
    expect(carried.exec.markedPnl()).toBe(-5_330);
  });
});
