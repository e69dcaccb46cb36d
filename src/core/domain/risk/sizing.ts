import type { Instrument } from '../market/instrument.ts';
import { decimalsOf } from '../trading/money.ts';

export type SizingInput = {
  /** E, integer minor units. */
  readonly equityMinor: number;
  readonly minorDigits: number;
  /** Percent of E: 1 is one percent. */
  readonly riskPct: number;
  readonly worstEntry: number;
  readonly stop: number;
  /** Costs and slippage per unit, in price. */
  readonly costPerUnit: number;
  readonly instrument: Instrument;
};

export type Size = {
  /** Units, a whole number of lots. */
  readonly qty: number;
  /** qty × (|worst entry − stop| + costs and slippage per unit), integer minor units, rounded once. */
  riskMinor(qty: number): number;
};

/** Money is reckoned here in billionths of a currency unit. */
const NANO_DIGITS = 9;

/**
 * qty = floor(E × risk % ÷ (|worst entry − stop| + costs and slippage per unit)), to the lot.
 *
 * In whole numbers all through: with floats, 1,000 ÷ (100.15 − 99.95) is 4999.999… and buys one share too few.
 * Costs per unit are rounded up to the billionth.
 */
export function sizePosition(input: SizingInput): Size {
  const { instrument, minorDigits } = input;
  const lotDecimals = decimalsOf(instrument.lot);
  const lotUnits = BigInt(Math.round(instrument.lot * 10 ** lotDecimals));
  const lotScale = 10n ** BigInt(lotDecimals);
  const nanoPerUnit = unitRiskNano(input);
  const riskMillionths = BigInt(Math.round(input.riskPct * 1e6));
  const budgetNano =
    (BigInt(input.equityMinor) * 10n ** BigInt(NANO_DIGITS - minorDigits) * riskMillionths) / 100_000_000n;
  const lots =
    nanoPerUnit <= 0n || budgetNano <= 0n ? 0n : (budgetNano * lotScale) / (nanoPerUnit * lotUnits);
  return {
    qty: Number(lots * lotUnits) / Number(lotScale),
    riskMinor(qty: number): number {
      const units = BigInt(Math.round(qty * Number(lotScale)));
      const divisor = lotScale * 10n ** BigInt(NANO_DIGITS - minorDigits);
      return Number((units * nanoPerUnit * 2n + divisor) / (2n * divisor));
    },
  };
}

function unitRiskNano({ worstEntry, stop, costPerUnit, instrument }: SizingInput): bigint {
  const scale = 10 ** instrument.decimals;
  const distance = Math.abs(Math.round(worstEntry * scale) - Math.round(stop * scale));
  const cost = Math.ceil(costPerUnit * 10 ** NANO_DIGITS - 1e-3);
  return BigInt(distance) * 10n ** BigInt(NANO_DIGITS - instrument.decimals) + BigInt(cost);
}
