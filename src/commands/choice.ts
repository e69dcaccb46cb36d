import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseJsonWithComments } from '../core/config/json-with-comments.ts';
import { resolveSettings, type Settings } from '../core/config/settings.ts';
import { readSettingsFile } from '../core/config/settings-file.ts';
import { readStrategiesFile } from '../core/config/strategies-file.ts';
import { TradekitError } from '../core/domain/error.ts';
import type { Market } from '../core/domain/market/market.ts';
import { createMarket } from '../core/domain/market/presets/catalog.ts';
import { createMarketFromFile } from '../core/domain/market/presets/market-file.ts';
import type { MarketOptions } from '../core/domain/market/presets/market-options.ts';
import type { Strategy } from '../core/domain/rules/strategy.ts';
import { defined } from './defined.ts';
import type { Flags } from './flags.ts';

/** What the user chose: settings of all origins, the market and the rules they name, the feed. */

const BUNDLED = new URL('../../examples/data/nse-five-2015-07.csv.gz', import.meta.url);
const SHIPPED_STRATEGIES = new URL('../../strategies.json', import.meta.url);
const PACKAGE = new URL('../../package.json', import.meta.url);

/** What the user chose, and the market and the rules it names. */
export type Choice = {
  readonly settings: Settings;
  readonly market: Market;
  /** As the user would write it, or that the shipped ones were used. */
  readonly strategiesFile: string;
  readonly strategies: readonly Strategy[];
};

/** What names the settings file, where anything does. */
export function namedConfig({ config }: Flags): string | undefined {
  return typeof config === 'string' ? config : process.env['TRADEKIT_CONFIG'];
}

export function settingsOf(flags: Flags): Settings {
  const { config: _, ...rest } = flags;
  return resolveSettings({
    flags: rest,
    env: process.env,
    file: readSettingsFile(namedConfig(flags)),
    marketDefaults: (name) => marketNamed(name, {}),
  });
}

export function choiceOf(settings: Settings): Choice {
  const { path, strategies } = strategiesOf(settings);
  const market = marketNamed(settings.market.name, marketOptionsOf(settings));
  checkEquity(settings.risk.startingBalance, market);
  return { settings, market, strategiesFile: path, strategies };
}

/** What an account may grow to, and what leverage makes of it, stays a whole number that is exact. */
const EQUITY_ROOM = 16;

/** @throws CONFIG where the market's smallest unit of money could get lost in the balance */
function checkEquity(equity: number, { minorDigits }: Market): void {
  const most = Math.floor(Number.MAX_SAFE_INTEGER / EQUITY_ROOM / 10 ** minorDigits);
  if (equity <= most) return;
  throw new TradekitError('CONFIG', `--equity: "${equity}" is too much to be reckoned exactly.`, {
    hint: `Use at most ${most}.`,
  });
}

const IF_EMPTY = 'Describe a market in it, or use a preset: nse, us, crypto.';

/** A preset, or the user's own market in a JSON file. */
export function marketNamed(name: string, options: MarketOptions): Market {
  if (!name.endsWith('.json')) return createMarket(name, options);
  return createMarketFromFile(parseJsonWithComments(readMarketFile(name), name, IF_EMPTY), options, name);
}

function readMarketFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TradekitError('CONFIG', `Cannot read the market file "${path}".`, {
      hint: 'Check the name after --market, or use a preset: nse, us, crypto.',
      cause,
    });
  }
}

export function marketOptionsOf({ market }: Settings): MarketOptions {
  return defined({
    entryFromOffsetMs: market.entryAfterOpenMs,
    entryUntilOffsetMs: market.entryBeforeCloseMs,
    squareOffOffsetMs: market.squareOffBeforeCloseMs,
    costs: market.costs,
    costOptions: defined({ state: market.state, rounding: market.rounding, exchange: market.exchange }),
  });
}

/** `--strategies`, then ./strategies.json, then the shipped ones. */
function strategiesOf({ strategies: named }: Settings) {
  const path = named ?? (existsSync('strategies.json') ? 'strategies.json' : undefined);
  if (path !== undefined) return { path, strategies: readStrategiesFile(path) };
  return {
    path: 'the shipped strategies',
    strategies: readStrategiesFile(fileURLToPath(SHIPPED_STRATEGIES)),
  };
}

/** The candles that come with a checkout; undefined in an installed package. */
export function bundledCandles(): string | undefined {
  return existsSync(BUNDLED) ? fileURLToPath(BUNDLED) : undefined;
}

/** What run-all trades: the feed that was named, else the bundled candles, else chance. */
export function feedOf({ replay: { feed } }: Settings): { readonly spec: string; readonly source: string } {
  if (feed !== undefined) return { spec: feed, source: feed };
  const bundled = bundledCandles();
  if (bundled !== undefined) {
    return {
      spec: `csv:${bundled}`,
      source: 'the bundled candles of five NSE shares, July and August 2015',
    };
  }
  return {
    spec: 'random:42',
    source: 'invented shares, random:42 (the bundled candles are not part of the installed package)',
  };
}

/** `2026-11-24-181005`, UTC. */
export function nameOf(now: Date): string {
  return now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
}

export function packageVersion(): string {
  return (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string }).version; // our own package.json
}
