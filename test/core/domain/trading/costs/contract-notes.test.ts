import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCostModel } from '../../../../../src/core/domain/trading/costs/catalog.ts';
import type { CostOptions } from '../../../../../src/core/domain/trading/costs/options.ts';
import type { Charges, Side } from '../../../../../src/core/domain/trading/costs.ts';
import { SHARED, sharedFile } from '../../../../shared.ts';

type Order = {
  readonly side: 'B' | 'S';
  readonly fills: readonly { readonly qty: number; readonly price: number }[];
};
type NoteCase = {
  readonly id: string;
  readonly date: string;
  readonly exchange: 'NSE' | 'BSE';
  readonly segment: string;
  readonly product: string;
  readonly state?: string | null;
  readonly orders?: readonly Order[];
  readonly expected: Readonly<Record<string, number>>;
  readonly expectedCalculator?: Readonly<Record<string, number>>;
};

/** Cases that list orders, all of them in shares; the others are named with the reason why they are left out. */
const INTRADAY = ['C01', 'C02', 'C07', 'C11', 'C15'];
const LEFT_OUT: Readonly<Record<string, string>> = {
  C04: 'delivery',
  C05: 'future',
  C06: 'option',
  C09: 'future',
  C10: 'option',
  C13: 'part of it is delivered: tax and stamp duty left out, the rest checked below',
  C14: 'option',
  S01: 'commodity option',
  S02: 'delivery, lists no orders',
  S03: 'delivery, lists no orders',
  S04: 'delivery of a fund',
  S13: 'future',
  S14: 'part of it is delivered: its intraday tax is checked below',
  S15: 'future and option',
  S16: 'future and option',
};

const cases: readonly NoteCase[] =
  SHARED === undefined
    ? []
    : JSON.parse(readFileSync(sharedFile('data/costs/contract-notes.json'), 'utf8')).cases;

describe.skipIf(SHARED === undefined)('contract notes (needs ../shared)', () => {
  it('knows every case: checked, or left out by name', () => {
    expect(cases.map(({ id }) => id).sort()).toEqual([...INTRADAY, ...Object.keys(LEFT_OUT)].sort());
    const intraday = cases.filter(({ segment, product }) => segment === 'equity' && product === 'MIS');
    expect(intraday.map(({ id }) => id)).toEqual(INTRADAY);
  });

  it.each(INTRADAY)('%s: every charge to the paisa, as on the note', (id) => {
    const note = caseOf(id);
    const charges = chargesOf(note, 'note');
    expect(charges).toEqual(itemsOf(note.expected));
    expect(sum(charges)).toBe(note.expected['total']);
  });

  it.each(INTRADAY)('%s: tax, stamp duty and total as the web calculator has them', (id) => {
    const note = caseOf(id);
    const charges = chargesOf(note, 'calculator');
    expect({ stt: charges['stt'], stampDuty: charges['stampDuty'], total: sum(charges) }).toEqual(
      note.expectedCalculator,
    );
  });

  it('S14: taxes the intraday part on the average of all buys and sells', () => {
    const note = caseOf('S14');
    expect(chargesOf({ ...note, date: '2023-06-01' }, 'note')['stt']).toBe(note.expected['sttIntraday']);
  });

  it('C13: everything that knows no difference between intraday and delivery', () => {
    const { brokerage, exchange, sebi, gst } = chargesOf(caseOf('C13'), 'note');
    const { expected } = caseOf('C13');
    expect([brokerage, exchange, sebi, gst]).toEqual(
      ['brokerage', 'exchange', 'sebi', 'gst'].map((item) => expected[item]),
    );
  });
});

function caseOf(id: string): NoteCase {
  const found = cases.find((note) => note.id === id);
  if (found === undefined) throw new Error(`No case ${id} in contract-notes.json`);
  return found;
}

function chargesOf(note: NoteCase, rounding: 'note' | 'calculator'): Charges {
  const options: CostOptions = {
    rounding,
    exchange: note.exchange,
    ...(note.state ? { state: note.state } : {}),
  };
  const book = createCostModel('zerodha', options).openBook(note.date);
  const booked = (note.orders ?? []).flatMap(({ side, fills }, order) =>
    fills.map(({ qty, price }) =>
      book.fill({ orderId: `order-${order}`, side: sideOf(side), qty, notional: qty * price }),
    ),
  );
  return addUp([...booked, book.close()]);
}

function sideOf(side: 'B' | 'S'): Side {
  return side === 'B' ? 'buy' : 'sell';
}

function addUp(parts: readonly Charges[]): Charges {
  const total: Record<string, number> = {};
  for (const part of parts) {
    for (const [item, amount] of Object.entries(part)) total[item] = (total[item] ?? 0) + amount;
  }
  return total;
}

function itemsOf({ brokerage, stt, exchange, sebi, gst, stampDuty }: NoteCase['expected']): Charges {
  return JSON.parse(JSON.stringify({ brokerage, stt, exchange, sebi, gst, stampDuty }));
}

function sum(charges: Charges): number {
  return Object.values(charges).reduce((total, amount) => total + amount, 0);
}
