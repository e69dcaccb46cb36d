import { existsSync, readFileSync } from 'node:fs';
import { TradekitError } from '../domain/error.ts';
import { parseJsonWithComments } from './json-with-comments.ts';

export const SETTINGS_FILE = 'tradekit.json';

const IF_EMPTY = 'Write {} into it for no settings, or delete it: `tradekit init` then writes an example.';

/** The settings file as it stands: names are not checked yet, values neither. */
export type SettingsFile = { readonly path: string; readonly values: Readonly<Record<string, unknown>> };

/**
 * Reads the file named by `--config` (or TRADEKIT_CONFIG), else ./tradekit.json; undefined where there is none.
 *
 * @throws TradekitError CONFIG when a named file is missing, or the file is no JSON object
 */
export function readSettingsFile(named?: string): SettingsFile | undefined {
  const path = named ?? SETTINGS_FILE;
  if (named === undefined && !existsSync(path)) return undefined;
  const values = parseJsonWithComments(readText(path), path, IF_EMPTY);
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new TradekitError('CONFIG', `${path}: settings are one object, { "riskPct": 1, ... }.`, {
      hint: '`tradekit init` writes an example.',
    });
  }
  return { path, values: values as Readonly<Record<string, unknown>> }; // JSON objects have text keys
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new TradekitError('CONFIG', `Cannot read the settings file "${path}".`, {
      hint: 'Check the name after --config, or write one with `tradekit init`.',
      cause,
    });
  }
}
