import { powerOfTen } from '../../trading/money.ts';
import type { Proposal } from '../proposal.ts';
import type { Reading } from '../rule.ts';

/** Lowers the proposal's quantity to `qty`, down to whole lots; the plan passes while a lot is left. */
export function cutTo(proposal: Proposal, qty: number, reading: Pick<Reading, 'value' | 'limit'>): Reading {
  const { desk, quantity } = proposal;
  const lot = desk.instrument.lot;
  const scale = powerOfTen(desk.lotDecimals);
  const cut = (Math.floor(qty / lot + 1e-9) * Math.round(lot * scale)) / scale;
  const units = Math.max(0, cut);
  quantity.units = units;
  return { value: reading.value, limit: reading.limit, pass: units >= lot, cutTo: units };
}
