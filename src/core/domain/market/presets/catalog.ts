import { named } from '../../trading/costs/options.ts';
import type { Market } from '../market.ts';
import { crypto } from './crypto.ts';
import type { MarketOptions } from './market-options.ts';
import { nse } from './nse.ts';
import { createPresetMarket, type MarketPreset } from './preset.ts';
import { us } from './us.ts';

export const MARKETS: ReadonlyMap<string, MarketPreset> = new Map(
  [nse, us, crypto].map((preset) => [preset.name, preset]),
);

/**
 * The market of that name: `nse`, `us` or `crypto`.
 *
 * @throws {TradekitError} CONFIG for an unknown market or cost model
 */
export function createMarket(name: string, options?: MarketOptions): Market {
  return createPresetMarket(named('market', name, MARKETS), options);
}
