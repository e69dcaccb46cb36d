import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../core/adapters/clock/system.ts';
import { createSha256 } from '../core/adapters/digest/sha256.ts';
import { openEventLog, openEventLogReader } from '../core/adapters/event-log/open.ts';
import { openFeed } from '../core/adapters/feed/open.ts';
import { createNodeLauncher } from '../core/adapters/processes/node-launcher.ts';
import {
  type OpenStore,
  openStore,
  openStoreReader,
  type StoreOptions,
} from '../core/adapters/store/open.ts';
import { withoutPassword } from '../core/adapters/store/redis-url.ts';
import { findRunFile, newRunFile } from '../core/adapters/store/run-files.ts';
import { parseJsonWithComments } from '../core/config/json-with-comments.ts';
import { resolveSettings, type Settings } from '../core/config/settings.ts';
import { readSettingsFile } from '../core/config/settings-file.ts';
import { readStrategiesFile } from '../core/config/strategies-file.ts';
import { TradekitError } from '../core/domain/error.ts';
import { STAGE_NAMES, type StageName } from '../core/domain/events/channels.ts';
import { parseFeedSpec } from '../core/domain/feed-spec.ts';
import type { Market } from '../core/domain/market/market.ts';
import { createMarket } from '../core/domain/market/presets/catalog.ts';
import { createMarketFromFile } from '../core/domain/market/presets/market-file.ts';
import type { MarketOptions } from '../core/domain/market/presets/market-options.ts';
import type { ReadOptions } from '../core/ports/candle-files.ts';
import type { Feed, FeedDescription } from '../core/ports/feed.ts';
import type { RunIdentity, StoreReader } from '../core/ports/store.ts';
import { createPacedFeed, MARKET_SECONDS } from '../core/services/paced-feed.ts';
import { createExecMachine } from '../core/services/pipeline/exec-machine.ts';
import { untilSilent } from '../core/services/pipeline/heartbeats.ts';
import { createMseMachine } from '../core/services/pipeline/mse-machine.ts';
import { createRiskMachine } from '../core/services/pipeline/risk-machine.ts';
import { createScreenMachine } from '../core/services/pipeline/screen-machine.ts';
import { formatRunNote, parseRunNote } from '../core/services/run-note.ts';
import { createTickShow } from '../core/services/tick-show.ts';
import { argumentsOf, type Flags, type RedisFlags, settingFlags } from './flags.ts';
import { defined, feedOptionsOf, type History, historyOfFeed, inputOf, readOptionsOf } from './history.ts';
import { copyLog } from './log-copy.ts';
import { queryEvents, type ReadJob, tailEvents } from './log-read.ts';
import { logToRead, logToWrite, storeToCopy } from './log-source.ts';
import { groupsOf } from './service-groups.ts';
import { awaitRun, runService, say } from './service-run.ts';
import { runServices } from './services-run.ts';
import type { Choice } from './setup.ts';
import { setupOf } from './setup.ts';
import { untilInterrupted } from './terminal.ts';

/** The only place that picks adapters. What a service does not need, the engine first of all, is imported only where it is used. */

const BUNDLED = new URL('../../examples/data/nse-five-2015-07.csv.gz', import.meta.url);
const SHIPPED_STRATEGIES = new URL('../../strategies.json', import.meta.url);
const LAUNCHER = new URL('../../bin/tradekit.js', import.meta.url);
const PACKAGE = new URL('../../package.json', import.meta.url);

export async function runBacktest(files: readonly string[], flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const { signal } = untilInterrupted();
  const { backtest } = await import('./backtest-run.ts');
  const { writeWholeFiles } = await import('../core/adapters/files/write-whole.ts');
  await backtest({
    open: (onProgress) => openHistory(files, choiceOf(settings), { onProgress }),
    output: settings.output,
    createDigest: createSha256,
    writeFiles: writeWholeFiles,
    codeVersion: packageVersion(),
    clock: systemClock,
    signal,
  });
}

/** In one process by default, as services over Redis where one is named. */
export async function runAll({ resume, ...flags }: Flags): Promise<void> {
  if (flags['redis'] !== undefined || process.env['TRADEKIT_REDIS'] !== undefined) await superviseRun(flags);
  else if (resume === undefined) await startRun(flags);
  else await resumeRun(resume === true ? undefined : String(resume), flags);
}

/** Over Redis each service is a process; this one starts them, starts again who dies, and shows what they write. */
async function superviseRun(flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const { signal } = untilInterrupted();
  const { url, shown } = redisOf(settings);
  const market = marketNamed(settings.market.name, marketOptionsOf(settings));
  strategiesOf(settings);
  await using reader = await openStoreReader(url, storeOptionsOf(settings));
  await runServices({
    reader,
    shown,
    services: STAGE_NAMES.map((name) => ({
      name,
      args: [name, ...argumentsOf(flags, groupsOf(name), ['redis', 'mongo'])],
      argsAgain: ['--take-over'],
    })),
    launcher: createNodeLauncher(fileURLToPath(LAUNCHER), { TRADEKIT_REDIS: url }),
    zone: market.calendar.zone,
    money: { currency: market.currency, minorDigits: market.minorDigits },
    verbose: settings.replay.verbose,
    clock: systemClock,
    signal,
  });
}

async function startRun(flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const id = settings.services.run ?? nameOf(new Date());
  const path = newRunFile(id);
  const traded = await openTraded(settings);
  await embed({ flags, settings, traded, id, path });
}

/** The flags of its start are kept with a run; what is typed now goes before them. */
async function resumeRun(name: string | undefined, flags: Flags): Promise<void> {
  const path = findRunFile(name);
  const { id, note } = await noteOf(path);
  const kept = { ...note.flags, ...flags };
  const settings = settingsOf(kept);
  const traded = await openTraded(settings);
  await embed({ flags: note.flags ?? {}, settings, traded, id, path });
}

async function noteOf(path: string) {
  await using reader = await openStoreReader(`sqlite:${path}`);
  const run = await reader.run();
  if (run === undefined) {
    throw new TradekitError('DATA', `The run in "${path}" ended before its first instant.`, {
      hint: 'Nothing is lost: start it again with tradekit run-all.',
    });
  }
  return { id: run.id, note: parseRunNote(run.feed) };
}

/** One service of the pipeline over Redis. */
export async function runServiceOf(name: StageName, flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const { signal } = untilInterrupted();
  const { url, shown } = redisOf(settings);
  const { takeOver, storeTimeoutMs } = settings.services;
  await using store = await openStore(url, storeOptionsOf(settings));
  const common = { name, store, shown, takeOver, storeTimeoutMs, clock: systemClock, signal };
  if (name === 'screen') {
    const traded = await openTraded(settings);
    const setup = setupOf(traded.choice, traded.feed);
    await using feed = withTicks(await traded.openFeed(), store);
    const run = await runOf(store, settings, traded);
    await runService({
      ...common,
      run,
      create: ({ n }) => createScreenMachine(setup, { feed: paced(feed, settings, n) }),
    });
    return;
  }
  const choice = choiceOf(settings);
  const begun = await awaitRun(name, store, shown, systemClock, signal);
  if (begun === undefined) return say(name, 'stopped before a run had begun.');
  const setup = setupOf(choice, parseRunNote(begun.feed).feed);
  const run = { ...begun, configHash: configHashOf(choice) };
  await runService({ ...common, run, create: () => MACHINES[name](setup) });
}

/** Where others can watch the store they can watch the ticks, too. */
function withTicks(feed: Feed, { publishTick }: OpenStore): Feed {
  if (publishTick === undefined) return feed;
  return createTickShow(feed, { publishTick }, (error) => {
    say('screen', `no ticks are shown: ${error instanceof Error ? error.message : String(error)}`);
  });
}

const MACHINES = { mse: createMseMachine, risk: createRiskMachine, exec: createExecMachine };

/** A run that the store holds is gone on with where it has the same feed; else screen begins a new one. */
async function runOf(
  store: StoreReader,
  { services }: Settings,
  { choice, feed }: Traded,
): Promise<RunIdentity> {
  const held = await store.run();
  const id = services.run ?? held?.id ?? nameOf(new Date());
  return { id, configHash: configHashOf(choice), feed: formatRunNote({ feed }) };
}

function paced(feed: Feed, { replay }: Settings, free: number): Feed {
  return createPacedFeed(feed, { clock: systemClock, speed: replay.speed ?? MARKET_SECONDS, free });
}

function redisOf({ services: { redis } }: Settings): { readonly url: string; readonly shown: string } {
  if (redis !== undefined) return { url: redis, shown: withoutPassword(redis) };
  throw new TradekitError('CONFIG', 'A service needs the Redis that it shares with the others.', {
    hint: 'Name it: --redis redis://localhost:6379. Without Redis, tradekit run-all does everything in one process.',
  });
}

function storeOptionsOf({ services: { redisCa } }: Settings): StoreOptions {
  return defined({ redisCa });
}

type EmbeddedStart = {
  readonly flags: Flags;
  readonly settings: Settings;
  readonly traded: Traded;
  readonly id: string;
  readonly path: string;
};

async function embed({ flags, settings, traded, id, path }: EmbeddedStart): Promise<void> {
  const { signal } = untilInterrupted();
  const { history, feed, source } = traded;
  await using store = await openStore(`sqlite:${path}`);
  if (!settings.services.takeOver) {
    await untilSilent(store, systemClock, signal, (ms) => {
      const seconds = Math.ceil(ms / 1000);
      process.stderr.write(
        `The run's process was heard a moment ago: waiting ${seconds} s to be sure that it is gone (--take-over does not wait).\n`,
      );
    });
  }
  const { runInOneProcess } = await import('./embedded-run.ts');
  await runInOneProcess({
    history,
    feed,
    source,
    store,
    keptIn: path,
    run: { id, configHash: configHashOf(traded.choice), feed: formatRunNote({ feed, flags }) },
    takeOver: settings.services.takeOver,
    openFeed: async (seen) => paced(await traded.openFeed(), settings, seen),
    replay: settings.replay,
    createDigest: createSha256,
    codeVersion: packageVersion(),
    clock: systemClock,
    signal,
  });
}

/** `2026-11-24-181005`, UTC. */
function nameOf(now: Date): string {
  return now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
}

/** What decides: the same hash, the same decisions on the same feed. */
function configHashOf({ settings, market, strategies }: Choice): string {
  const { market: named, risk, fills, structure } = settings;
  const digest = createSha256();
  digest.update(
    JSON.stringify([named, risk, fills, structure, market.costs.summary, strategies, packageVersion()]),
  );
  return digest.hex().slice(0, 16);
}

/** A feed with what the user chose to trade it with. */
type Traded = {
  readonly choice: Choice;
  readonly history: History;
  readonly feed: FeedDescription;
  /** As a reader would say it. */
  readonly source: string;
  /** From the first instant each time. */
  readonly openFeed: () => Promise<Feed>;
};

async function openTraded(settings: Settings): Promise<Traded> {
  const choice = choiceOf(settings);
  const { spec, source } = feedOf(settings);
  const options = feedOptionsOf(settings, choice.market);
  if (spec.startsWith('csv:')) {
    const { files } = parseFeedSpec(spec) as { readonly files: readonly string[] }; // csv: has files
    const history = await openHistory(files, choice, {});
    const { createCsvFeed } = await import('../core/adapters/feed/csv-feed.ts');
    const openFeed = async () => createCsvFeed(files, history.read, options);
    return { choice, history, feed: (await openFeed()).description, source, openFeed };
  }
  const feed = await openFeed(spec, options);
  const { description } = feed;
  await feed[Symbol.asyncDispose]();
  const history = historyOfFeed(choice, description);
  return { choice, history, feed: description, source, openFeed: () => openFeed(spec, options) };
}

function choiceOf(settings: Settings): Choice {
  const { path, strategies } = strategiesOf(settings);
  const market = marketNamed(settings.market.name, marketOptionsOf(settings));
  return { settings, market, strategiesFile: path, strategies };
}

export async function initRedisFunctions(flags: RedisFlags): Promise<void> {
  const url = flags.redis ?? process.env['TRADEKIT_REDIS'];
  if (url === undefined) {
    throw new TradekitError('CONFIG', 'No Redis is named.', {
      hint: 'Name it: tradekit redis init --redis redis://ops:password@host:6379',
    });
  }
  const { initRedis } = await import('../core/adapters/store/redis-functions.ts');
  const redisCa = flags.redisCa ?? process.env['TRADEKIT_REDIS_CA'];
  const { shown, library, isNew } = await initRedis(url, defined({ redisCa }));
  const done = isNew ? 'Loaded the functions' : 'There already were the functions';
  process.stdout.write(`${done} ${library} in the Redis at "${shown}".\n`);
}

export async function runLog(flags: Flags): Promise<void> {
  const { services } = settingsOf(settingFlags(flags, ['config', 'mongo']));
  await copyLog({
    from: storeToCopy(flags),
    to: logToWrite(flags, services.mongo),
    openStore: openStoreReader,
    openLog: openEventLog,
    follow: flags['follow'] === true,
    clock: systemClock,
    signal: untilInterrupted().signal,
  });
}

/** The run that is watched: what was named, the Redis that is set, or the embedded run written last. */
export async function runDashTui(flags: Flags): Promise<void> {
  const {
    once: _once,
    json: _json,
    view: _view,
    symbol: _symbol,
    size: _size,
    store: named,
    ...typed
  } = flags;
  const choose = (kept: Flags): Choice => choiceOf(settingsOf({ ...kept, ...typed }));
  const settings = settingsOf(typed);
  const { redis } = settings.services;
  const url = named === undefined && redis !== undefined ? redis : storeToCopy(flags);
  const { dashRun } = await import('./dash-run.ts');
  await dashRun({
    flags,
    openReader: () => openStoreReader(url, storeOptionsOf(settings)),
    openStore: () => openStore(url, storeOptionsOf(settings)),
    shown: withoutPassword(url),
    choose,
    configHashOf,
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
  const { services, market } = settingsOf(settingFlags(flags, ['config', 'mongo', 'market']));
  return {
    from: logToRead(flags, services.mongo),
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
  choice: Choice,
  { onProgress }: Pick<ReadOptions, 'onProgress'>,
): Promise<History> {
  const { settings, market, strategiesFile, strategies } = choice;
  const options = { ...readOptionsOf(settings, market.calendar.zone), ...defined({ onProgress }) };
  const { readCandleFiles } = await import('../core/adapters/feed/csv/read-candle-files.ts');
  const read = await readCandleFiles(files, options, market.calendar);
  return { settings, market, read, strategiesFile, input: inputOf(settings, market, read, strategies) };
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

/** What run-all trades: the feed that was named, else the bundled candles, else chance. */
function feedOf({ replay: { feed } }: Settings): { readonly spec: string; readonly source: string } {
  if (feed !== undefined) return { spec: feed, source: feed };
  if (existsSync(BUNDLED)) {
    return {
      spec: `csv:${fileURLToPath(BUNDLED)}`,
      source: 'the bundled candles of five NSE shares, July and August 2015',
    };
  }
  return {
    spec: 'random:42',
    source: 'invented shares, random:42 (the bundled candles are not part of the installed package)',
  };
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { readonly version: string }).version; // our own package.json
}
