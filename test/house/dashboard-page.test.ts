import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysOf } from '../../src/core/views/dashboard/help.ts';
import { VIEWS } from '../../src/core/views/dashboard/ui.ts';
import { PROJECT } from '../shared.ts';

const page = readFileSync(join(PROJECT, 'docs/dashboard.md'), 'utf8');

describe('docs/dashboard.md', () => {
  it('has each key of the help, with at least the first words that it says there', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| '));
    const plain = rows.map((row) => row.replaceAll('`', '').replaceAll(', ', ' '));
    for (const [keys, does] of [...keysOf('run'), ...keysOf('display')]) {
      const [first = ''] = does.split(/[:;,]/);
      const row = plain.find((of) => of.startsWith(`| ${keys.replaceAll(', ', ' ')} |`));
      expect(row, keys).toContain(first);
    }
  });

  it('has each view', () => {
    for (const view of VIEWS) expect(page).toContain(`- **${view.charAt(0).toUpperCase()}${view.slice(1)}**`);
  });
});
