import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../core/adapters/clock/system.ts';
import { createSha256 } from '../core/adapters/digest/sha256.ts';
import { openEventLog, openEventLogReader } from '../core/adapters/event-log/open.ts';
import { readCandleFiles } from '../core/adapters/feed/csv/read-candle-files.ts';
import { writeWholeFiles } from '../core/adapters/files/write-whole.ts';
import { openStoreReader } from '../core/adapters/store/open.ts';
import { parseJsonWithComments } from '../core/config/json-with-comments.ts';
import { resolveSettings, type Settings } from '../core/config/settings.ts';
import { readSettingsFile } from '../core/config/settings-file.ts';
import { readStrategiesFile } from '../core/config/strategies-file.ts';
import { TradekitError } from '../core/domain/error.ts';
import type { Market } from '../core/domain/market/market.ts';
import { createMarket } from '../core/domain/market/presets/catalog.ts';
import { createMarketFromFile } from '../core/domain/market/presets/market-file.ts';
import type { MarketOptions } from '../core/domain/market/presets/market-options.ts';
import type { ReadOptions } from '../core/ports/candle-files.ts';
import { backtest } from './backtest-run.ts';
import { type Flags, settingFlags } from './flags.ts';
import { defined, type History, inputOf, readOptionsOf } from './history.ts';
import { copyLog } from './log-copy.ts';
import { queryEvents, type ReadJob, tailEvents } from './log-read.ts';
import { logToRead, logToWrite, storeToCopy } from './log-source.ts';
import { replay } from './replay-run.ts';
import { untilInterrupted } from './terminal.ts';

/** The only place that picks adapters. */

const BUNDLED = new URL('../../examples/data/nse-five-2015-07.csv.gz', import.meta.url);
const SHIPPED_STRATEGIES = new URL('../../strategies.json', import.meta.url);
const PACKAGE = new URL('../../package.json', import.meta.url);

export async function runBacktest(files: readonly string[], flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const { signal } = untilInterrupted();
  await backtest({
    open: (onProgress) => openHistory(files, settings, { onProgress }),
    output: settings.output,
    createDigest: createSha256,
    writeFiles: writeWholeFiles,
    codeVersion: packageVersion(),
    clock: systemClock,
    signal,
  });
}

export async function runAll(flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const { signal } = untilInterrupted();
  const { path, source } = feedOf(settings);
  await replay({
    history: await openHistory([path], settings, {}),
    source,
    replay: settings.replay,
    createDigest: createSha256,
    codeVersion: packageVersion(),
    clock: systemClock,
    signal,
  });
}

export async function runLog(flags: Flags): Promise<void> {
  const { log } = settingsOf(settingFlags(flags, ['config', 'mongo']));
  await copyLog({
    from: storeToCopy(flags),
    to: logToWrite(flags, log.mongo),
    openStore: openStoreReader,
    openLog: openEventLog,
    follow: flags['follow'] === true,
    clock: systemClock,
    signal: untilInterrupted().signal,
  });
}

export async function queryLog(flags: Flags): Promise<void> {
  await queryEvents(readJobOf(flags));
}

export async function tailLog(flags: Flags): Promise<void> {
  await tailEvents(readJobOf(flags));
}

function readJobOf(flags: Flags): ReadJob {
  const { log, market } = settingsOf(settingFlags(flags, ['config', 'mongo', 'market']));
  return {
    from: logToRead(flags, log.mongo),
    open: openEventLogReader,
    flags,
    times: timesOf(flags),
    market: marketNamed(market.name, {}),
    signal: untilInterrupted().signal,
  };
}

/** What to look for is said anew each time: no file and no environment has a say in it. */
function timesOf(flags: Flags): Settings['data'] {
  return resolveSettings({
    flags: settingFlags(flags, ['from', 'to']),
    env: {},
    marketDefaults: (name) => marketNamed(name, {}),
  }).data;
}

function settingsOf(flags: Flags): Settings {
  const { config, ...rest } = flags;
  const named = typeof config === 'string' ? config : process.env['TRADEKIT_CONFIG'];
  return resolveSettings({
    flags: rest,
    env: process.env,
    file: readSettingsFile(named),
    marketDefaults: (name) => marketNamed(name, {}),
  });
}

async function openHistory(
  files: readonly string[],
  settings: Settings,
  { onProgress }: Pick<ReadOptions, 'onProgress'>,
): Promise<History> {
  const market = marketNamed(settings.market.name, marketOptionsOf(settings));
  const { path, strategies } = strategiesOf(settings);
  const options = { ...readOptionsOf(settings, market.calendar.zone), ...defined({ onProgress }) };
  const read = await readCandleFiles(files, options, market.calendar);
  const input = inputOf(settings, market, read, strategies);
  return { settings, market, read, strategiesFile: path, input };
}

/** A preset, or the user's own market in a JSON file. */
function marketNamed(name: string, options: MarketOptions): Market {
  if (!name.endsWith('.json')) return createMarket(name, options);
  return createMarketFromFile(parseJsonWithComments(readMarketFile(name), name), options);
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

function marketOptionsOf({ market }: Settings): MarketOptions {
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

/** What run-all replays: the bundled candles, or a file. */
function feedOf({ replay: { feed } }: Settings): { readonly path: string; readonly source: string } {
  if (feed !== undefined) return { path: feed, source: feed };
  if (existsSync(BUNDLED)) {
    return {
      path: fileURLToPath(BUNDLED),
      source: 'the bundled candles of five NSE shares, July and August 2015',
    };
  }
  throw new TradekitError('DATA', 'The bundled candles are not part of the installed package.', {
    hint: 'Replay a file of your own: tradekit run-all --feed csv:FILE',
  });
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string }).version; // our own package.json
}
