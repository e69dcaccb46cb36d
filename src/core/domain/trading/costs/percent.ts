import { NO_CHARGES } from '../charges.ts';
import type { ChargeBook, CostModel } from '../costs.ts';
import { mulDivRound } from '../money.ts';
import { BILLION, createRunningCharge, ppb } from './booking.ts';

/** One commission, in percent of the value of each side, half up to the minor unit over the day; at all dates. */
export function createPercent(name: string, pct: number, summary: string): CostModel {
  const rate = ppb(pct);
  const rates = { buyRatio: rate / BILLION, sellRatio: rate / BILLION, perUnit: 0 };
  return {
    name,
    summary,
    items: ['commission'],
    rates: () => rates,
    openBook: () => createPercentBook(rate),
    outsideSchedule: () => undefined,
  };
}

function createPercentBook(rate: number): ChargeBook {
  const commission = createRunningCharge();
  let turnover = 0;
  return {
    fill({ notional }) {
      turnover += notional;
      return { commission: commission.raiseTo(mulDivRound(turnover, rate, BILLION)) };
    },
    close: () => NO_CHARGES,
  };
}

const FREE_BOOK: ChargeBook = { fill: () => NO_CHARGES, close: () => NO_CHARGES };

/** Trading without charges: for comparisons. */
export function createNoCosts(): CostModel {
  return {
    name: 'none',
    summary: 'no charges',
    items: [],
    rates: () => ({ buyRatio: 0, sellRatio: 0, perUnit: 0 }),
    openBook: () => FREE_BOOK,
    outsideSchedule: () => undefined,
  };
}
