import type { Instrument } from '../market/instrument.ts';
import type { Slippage } from './settings.ts';

/**
 * Whole ticks that a market, stop or square-off fill gives away per unit: the larger of so many ticks and so many basis
 * points of the price, rounded up. 0 only where both settings are 0.
 */
export function slippageTicks(
  price: number,
  slippage: Slippage,
  instrument: Pick<Instrument, 'tick'>,
): number {
  const bpTicks = Math.ceil((price * slippage.bp) / 10_000 / instrument.tick - 1e-6);
  return Math.max(slippage.ticks, bpTicks, 0);
}
