import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Which files of the program processes really loaded: node writes it down at their end, where `NODE_V8_COVERAGE` names a
 * folder. Paths as in src, sorted.
 */
export function filesLoaded(folder: string): readonly string[] {
  const files = new Set<string>();
  for (const name of readdirSync(folder)) {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Coverage; // node's own format
    for (const { url } of result) {
      const [, file] = /\/dist\/(.+)\.js$/.exec(url) ?? [];
      if (file !== undefined) files.add(`src/${file}.ts`);
    }
  }
  return [...files].sort();
}

type Coverage = { readonly result: readonly { readonly url: string }[] };
