import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TradekitError } from '../domain/error.ts';
import { type SettingRow, settingsByGroup } from './setting-table.ts';
import { SETTINGS_FILE } from './settings-file.ts';

export const STRATEGIES_GRAMMAR = `// Strategies of tradekit. Comments like this one may stay.
//
// Each entry: strategy_name, entry_direction LONG or SHORT, logic; and where wanted enabled, timeframes (["5m"]),
// symbols, session, trigger (edge: when the logic becomes true; level: at every close while it is), plan, risk.
// logic is { "operator": "AND" | "OR" | "NOT", "rules": [...] } around leaves:
//   { "indicator": "close", "condition": ">", "value": "vwap" }      > >= < <= == != between crosses_above crosses_below
//   { "indicator": "time", "condition": ">=", "value": "09:20" }     start of the candle, exchange time
//   { "pattern": "bullish_engulfing" }
// A reading is a name (ema9, rsi14, rvol, orb_high) or { "name": "ema", "params": { "period": 9 }, "timeframe": "15m" }.
// A reading that is still warming up is neither true nor false: the strategy waits.
`;

/**
 * Writes strategies.json (the shipped strategies, with their grammar) and tradekit.json (every setting, commented out)
 * into a folder. What is there already is kept.
 *
 * @param tell is given a line for each file
 * @throws TradekitError CONFIG when both are there already, or the folder cannot be written
 */
export function writeStarters(folder: string, tell: (line: string) => void): void {
  const starters = {
    'strategies.json': STRATEGIES_GRAMMAR + shippedStrategies(),
    [SETTINGS_FILE]: settingsStarter(),
  };
  let written = 0;
  for (const [name, text] of Object.entries(starters)) {
    const path = join(folder, name);
    const isNew = writeNew(path, text);
    tell(isNew ? `Wrote ${path}.` : `Kept ${path}: it is already there.`);
    written += isNew ? 1 : 0;
  }
  if (written > 0) return;
  throw new TradekitError('CONFIG', 'Nothing was written: both files are there already.', {
    hint: 'Move them away, or write into another folder: tradekit init --dir FOLDER',
  });
}

/** All settings of a settings file as comments, by group: a line becomes a setting by taking its slashes away. */
export function settingsStarter(): string {
  const lines = [
    '{',
    '  // Settings of tradekit. Take the slashes away before a line to change it. A flag (--risk-pct 0.5) wins over the',
    '  // environment (TRADEKIT_RISK_PCT=0.5), the environment over this file, this file over the default.',
  ];
  for (const [group, settings] of settingsByGroup()) {
    lines.push('', `  // ${group}`);
    for (const [name, row] of settings) {
      const byDefault = row.byDefault === undefined ? '' : ` (default: ${row.byDefault})`;
      lines.push(`  // ${`"${name}": ${exampleOf(row)},`.padEnd(40)} // ${row.meaning}${byDefault}`);
    }
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function exampleOf(row: SettingRow): string {
  const value = row.example ?? row.byDefault ?? 'true';
  return /^(?:\d+(?:\.\d+)?|true|false)$/.test(value) ? value : JSON.stringify(value);
}

function shippedStrategies(): string {
  return readFileSync(new URL('../../../strategies.json', import.meta.url), 'utf8');
}

/** False when the file is there already. */
function writeNew(path: string, text: string): boolean {
  if (existsSync(path)) return false;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TradekitError('CONFIG', `Cannot write "${path}": ${reason}.`, {
      hint: 'Name another --dir.',
      cause,
    });
  }
}
