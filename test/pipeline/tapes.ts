import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { feedOptionsOf } from '../../src/commands/history.ts';
import { setupOf } from '../../src/commands/setup.ts';
import { openFeed } from '../../src/core/adapters/feed/open.ts';
import { flagOf, isSettingName } from '../../src/core/config/setting-table.ts';
import { resolveSettings } from '../../src/core/config/settings.ts';
import { readStrategiesFile } from '../../src/core/config/strategies-file.ts';
import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';
import type { Feed } from '../../src/core/ports/feed.ts';
import type { PipelineSetup } from '../../src/core/services/pipeline/setup.ts';
import { PROJECT, SHARED, sharedFile } from '../shared.ts';

/** Real candles and the choices under which they are traded: the same for every host. */
export type PipelineTape = {
  readonly name: string;
  readonly file: string;
  /** Settings as they are typed, by name: of the reading of the file, and of what decides. */
  readonly data: Readonly<Record<string, string>>;
  readonly choice: Readonly<Record<string, string>>;
};

const STRATEGIES = join(PROJECT, 'test/pipeline/strategies.json');
const FIVE_FILE = sharedFile('data/nse/FIVE_1min_2015-07_2015-08.csv');

/** Five symbols on their 30 common days. */
export const FIVE: PipelineTape = {
  name: 'five symbols, 30 days',
  file: FIVE_FILE,
  data: { columns: 'symbol=id', stamps: 'end' },
  choice: { strategies: STRATEGIES, maxPositions: '3' },
};

/** One symbol, 20 days, another market. */
export const SPY: PipelineTape = {
  name: 'SPY, 20 days',
  file: sharedFile('data/us/nt-spy-minute-2011.csv'),
  data: { symbol: 'SPY', zone: 'UTC', stamps: 'end' },
  choice: { strategies: STRATEGIES, market: 'us', lock: 'position' },
};

/** The five up to a day (yyyymmdd) in a file of their own, where a run is made many times. Only with ../shared. */
export function firstDays(last: string, folder: string): PipelineTape {
  const file = join(folder, `five-to-${last}.csv`);
  if (SHARED !== undefined) {
    const [head = '', ...rows] = readFileSync(FIVE_FILE, 'utf8').split('\n');
    const day = head.split(',').findIndex((name) => name.includes('date'));
    const kept = rows.filter((row) => (row.split(',')[day] ?? '9') <= last);
    writeFileSync(file, `${[head, ...kept].join('\n')}\n`);
  }
  return { ...FIVE, name: `five symbols to ${last}`, file };
}

/** What the screen, or a run in one process, is started with. */
export function feedArgs({ file, data }: PipelineTape): readonly string[] {
  return ['--feed', `csv:${file}`, ...argsOf(data)];
}

/** What every service is started with. */
export function choiceArgs({ choice }: PipelineTape): readonly string[] {
  return argsOf(choice);
}

function argsOf(settings: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    if (!isSettingName(name)) throw new Error(`no setting "${name}"`);
    return [flagOf(name), value];
  });
}

/** The feed and the stages' setup, as the program makes them of the same words. */
export async function openTape({ file, data, choice }: PipelineTape): Promise<{
  readonly feed: Feed;
  readonly setup: PipelineSetup;
}> {
  const settings = resolveSettings({
    flags: { ...data, ...choice },
    env: {},
    file: undefined,
    marketDefaults: (name) => createMarket(name),
  });
  const market = createMarket(settings.market.name);
  const strategies = readStrategiesFile(STRATEGIES);
  const feed = await openFeed(`csv:${file}`, feedOptionsOf(settings, market));
  return { feed, setup: setupOf({ settings, market, strategies }, feed.description) };
}
