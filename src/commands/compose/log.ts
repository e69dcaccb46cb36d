import { systemClock } from '../../core/adapters/clock/system.ts';
import { openEventLog, openEventLogReader } from '../../core/adapters/event-log/open.ts';
import { openStoreReader } from '../../core/adapters/store/open.ts';
import { resolveSettings, type Settings } from '../../core/config/settings.ts';
import type { Market } from '../../core/domain/market/market.ts';
import { createMarket, MARKETS } from '../../core/domain/market/presets/catalog.ts';
import type { LoggedRun } from '../../core/ports/event-log.ts';
import { createPatientReader } from '../../core/services/pipeline/patient-store.ts';
import { marketNamed, settingsOf } from '../choice.ts';
import { type Flags, settingFlags } from '../flags.ts';
import { copyLog } from '../log-copy.ts';
import { noteOf } from '../log-instruments.ts';
import { queryEvents, type ReadJob, tailEvents } from '../log-read.ts';
import { logToWrite, placesToRead, storeToCopy, withRedis } from '../log-source.ts';
import { say } from '../service-run.ts';
import { untilInterrupted } from '../terminal.ts';
import { storeOptionsOf } from './redis-of.ts';

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

export async function queryLog(flags: Flags): Promise<void> {
  await queryEvents(readJobOf(flags));
}

export async function tailLog(flags: Flags): Promise<void> {
  await tailEvents(readJobOf(flags));
}

function readJobOf(flags: Flags): ReadJob {
  const { services, market } = settingsOf(settingFlags(flags, LOG_SETTINGS));
  const chosen = marketNamed(market.name, {});
  const named = withRedis(flags, services.redis);
  return {
    places: placesToRead(named, services.mongo),
    open: openEventLogReader,
    flags,
    times: timesOf(flags),
    marketOf: (run) => (flags['market'] === undefined ? keptMarketOf(run) : undefined) ?? chosen,
    signal: untilInterrupted().signal,
  };
}

/** The market that the run was begun with, where that is kept and is a preset. */
function keptMarketOf(run: LoggedRun): Market | undefined {
  const name = noteOf(run)?.flags?.['market'];
  return typeof name === 'string' && MARKETS.has(name) ? createMarket(name) : undefined;
}

/** What to look for is said anew each time: no file and no environment has a say in it. */
function timesOf(flags: Flags): Settings['data'] {
  return resolveSettings({
    flags: settingFlags(flags, ['from', 'to']),
    env: {},
    marketDefaults: (name) => marketNamed(name, {}),
  }).data;
}
