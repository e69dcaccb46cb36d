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
import { PROJECT, sharedFile } from '../shared.ts';

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
const FIVE_DATA = { columns: 'symbol=id', stamps: 'end' };
const FIVE_CHOICE = { strategies: STRATEGIES, maxPositions: '3' };

/** Five symbols on their 30 common days. */
export const FIVE: PipelineTape = {
  name: 'five symbols, 30 days',
  file: FIVE_FILE,
  data: FIVE_DATA,
  choice: FIVE_CHOICE,
};

/** One symbol, 20 days, another market. */
export const SPY: PipelineTape = {
  name: 'SPY, 20 days',
  file: sharedFile('data/us/nt-spy-minute-2011.csv'),
  data: { symbol: 'SPY', zone: 'UTC', stamps: 'end' },
  choice: { strategies: STRATEGIES, market: 'us', lock: 'position' },
};

/** The first days of the five, where a run is made many times. */
export function firstDays(to: string): PipelineTape {
  return { ...FIVE, name: `five symbols to ${to}`, data: { ...FIVE_DATA, to } };
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
