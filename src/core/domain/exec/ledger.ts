import type { Instrument } from '../market/instrument.ts';
import type { ChargeBook, Charges, CostModel, Side } from '../trading/costs.ts';
import { createNotional, moneyGrid } from '../trading/money.ts';

/** What one fill moved, in integer minor units. */
export type FillMoney = {
  /** At the price paid. */
  readonly notional: number;
  /** At the price before slippage. */
  readonly notionalBeforeSlippage: number;
  readonly charges: Charges;
};

export type LedgerFill = {
  readonly slot: number;
  /** Session date whose schedule and contract note apply. */
  readonly date: string;
  readonly orderId: string;
  readonly side: Side;
  readonly qty: number;
  readonly price: number;
  readonly priceBeforeSlippage: number;
};

/** Books fills on the contract note of their symbol and day; every amount is rounded once and stored as an integer. */
export interface Ledger {
  book(fill: LedgerFill): FillMoney;
  /** What the law reckons on the day (STT, stamp duty), due now that the position is flat. */
  settle(slot: number, date: string): Charges;
  notional(slot: number, qty: number, price: number): number;
}

export function createLedger(
  instruments: readonly Instrument[],
  costs: CostModel,
  minorDigits: number,
): Ledger {
  const notionals = instruments.map((instrument) => createNotional(moneyGrid(instrument, minorDigits)));
  const books = instruments.map((): { date: string; book: ChargeBook | undefined } => ({
    date: '',
    book: undefined,
  }));

  function bookOf(slot: number, date: string): ChargeBook {
    const place = books[slot];
    if (place?.book !== undefined && place.date === date) return place.book;
    const book = costs.openBook(date);
    books[slot] = { date, book };
    return book;
  }

  function notional(slot: number, qty: number, price: number): number {
    return notionals[slot]?.(qty, price) ?? 0;
  }

  return {
    notional,
    book({ slot, date, orderId, side, qty, price, priceBeforeSlippage }) {
      const paid = notional(slot, qty, price);
      const notionalBeforeSlippage =
        price === priceBeforeSlippage ? paid : notional(slot, qty, priceBeforeSlippage);
      return {
        notional: paid,
        notionalBeforeSlippage,
        charges: bookOf(slot, date).fill({ orderId, side, qty, notional: paid }),
      };
    },
    settle: (slot, date) => bookOf(slot, date).close(),
  };
}
