import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../shared.ts';

/** Tables of a page by the name of their marker: `<!-- made: readings -->` … `<!-- end -->`. */
export type Tables = Readonly<Record<string, string>>;

const MADE = /(<!-- made: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

export function readPage(path: string): string {
  return readFileSync(join(PROJECT, path), 'utf8');
}

/** The page with what stands between its markers made anew. */
export function withTables(page: string, tables: Tables): string {
  return page.replace(MADE, (_, start: string, name: string, end: string) => {
    const table = tables[name];
    if (table === undefined) throw new Error(`Nobody makes "${name}".`);
    return `${start}${table}\n${end}`;
  });
}

export function markersOf(page: string): readonly string[] {
  return [...page.matchAll(MADE)].map((match) => match[2] ?? '');
}

export function drawTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, titles.map(() => '---'), ...rows.map((row) => row.map(escapePipes))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Blocks of one language, without their fences. */
export function blocksOf(page: string, language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

function escapePipes(cell: string): string {
  return cell.replaceAll('|', '\\|');
}
