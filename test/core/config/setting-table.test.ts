import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  environmentOf,
  flagOf,
  isSettingName,
  SETTING_NAMES,
  SETTINGS,
  type SettingRow,
  settingsByGroup,
} from '../../../src/core/config/setting-table.ts';
import { resolveSettings } from '../../../src/core/config/settings.ts';
import { settingsStarter } from '../../../src/core/config/starters.ts';
import { createMarket } from '../../../src/core/domain/market/presets/catalog.ts';
import { createCostModel } from '../../../src/core/domain/trading/costs/catalog.ts';
import { PROJECT } from '../../shared.ts';

const marketDefaults = () => ({ startingBalance: 1, leverage: 1 });

describe('names', () => {
  it.each([
    ['riskPct', '--risk-pct', 'TRADEKIT_RISK_PCT'],
    ['from', '--from', 'TRADEKIT_FROM'],
    ['maxDailyLossPct', '--max-daily-loss-pct', 'TRADEKIT_MAX_DAILY_LOSS_PCT'],
    ['progress', '--no-progress', 'TRADEKIT_PROGRESS'],
  ] as const)('%s is %s and %s', (name, flag, variable) => {
    expect([flagOf(name), environmentOf(name)]).toEqual([flag, variable]);
  });

  it('do not take what every object has for a setting', () => {
    expect(['constructor', '__proto__', 'toString'].some(isSettingName)).toBe(false);
  });
});

describe('groups', () => {
  it('are there once each, with every setting in its own', () => {
    const groups = [...settingsByGroup()];
    const places = groups.flatMap(([group, settings]) => settings.map(([name]) => [name, group]));
    expect(places.toSorted()).toEqual(
      SETTING_NAMES.map((name) => [name, isSettingName(name) ? SETTINGS[name].group : '']).toSorted(),
    );
  });

  it.each([
    ['docs/settings.md', /^## .*$/gm, () => readFileSync(join(PROJECT, 'docs', 'settings.md'), 'utf8')],
    ['the tradekit.json of init', /^ {2}\/\/ \w+$/gm, settingsStarter],
  ])('head %s once each', (_, heading, read) => {
    const headings = read().match(heading) ?? [];
    expect(headings.filter((of) => of.endsWith('Services'))).toHaveLength(1);
    expect(new Set(headings).size).toBe(headings.length);
  });
});

describe('the defaults that help shows', () => {
  const stated = Object.entries<SettingRow>(SETTINGS).filter(([, { value, byDefault }]) =>
    isLiteral(value, byDefault),
  );

  it.each(stated.map(([name, { byDefault }]) => [name, byDefault]))(
    '%s: %s is what is used',
    (name, byDefault) => {
      const unset = resolveSettings({ flags: {}, env: {}, marketDefaults });
      const set = resolveSettings({ flags: { [name ?? '']: byDefault }, env: {}, marketDefaults });
      // The cost model itself holds these two.
      if (name === 'rounding' || name === 'exchange') expect(set.market[name]).toBe(byDefault);
      else expect(set).toEqual(unset);
    },
  );
});

/** Numbers, words of a choice, names: not prose such as `by market`. */
function isLiteral(value: string | undefined, byDefault: string | undefined): boolean {
  if (byDefault === undefined) return false;
  return (
    /^[\d.]+$|^(true|nse|pessimistic|1tick,2bp|backtest_trades\.csv)$/.test(byDefault) ||
    value?.split('|').includes(byDefault) === true
  );
}

it('every example is accepted, from the environment as well', () => {
  const env = Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const row: SettingRow | undefined = isSettingName(name) ? SETTINGS[name] : undefined;
      return row?.example === undefined ? [] : [[environmentOf(name), row.example]];
    }),
  );
  expect(() => resolveSettings({ flags: {}, env, marketDefaults })).not.toThrow();
});

it('the examples of costs and state are known to the cost models', () => {
  const { costs, state } = SETTINGS;
  expect(() => createCostModel(costs.example, { state: state.example })).not.toThrow();
  expect(() => createMarket('nse', { costOptions: { state: state.example } })).not.toThrow();
});
