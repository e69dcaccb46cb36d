import { problemsOf, unknownName } from './setting-problems.ts';
import { environmentOf, flagOf, isSettingName, SETTING_NAMES, type SettingName } from './setting-table.ts';
import type { SettingsFile } from './settings-file.ts';
import { type GivenSettings, settingsSchema } from './settings-schema.ts';

/** Where settings come from, before defaults. */
export type Origins = {
  /** By setting name, as typed; only what the user gave. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** tradekit.json, as `readSettingsFile` gives it. */
  readonly file?: SettingsFile | undefined;
};

/** How an origin spells a setting's name. */
type Spelling = (name: string) => string;

/** What was chosen elsewhere than on the command line, which alone shows what was typed; flags win over it. */
export type ChosenElsewhere = {
  /** Path of the settings file and the names in it that count; undefined where none does. */
  readonly file: { readonly path: string; readonly names: readonly string[] } | undefined;
  /** Environment variables that count. */
  readonly variables: readonly string[];
};

type Gathered = {
  readonly given: GivenSettings;
  readonly elsewhere: ChosenElsewhere;
  readonly problems: string[];
  /** A given setting as the origin that won calls it: `--from`, `TRADEKIT_FROM`, `tradekit.json: from`. */
  readonly named: (name: SettingName) => string;
};

/** Flag over environment over file. What cannot be used is told with its origin, also where another origin wins. */
export function gatherGiven({ flags, env, file }: Origins): Gathered {
  const problems: string[] = [];
  const fromFile = check(file?.values ?? {}, (name) => name, `${file?.path}: `, problems);
  const fromEnvironment = check(namedByVariable(env), environmentOf, '', problems);
  const fromFlags = check(flags, (name) => (isSettingName(name) ? flagOf(name) : name), '', problems);
  const named = (name: SettingName): string => {
    if (name in fromFlags) return flagOf(name);
    return name in fromEnvironment ? environmentOf(name) : `${file?.path}: ${name}`;
  };
  const variables = namesOf(fromEnvironment).filter((name) => !(name in fromFlags));
  const inFile = namesOf(fromFile).filter((name) => !(name in fromFlags || name in fromEnvironment));
  return {
    given: { ...fromFile, ...fromEnvironment, ...fromFlags },
    elsewhere: {
      file: file === undefined || inFile.length === 0 ? undefined : { path: file.path, names: inFile },
      variables: variables.map(environmentOf),
    },
    problems,
    named,
  };
}

function namesOf(given: GivenSettings): readonly string[] {
  return Object.keys(given).sort();
}

/** TRADEKIT_RISK_PCT → riskPct. TRADEKIT_CONFIG says where the file is, TRADEKIT_TEST_… belongs to the tests. */
function namedByVariable(env: Origins['env']): Readonly<Record<string, string>> {
  const named: Record<string, string> = {};
  for (const [variable, value] of Object.entries(env)) {
    if (value === undefined || !/^TRADEKIT_(?!TEST_|CONFIG$)/.test(variable)) continue;
    const words = variable.slice('TRADEKIT_'.length).toLowerCase();
    named[words.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())] = value;
  }
  return named;
}

function check(
  values: Readonly<Record<string, unknown>>,
  spell: Spelling,
  prefix: string,
  problems: string[],
): GivenSettings {
  const known = Object.fromEntries(Object.entries(values).filter(([name]) => isSettingName(name)));
  for (const name of Object.keys(values)) {
    if (!isSettingName(name)) problems.push(`${prefix}${unknownName(spell(name), SETTING_NAMES.map(spell))}`);
  }
  const result = settingsSchema.safeParse(known, { reportInput: true });
  if (result.success) return result.data;
  problems.push(
    ...problemsOf(result.error, known).map(({ name, text }) => `${prefix}${spell(name)}: ${text}`),
  );
  return {};
}
