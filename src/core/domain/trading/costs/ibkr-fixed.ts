import type { ChargeableFill, ChargeBook, CostModel } from '../costs.ts';
import { mulDivCeil, mulDivRound } from '../money.ts';
import { createOrderFees, createRunningCharge } from './booking.ts';
import { valueOn } from './schedule.ts';
import { SEC_FEE_PER_MILLION, TAF_RATES, type TafRate } from './us-rates.ts';

const COMMISSION_PER_SHARE = 0.005;
const MIN_COMMISSION_CENTS = 100;
const TEN_THOUSANDTHS_PER_CENT = 10_000;

/**
 * Interactive Brokers, fixed prices, US shares; amounts in cents, quantities in whole shares.
 *
 * `commission`: half a cent a share and order, at least $1, never above 1 % of the order's value. `secFee` and `taf`
 * are paid by the seller, rounded up to the cent once per symbol and day.
 */
export function createIbkrFixed(): CostModel {
  return {
    name: 'ibkr-fixed',
    summary: 'IBKR fixed: $0.005 a share, min $1 an order; SEC section 31 and FINRA TAF on sales',
    items: ['commission', 'secFee', 'taf'],
    rates(date) {
      const tafPerShare = valueOn(TAF_RATES, date).value.microPerShare / 1e6;
      return {
        buyRatio: 0,
        sellRatio: valueOn(SEC_FEE_PER_MILLION, date).value / 1e6,
        // Paid on one of the two sides: half of it on each makes the round trip right.
        perUnit: COMMISSION_PER_SHARE + tafPerShare / 2,
      };
    },
    openBook: (date) =>
      createIbkrBook(valueOn(SEC_FEE_PER_MILLION, date).value, valueOn(TAF_RATES, date).value),
    outsideSchedule(date) {
      if (valueOn(SEC_FEE_PER_MILLION, date).covered) return undefined;
      return `No SEC section 31 rate is known for ${date}: the nearest known one is used.`;
    },
  };
}

function createIbkrBook(secPerMillion: number, taf: TafRate): ChargeBook {
  const commission = createOrderFees(commissionCents);
  const tafUnits = createOrderFees((qty) => tafTenThousandths(qty, taf));
  const secFee = createRunningCharge();
  const tafFee = createRunningCharge();
  let sold = 0;

  function sell({ orderId, qty, notional }: ChargeableFill): void {
    sold += notional;
    tafUnits.add(orderId, qty, notional);
  }

  return {
    fill(fill) {
      if (fill.side === 'sell') sell(fill);
      return {
        commission: commission.add(fill.orderId, fill.qty, fill.notional),
        secFee: secFee.raiseTo(mulDivCeil(sold, Math.round(secPerMillion * 100), 100_000_000)),
        taf: tafFee.raiseTo(mulDivCeil(tafUnits.total, 1, TEN_THOUSANDTHS_PER_CENT)),
      };
    },
    close: () => ({}),
  };
}

function commissionCents(qty: number, notional: number): number {
  const byShares = Math.max(MIN_COMMISSION_CENTS, mulDivRound(qty, 1, 2));
  return Math.min(byShares, mulDivRound(notional, 1, 100));
}

/** Per trade, in ten-thousandths of a cent, at most its maximum where there is one. */
function tafTenThousandths(qty: number, { microPerShare, maxCents }: TafRate): number {
  const due = qty * microPerShare;
  return maxCents === undefined ? due : Math.min(due, maxCents * TEN_THOUSANDTHS_PER_CENT);
}
