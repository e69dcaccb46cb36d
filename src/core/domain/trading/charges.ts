import type { Charges } from './costs.ts';
import { fromMinor } from './money.ts';

/** Nothing is due. */
export const NO_CHARGES: Charges = {};

/** Sum of all items, integer minor units. */
export function totalCharges(charges: Charges): number {
  let total = 0;
  for (const name in charges) total += charges[name] ?? 0;
  return total;
}

/** Item by item. */
export function addCharges(a: Charges, b: Charges): Charges {
  if (a === NO_CHARGES) return b;
  if (b === NO_CHARGES) return a;
  const sum: Record<string, number> = { ...a };
  for (const name in b) sum[name] = (sum[name] ?? 0) + (b[name] ?? 0);
  return sum;
}

/** Integer minor units → currency units by item, for events. */
export function chargesInUnits(charges: Charges, minorDigits: number): Readonly<Record<string, number>> {
  const units: Record<string, number> = {};
  for (const name in charges) units[name] = fromMinor(charges[name] ?? 0, minorDigits);
  return units;
}
