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
import { resolveSettings, type Settings } from '../core/config/settings.ts';
import { TradekitError } from '../core/domain/error.ts';
import { STAGE_NAMES, type StageName } from '../core/domain/events/channels.ts';
import { parseFeedSpec } from '../core/domain/feed-spec.ts';
import type { ReadOptions } from '../core/ports/candle-files.ts';
import type { Feed, FeedDescription } from '../core/ports/feed.ts';
import type { RunIdentity, Store, StoreReader } from '../core/ports/store.ts';
import { createGate, type Gate } from '../core/services/gate.ts';
import { createPacedFeed, MARKET_SECONDS } from '../core/services/paced-feed.ts';
import { createExecMachine } from '../core/services/pipeline/exec-machine.ts';
import { untilSilent } from '../core/services/pipeline/heartbeats.ts';
import { createMseMachine } from '../core/services/pipeline/mse-machine.ts';
import { createPatientReader } from '../core/services/pipeline/patient-store.ts';
import { createRiskMachine } from '../core/services/pipeline/risk-machine.ts';
import { createScreenMachine } from '../core/services/pipeline/screen-machine.ts';
import { formatRunNote, parseRunNote } from '../core/services/run-note.ts';
import { createTickShow } from '../core/services/tick-show.ts';
import {
  bundledCandles,
  type Choice,
  choiceOf,
  feedOf,
  marketNamed,
  marketOptionsOf,
  nameOf,
  packageVersion,
  settingsOf,
} from './choice.ts';
import { defined } from './defined.ts';
import { argumentsOf, type Flags, type RedisFlags, settingFlags } from './flags.ts';
import { feedOptionsOf, type History, historyOfFeed, inputOf, readOptionsOf } from './history.ts';
import { copyBeside, copyLog } from './log-copy.ts';
import { queryEvents, type ReadJob, tailEvents } from './log-read.ts';
import { logToRead, logToWrite, storeToCopy, withRedis } from './log-source.ts';
import { createNotices, type Notices } from './notices.ts';
import { findRunFile, newRunFile } from './run-files.ts';
import { runSettingsOf } from './run-settings.ts';
import { groupsOf } from './service-groups.ts';
import { awaitRun, runService, say } from './service-run.ts';
import { runServices } from './services-run.ts';
import { setupOf } from './setup.ts';
import { styleOf, untilInterrupted } from './terminal.ts';

/** The only place that picks adapters. What a service does not need, the engine first of all, is imported only where it is used. */

const LAUNCHER = new URL('../../bin/tradekit.js', import.meta.url);

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
export async function runAll({ resume, plain, ...flags }: Flags): Promise<void> {
  const isPlain = plain === true || flags['verbose'] === true;
  if (resume !== undefined && flags['run'] !== undefined) throw twoNames(String(flags['run']));
  const settings = settingsOf(flags);
  if (settings.services.redis !== undefined) {
    if (resume !== undefined) throw goesOnByItself();
    await superviseRun(flags, settings, isPlain);
  } else if (resume === undefined) await startRun(flags, settings, isPlain);
  else await resumeRun(resume === true ? undefined : String(resume), flags, isPlain);
}

function twoNames(run: string): TradekitError {
  return new TradekitError('CONFIG', '"--run" names a new run, and "--resume" goes on with an old one.', {
    hint: `Go on with that one: tradekit run-all --resume ${run}`,
  });
}

function goesOnByItself(): TradekitError {
  return new TradekitError('CONFIG', 'Over Redis a run needs no --resume: it goes on by itself.', {
    hint: 'Leave --resume out. For a run that is kept in a file, leave out the Redis (--redis, TRADEKIT_REDIS, tradekit.json).',
  });
}

/** The market structure engine on its own: no store, no strategies, no service. */
export async function testStructure({
  test: _,
  data,
  at,
  direction,
  timeframe,
  ...typed
}: Flags): Promise<void> {
  const settings = settingsOf(typed);
  const market = marketNamed(settings.market.name, marketOptionsOf(settings));
  const { showStructure } = await import('./mse-test-run.ts');
  const { readCandleFiles } = await import('../core/adapters/feed/csv/read-candle-files.ts');
  const path = typeof data === 'string' ? data : bundledCandles();
  if (path === undefined) throw notBundled();
  await showStructure({
    flags: { at, direction, timeframe },
    settings,
    market,
    path,
    isBundled: data === undefined,
    read: (file, options) => readCandleFiles([file], options, market.calendar),
    style: styleOf(process.stdout, process.env, 80),
    write: (text) => void process.stdout.write(text),
  });
}

function notBundled(): TradekitError {
  return new TradekitError('DATA', 'The bundled candles are not part of the installed package.', {
    hint: 'Name your own: tradekit mse --test --data data.csv',
  });
}

/** Over Redis each service is a process; this one starts them, starts again who dies, and shows what they write. */
async function superviseRun(flags: Flags, settings: Settings, isPlain: boolean): Promise<void> {
  const { signal } = untilInterrupted();
  const { url, shown } = redisOf(settings);
  const choice = choiceOf(settings);
  const { market } = choice;
  const notices = createNotices((line) => process.stderr.write(`${line}\n`));
  await using reader = await openStoreReader(url, storeOptionsOf(settings));
  await runServices({
    reader,
    shown,
    services: [
      ...STAGE_NAMES.map((name) => ({
        name,
        args: [name, ...argumentsOf(flags, groupsOf(name), ['redis'])],
        argsAgain: ['--take-over'],
      })),
      { name: 'log', args: ['log', ...argumentsOf(flags, [], [])], argsAgain: [] },
    ],
    // URLs may bear passwords, and anyone sees a command line.
    launcher: createNodeLauncher(fileURLToPath(LAUNCHER), {
      TRADEKIT_REDIS: url,
      TRADEKIT_STORE_TIMEOUT: String(settings.services.storeTimeoutMs / 1000),
      ...defined({
        TRADEKIT_REDIS_CA: settings.services.redisCa,
        TRADEKIT_MONGO: settings.services.mongo,
      }),
    }),
    zone: market.calendar.zone,
    money: { currency: market.currency, minorDigits: market.minorDigits },
    notices,
    dashboard:
      !isPlain && hasTerminal()
        ? (run, until) => notices.whileShown(() => watchServices(run, choice, url, notices, until))
        : undefined,
    verbose: settings.replay.verbose,
    storeTimeoutMs: settings.services.storeTimeoutMs,
    clock: systemClock,
    signal,
  });
}

async function startRun(flags: Flags, settings: Settings, isPlain: boolean): Promise<void> {
  const id = settings.services.run ?? nameOf(new Date());
  const path = newRunFile(id);
  const traded = await openTraded(settings);
  await embed({ flags, settings, traded, id, path, isPlain });
}

/** The flags of its start are kept with a run; what is typed now goes before them. */
async function resumeRun(name: string | undefined, flags: Flags, isPlain: boolean): Promise<void> {
  const path = findRunFile(name);
  const { id, note } = await noteOf(path);
  const kept = { ...note.flags, ...flags };
  const settings = settingsOf(kept);
  const traded = await openTraded(settings);
  await embed({ flags: note.flags ?? {}, settings, traded, id, path, isPlain });
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
  const patient = createPatientReader(store, {
    clock: systemClock,
    timeoutMs: storeTimeoutMs,
    signal,
    say: (line) => say(name, line),
  });
  const begun = await awaitRun(name, patient, shown, systemClock, signal);
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

function paced(feed: Feed, { replay }: Settings, free: number, gate?: Gate): Feed {
  return createPacedFeed(feed, { clock: systemClock, speed: replay.speed ?? MARKET_SECONDS, free, gate });
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

function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

type WatchedRun = {
  readonly id: string;
  readonly traded: Traded;
  readonly store: Store;
  readonly path: string;
  readonly replay: Gate | undefined;
  readonly notices: Notices;
};

const HALTED_BY = 'the dashboard of run-all';

/** The dashboard of the run that this process makes: it reads the run's file, as another process would. */
async function watchRun(
  { id, traded: { choice, feed }, store, path, replay, notices }: WatchedRun,
  signal: AbortSignal,
): Promise<void> {
  const { showDashboard } = await import('./show-dashboard.ts');
  await using reader = await openStoreReader(`sqlite:${path}`);
  await showDashboard({
    reader,
    settings: runSettingsOf(id, feed, choice),
    replay,
    notice: () => notices.newest,
    halt: () => store.halt(HALTED_BY),
    clock: systemClock,
    signal,
  });
}

/** The dashboard of the run that services make together. */
async function watchServices(
  run: RunIdentity,
  choice: Choice,
  url: string,
  notices: Notices,
  signal: AbortSignal,
): Promise<void> {
  const { showDashboard } = await import('./show-dashboard.ts');
  const { storeTimeoutMs: timeoutMs } = choice.settings.services;
  const options = storeOptionsOf(choice.settings);
  await using reader = await openStoreReader(url, options);
  await showDashboard({
    // Who tells the run says it where the store is away.
    reader: createPatientReader(reader, { clock: systemClock, timeoutMs, signal, say: () => {} }),
    settings: runSettingsOf(run.id, parseRunNote(run.feed).feed, choice),
    notice: () => notices.newest,
    async halt() {
      await using store = await openStore(url, options);
      await store.halt(HALTED_BY);
    },
    clock: systemClock,
    signal,
  });
}

type EmbeddedStart = {
  readonly flags: Flags;
  readonly settings: Settings;
  readonly traded: Traded;
  readonly id: string;
  readonly path: string;
  /** Lines also where there is a terminal. */
  readonly isPlain: boolean;
};

async function embed({ flags, settings, traded, id, path, isPlain }: EmbeddedStart): Promise<void> {
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
  const { mongo } = settings.services;
  const isShown = !isPlain && hasTerminal();
  const gate = isShown && isReplay(feed) ? createGate() : undefined;
  const notices = createNotices((line) => process.stderr.write(`${line}\n`));
  const endCopy =
    mongo === undefined
      ? undefined
      : copyBeside({
          from: `sqlite:${path}`,
          to: mongo,
          openStore: openStoreReader,
          openLog: openEventLog,
          clock: systemClock,
          signal,
          say: (line) => notices.say(`log: ${line}`),
        });
  const { runInOneProcess } = await import('./embedded-run.ts');
  const isOver = await runInOneProcess({
    history,
    feed,
    source,
    store,
    keptIn: path,
    run: { id, configHash: configHashOf(traded.choice), feed: formatRunNote({ feed, flags }) },
    takeOver: settings.services.takeOver,
    dashboard: isShown
      ? (until) =>
          notices.whileShown(() => watchRun({ id, traded, store, path, replay: gate, notices }, until))
      : undefined,
    openFeed: async (seen) => paced(await traded.openFeed(), settings, seen, gate),
    replay: settings.replay,
    createDigest: createSha256,
    codeVersion: packageVersion(),
    clock: systemClock,
    signal,
  });
  await endCopy?.(isOver);
}

/** History stands still where it is told to. What invents a market, or hears one, is shown as a market: that never waits. */
function isReplay({ source }: FeedDescription): boolean {
  return parseFeedSpec(source).kind !== 'random';
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

const LOG_SETTINGS = ['config', 'mongo', 'redis', 'redisCa', 'market'] as const;

export async function runLog(flags: Flags): Promise<void> {
  const settings = settingsOf(settingFlags(flags, LOG_SETTINGS));
  const { services } = settings;
  const { signal } = untilInterrupted();
  await copyLog({
    from: storeToCopy(withRedis(flags, services.redis)),
    to: logToWrite(flags, services.mongo),
    openStore: async (url) =>
      createPatientReader(await openStoreReader(url, storeOptionsOf(settings)), {
        clock: systemClock,
        timeoutMs: services.storeTimeoutMs,
        signal,
        say: (line) => say('log', line),
      }),
    openLog: openEventLog,
    follow: flags['follow'] === true,
    clock: systemClock,
    signal,
    say: (line) => say('log', line),
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
  const { services, market } = settingsOf(settingFlags(flags, LOG_SETTINGS));
  return {
    from: logToRead(withRedis(flags, services.redis), services.mongo),
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
