import { type Command, Option } from 'commander';
import {
  flagOf,
  isSettingName,
  SETTINGS,
  type SettingGroup,
  type SettingName,
  type SettingRow,
} from '../core/config/setting-table.ts';

/** What the user typed, by setting name; `config` besides. Nothing that was not typed. */
export type Flags = Readonly<Record<string, unknown>>;

/** Which Redis, as the user typed it. */
export type RedisFlags = { readonly redis?: string; readonly redisCa?: string };

/** Declares `--config` and a flag for every setting of these groups, under a heading each. */
export function addSettings(command: Command, groups: readonly SettingGroup[]): Command {
  addConfig(command);
  for (const group of groups) {
    for (const name of Object.keys(SETTINGS)) {
      if (isSettingName(name) && SETTINGS[name].group === group)
        command.addOption(optionOf(flagOf(name), SETTINGS[name]));
    }
  }
  return command;
}

/** Declares one setting's flag, and `--config` where it is not there yet. */
export function addSettingNamed(command: Command, name: SettingName): Command {
  if (!command.options.some(({ long }) => long === '--config')) addConfig(command);
  return command.addOption(optionOf(flagOf(name), SETTINGS[name]));
}

function addConfig(command: Command): void {
  command.addOption(
    new Option('--config <file>', 'settings file (default: ./tradekit.json where there is one)'),
  );
}

export function typedFlags(command: Command): Flags {
  const typed = Object.entries(command.opts()).filter(
    ([name]) => command.getOptionValueSource(name) === 'cli',
  );
  return Object.fromEntries(typed);
}

/** Flags as another command of these groups takes them, but for the settings that go another way. */
export function argumentsOf(
  flags: Flags,
  groups: readonly SettingGroup[],
  but: readonly SettingName[],
): readonly string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    if (name === 'config') return ['--config', String(value)];
    if (!isSettingName(name) || !groups.includes(SETTINGS[name].group) || but.includes(name)) return [];
    const takesValue = 'value' in SETTINGS[name];
    return takesValue ? [flagOf(name), String(value)] : [flagOf(name)];
  });
}

/** Those of them that bear these names. */
export function settingFlags(flags: Flags, names: readonly (SettingName | 'config')[]): Flags {
  const wanted = new Set<string>(names);
  return Object.fromEntries(Object.entries(flags).filter(([name]) => wanted.has(name)));
}

export function textFlag(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

function optionOf(flag: string, row: SettingRow): Option {
  const option = new Option(row.value === undefined ? flag : `${flag} <${row.value}>`, describe(flag, row));
  if (row.value?.endsWith('…')) option.argParser(append);
  return option.helpGroup(`${row.group}:`);
}

function describe(flag: string, row: SettingRow): string {
  if (flag.startsWith('--no-')) return `no ${row.meaning}`;
  return row.byDefault === undefined ? row.meaning : `${row.meaning} (default: ${row.byDefault})`;
}

/** A list may be given at once or piece by piece: `--disable a,b` is `--disable a --disable b`. */
function append(value: string, before: string | undefined): string {
  return before === undefined ? value : `${before},${value}`;
}
