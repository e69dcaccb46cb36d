import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  environmentOf,
  flagOf,
  type SettingName,
  type SettingRow,
  settingsByGroup,
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
  for (const [group, settings] of settingsByGroup()) {
    lines.push(
      '',
      `## ${group}`,
      '',
      '| name | flag | environment | meaning | takes | default |',
      '|---|---|---|---|---|---|',
      ...settings.map(([name, row]) => `| ${cellsOf(name, row).join(' | ')} |`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function cellsOf(name: SettingName, row: SettingRow): readonly string[] {
  return [
    `\`${name}\``,
    `\`${flagOf(name)}\``,
    `\`${environmentOf(name)}\``,
    row.meaning,
    row.takes,
    row.byDefault ?? '',
  ].map((cell) => cell.replaceAll('|', '\\|'));
}
