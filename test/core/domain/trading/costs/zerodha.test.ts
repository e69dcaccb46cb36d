import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCostModel } from '../../../../../src/core/domain/trading/costs/catalog.ts';
import type { ChargeableFill, ChargeBook, Charges } from '../../../../../src/core/domain/trading/costs.ts';

const zerodha = createCostModel('zerodha');

function buy(orderId: string, qty: number, notional: number): ChargeableFill {
  return { orderId, side: 'buy', qty, notional };
}

function sell(orderId: string, qty: number, notional: number): ChargeableFill {
  return { orderId, side: 'sell', qty, notional };
}

/** Brokerage, exchange charge, SEBI fee, GST, STT and stamp duty of one share-day: ₹1,00,000 bought, ₹1,00,000 sold. */
function lakhRoundTrip(date: string, options = {}): readonly (number | undefined)[] {
  const book = createCostModel('zerodha', options).openBook(date);
  const parts = [book.fill(buy('a', 100, 10_000_000)), book.fill(sell('b', 100, 10_000_000)), book.close()];
  const items = ['brokerage', 'exchange', 'sebi', 'gst', 'stt', 'stampDuty'];
  return items.map((item) => parts.reduce((sum, part) => sum + (part[item] ?? 0), 0));
}

describe('zerodha', () => {
  // Two sides of 1 lakh, paise. Brokerage 0.01 % = 10 a side, from 2020-07 min(30, 20) = 20; exchange and SEBI on
  // 2 lakh; tax on brokerage + exchange (+ SEBI from 2022-07-18); STT 0.025 % of 1 lakh = 25; stamp duty 0.002 % of
  // 2 lakh = 4, from 2020-07 0.003 % of 1 lakh = 3.
  it.each([
    // exchange 0.00325 % = 6.50, SEBI 20/crore = 0.40; 12.36 % x 26.50 = 3.2754
    ['2015-05-31', [2000, 650, 40, 328, 2500, 400]],
    // 14 % x 26.50 = 3.71
    ['2015-06-01', [2000, 650, 40, 371, 2500, 400]],
    // 14.5 % x 26.50 = 3.8425
    ['2015-11-15', [2000, 650, 40, 384, 2500, 400]],
    // 15 % x 26.50 = 3.975
    ['2016-06-01', [2000, 650, 40, 398, 2500, 400]],
    // SEBI 15/crore = 0.30
    ['2017-06-30', [2000, 650, 30, 398, 2500, 400]],
    // GST 18 % x 26.50 = 4.77
    ['2017-07-01', [2000, 650, 30, 477, 2500, 400]],
    // SEBI 10/crore = 0.20
    ['2019-04-01', [2000, 650, 20, 477, 2500, 400]],
    // SEBI 5/crore = 0.10
    ['2020-06-30', [2000, 650, 10, 477, 2500, 400]],
    // 18 % x 46.50 = 8.37
    ['2020-07-01', [4000, 650, 10, 837, 2500, 300]],
    // exchange 0.00345 % = 6.90; 18 % x 46.90 = 8.442
    ['2021-01-01', [4000, 690, 10, 844, 2500, 300]],
    // SEBI 0.20, not yet in the base
    ['2022-07-17', [4000, 690, 20, 844, 2500, 300]],
    // 18 % x 47.10 = 8.478
    ['2022-07-18', [4000, 690, 20, 848, 2500, 300]],
    // 0.00325 % + 0.0001 % = 6.70; IPFT outside: 18 % x (40 + 6.50 + 0.20) = 8.406
    ['2023-04-01', [4000, 670, 20, 841, 2500, 300]],
    // 0.00322 % + 0.0001 % = 6.64; 18 % x 46.84 = 8.4312
    ['2024-04-01', [4000, 664, 20, 843, 2500, 300]],
    // 0.00297 % + 0.0001 % = 6.14; 18 % x 46.34 = 8.3412
    ['2024-10-01', [4000, 614, 20, 834, 2500, 300]],
    // 0.0030699 % + 0.0000001 % = 6.14
    ['2026-03-01', [4000, 614, 20, 834, 2500, 300]],
  ])('charges the rates of %s', (date, expected) => {
    expect(lakhRoundTrip(date)).toEqual(expected);
  });

  it('takes the stamp duty of the state before 2020-07-01, with its daily maximum', () => {
    // Tamil Nadu 0.006 % of 2 lakh = 12; Telangana 0.01 % = 20; Assam 0.018 % = 36
    expect(lakhRoundTrip('2019-05-02', { state: 'Tamil Nadu' })[5]).toBe(1200);
    expect(lakhRoundTrip('2019-05-02', { state: 'Telangana' })[5]).toBe(2000);
    expect(lakhRoundTrip('2019-05-02', { state: 'Assam' })[5]).toBe(3600);
    expect(lakhRoundTrip('2021-05-03', { state: 'Assam' })[5]).toBe(300);
    const assam = createCostModel('zerodha', { state: 'Assam' }).openBook('2019-05-02');
    assam.fill(buy('a', 1000, 100_000_000));
    assam.fill(sell('b', 1000, 100_000_000));
    // 0.018 % of 20 lakh = 360, at most 49.50
    expect(assam.close()['stampDuty']).toBe(4950);
  });

  it('charges an order of several fills its brokerage once', () => {
    const book = zerodha.openBook('2025-06-18');
    // 0.03 % of 50,000 = 15.00; of 1,00,000 = 30, at most 20
    expect(book.fill(buy('a', 50, 5_000_000))['brokerage']).toBe(1500);
    expect(book.fill(buy('a', 50, 5_000_000))['brokerage']).toBe(500);
    expect(book.fill(buy('a', 50, 5_000_000))['brokerage']).toBe(0);
    expect(book.fill(sell('b', 150, 15_000_000))['brokerage']).toBe(2000);
  });

  it('books tax and stamp duty only at the close, the day as a whole', () => {
    const book = zerodha.openBook('2025-06-18');
    expect(Object.keys(book.fill(buy('a', 10, 100_000)))).toEqual(['brokerage', 'exchange', 'sebi', 'gst']);
    book.fill(sell('b', 10, 100_000));
    // 1,000 x 0.025 % = 0.25 -> 0; 1,000 x 0.003 % = 0.03 -> 0
    expect(book.close()).toEqual({ stt: 0, stampDuty: 0 });
    book.fill(buy('c', 10, 100_000));
    book.fill(sell('d', 10, 100_000));
    // 2,000 x 0.025 % = 0.50 -> 1 rupee, half up: the second trade pays for both
    expect(book.close()).toEqual({ stt: 100, stampDuty: 0 });
  });

  it('rounds the average price to the paisa before it taxes it', () => {
    const book = zerodha.openBook('2025-06-18');
    book.fill(buy('a', 20, 199_980));
    book.fill(sell('b', 20, 200_000));
    // (1,999.80 + 2,000.00) / 40 = 99.995 -> 100.00; 20 x 100.00 x 0.025 % = 0.50 -> 1 rupee; at 99.995 it were 0.499975 -> 0
    expect(book.close()['stt']).toBe(100);
  });

  it('taxes what was sold, and nothing before there is a sale', () => {
    const book = zerodha.openBook('2025-06-18');
    expect(book.close()).toEqual({ stt: 0, stampDuty: 0 });
    book.fill(buy('a', 20, 200_000));
    // 2,000 x 0.003 % = 0.06 -> 0
    expect(book.close()).toEqual({ stt: 0, stampDuty: 0 });
    book.fill(sell('b', 19, 190_000));
    // 19 x 100.00 x 0.025 % = 0.475 -> 0
    expect(book.close()['stt']).toBe(0);
    book.fill(sell('b', 1, 10_000));
    expect(book.close()['stt']).toBe(100);
  });

  it('charges the same for a short as for a long of the same prices', () => {
    const long = zerodha.openBook('2025-06-18');
    const short = zerodha.openBook('2025-06-18');
    const longParts = [long.fill(buy('a', 7, 70_700)), long.fill(sell('b', 7, 71_400)), long.close()];
    const shortParts = [short.fill(sell('a', 7, 71_400)), short.fill(buy('b', 7, 70_700)), short.close()];
    expect(totalOf(shortParts)).toBe(totalOf(longParts));
  });

  it('gives uncapped rates for sizing', () => {
    // 2025: both sides (0.03 + 0.00297 + 0.0001 + 0.0001) % x 1.18 = 0.0391406 %; + 0.003 % stamp, + 0.025 % STT
    const { buyRatio, sellRatio, perUnit } = zerodha.rates('2025-06-18');
    expect(buyRatio).toBeCloseTo(0.000421406, 12);
    expect(sellRatio).toBeCloseTo(0.000641406, 12);
    expect(perUnit).toBe(0);
    // 2015: (0.01 + 0.00325) % x 1.14 + 0.0002 % + 0.002 % = 0.017305 %; + 0.025 %
    expect(zerodha.rates('2015-06-15').buyRatio).toBeCloseTo(0.00017305, 12);
    expect(zerodha.rates('2015-06-15').sellRatio).toBeCloseTo(0.00042305, 12);
  });

  it('says when a date lies outside its schedules', () => {
    expect(zerodha.outsideSchedule('2015-06-15')).toBeUndefined();
    expect(zerodha.outsideSchedule('2010-07-31')).toBe(
      'No Zerodha rates are known for 2010-07-31 (brokerage): the nearest known ones are used.',
    );
    expect(createCostModel('zerodha', { exchange: 'BSE' }).outsideSchedule('2018-01-02')).toContain(
      'exchange charge',
    );
  });

  it('knows a state in capitals or without', () => {
    for (const state of ['tamil nadu', 'TAMIL NADU']) {
      expect(lakhRoundTrip('2019-05-02', { state })[5]).toBe(1200);
      expect(createCostModel('zerodha', { state }).summary).toContain('stamp duty of Tamil Nadu');
    }
  });

  it('refuses an unknown state by name', () => {
    expect(() => createCostModel('zerodha', { state: 'Bombay' })).toThrow('Unknown state "Bombay".');
  });

  it('gives the same day, whatever the order and grouping of the fills of its orders', () => {
    fc.assert(
      fc.property(fc.array(fillsOfDay(), { minLength: 1, maxLength: 6 }), (orders) => {
        const whole = zerodha.openBook('2025-06-18');
        const parts = zerodha.openBook('2025-06-18');
        const wholeDay = orders.flatMap(({ id, qty, price }) => roundTrip(whole, id, [qty], price));
        const splitDay = orders.flatMap(({ id, qty, cut, price }) =>
          roundTrip(parts, id, [cut, qty - cut], price),
        );
        expect(totalOf([...splitDay, parts.close()])).toBe(totalOf([...wholeDay, whole.close()]));
      }),
    );
  });

  it('books whole paise, never less than nothing on a fill', () => {
    fc.assert(
      fc.property(fc.array(fillsOfDay(), { minLength: 1, maxLength: 6 }), (orders) => {
        const book = zerodha.openBook('2025-06-18');
        for (const { id, qty, price } of orders) {
          const amounts = roundTrip(book, id, [qty], price).flatMap((charges) => Object.values(charges));
          expect(amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0)).toBe(true);
        }
      }),
    );
  });
});

function fillsOfDay(): fc.Arbitrary<{ id: string; qty: number; cut: number; price: number }> {
  return fc
    .record({
      id: fc.uuid(),
      qty: fc.integer({ min: 2, max: 50_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .chain(({ id, qty, share }) =>
      fc
        .integer({ min: 100, max: 5_000_000 })
        .map((price) => ({ id, qty, price, cut: Math.floor(qty * share) })),
    );
}

function roundTrip(book: ChargeBook, id: string, qtys: readonly number[], price: number): Charges[] {
  return [
    ...qtys.map((qty) => book.fill(buy(`${id}-in`, qty, qty * price))),
    ...qtys.map((qty) => book.fill(sell(`${id}-out`, qty, qty * (price + 5)))),
  ];
}

function totalOf(parts: readonly Charges[]): number {
  return parts.flatMap((part) => Object.values(part)).reduce((sum, amount) => sum + amount, 0);
}
