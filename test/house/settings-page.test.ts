import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  environmentOf,
  flagOf,
  isSettingName,
  SETTINGS,
  type SettingRow,
} from '../../src/core/config/setting-table.ts';
import { PROJECT } from '../shared.ts';

it('docs/settings.md is the table of settings (after a change: npx vitest run test/house -u)', async () => {
  await expect(settingsPage()).toMatchFileSnapshot(join(PROJECT, 'docs/settings.md'));
});

function settingsPage(): string {
  const lines = [
    '# Settings',
    '',
    'A flag wins over the environment, the environment over `tradekit.json` (or the file after `--config`), the file over',
    'the default. The name in the first column is the key in `tradekit.json`; `tradekit init` writes one with all of them.',
  ];
  let group = '';
  for (const [name, row] of Object.entries<SettingRow>(SETTINGS)) {
    if (row.group !== group) {
      lines.push(
        '',
        `## ${row.group}`,
        '',
        '| name | flag | environment | meaning | takes | default |',
        '|---|---|---|---|---|---|',
      );
      group = row.group;
    }
    lines.push(`| ${cellsOf(name, row).join(' | ')} |`);
  }
  return `${lines.join('\n')}\n`;
}

function cellsOf(name: string, row: SettingRow): readonly string[] {
  const flag = isSettingName(name) ? flagOf(name) : '';
  return [
    `\`${name}\``,
    `\`${flag}\``,
    `\`${environmentOf(name)}\``,
    row.meaning,
    row.takes,
    row.byDefault ?? '',
  ].map((cell) => cell.replaceAll('|', '\\|'));
}
