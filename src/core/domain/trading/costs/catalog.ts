import { TradekitError } from '../../error.ts';
import type { CostModel } from '../costs.ts';
import { createIbkrFixed } from './ibkr-fixed.ts';
import { type CostOptions, named } from './options.ts';
import { createNoCosts, createPercent } from './percent.ts';
import { createZerodha } from './zerodha.ts';

type CostModelEntry = { readonly summary: string; readonly create: (options: CostOptions) => CostModel };

const BINANCE_SUMMARY = 'Binance spot VIP 0: 0.1 % a side, taken in the quote currency';

export const COST_MODELS: ReadonlyMap<string, CostModelEntry> = new Map([
  ['zerodha', { summary: 'Zerodha intraday equity, Indian taxes and charges, dated', create: createZerodha }],
  ['ibkr-fixed', { summary: 'IBKR fixed prices, SEC and FINRA fees, dated', create: createIbkrFixed }],
  [
    'binance-vip0',
    { summary: BINANCE_SUMMARY, create: () => createPercent('binance-vip0', 0.1, BINANCE_SUMMARY) },
  ],
  ['none', { summary: 'No charges', create: createNoCosts }],
]);

/**
 * The cost model of that name, or `percent:0.05`: that percentage of the value of each side.
 *
 * @throws {TradekitError} CONFIG for an unknown name, percentage or state
 */
export function createCostModel(name: string, options: CostOptions = {}): CostModel {
  if (name.startsWith('percent:')) return createFlatPercent(name);
  return named('cost model', name, COST_MODELS, 'percent:0.05').create(options);
}

/** Up to 7 decimals, so that the rate is a whole number of parts per billion. */
function createFlatPercent(name: string): CostModel {
  const text = name.slice('percent:'.length);
  const pct = /^\d{1,2}(\.\d{1,7})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(pct <= 10)) {
    throw new TradekitError('CONFIG', `"${text}" is no percentage of costs.`, {
      hint: 'Write a number from 0 to 10 with at most 7 decimals: percent:0.05 is five hundredths of a percent a side.',
    });
  }
  return createPercent(name, pct, `${pct} % of the value of each side`);
}
