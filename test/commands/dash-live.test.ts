import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/core/adapters/store/sqlite.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { formatRunNote } from '../../src/core/services/run-note.ts';
import { independentFigures } from '../dashboard/independent.ts';
import { orderInstants, recordedSettings, STARTING_PAISE } from '../dashboard/recorded.ts';
import { openStoreWriter, recordedRun, type StoreWriter } from '../recorded-run.ts';
import { PROJECT } from '../shared.ts';
import { NO_TMUX, openTerminal } from '../tmux.ts';
import { freshFolder } from '../tradekit.ts';

/** A run that goes on while it is watched: the same file, another process, a real terminal. */
describe.skipIf(NO_TMUX)('tradekit dash-tui over a run that goes on (needs tmux)', () => {
  const folder = freshFolder();
  const file = join(folder.path, 'live.db');
  let store: Store;
  let writer: StoreWriter;

  beforeAll(async () => {
    store = openSqliteStore(file);
    const { baseTimeframeMs, instruments, source } = await recordedSettings();
    const feed = formatRunNote({ feed: { source, baseTimeframeMs, instruments } });
    writer = await openStoreWriter(store, await recordedRun(), { id: 'live', configHash: 'another', feed });
  });
  afterAll(async () => {
    await store[Symbol.asyncDispose]();
    folder.remove();
  });

  it('shows at three moments what an independent script reckons from the events of that moment', async () => {
    using terminal = openTerminal(folder.path);
    await terminal.until('$');
    terminal.line(`node ${join(PROJECT, 'bin', 'tradekit.js')} dash-tui --store sqlite:live.db`);
    await terminal.until('[1 Now]');
    const seen = new Set<string>();
    let written = 0;
    for (const n of await orderInstants()) {
      await writer.write(n - written);
      written = n;
      const expected = independentFigures(await recordedRun(), n, STARTING_PAISE);
      terminal.press('1');
      await terminal.until(new RegExp(`instant ${n.toLocaleString('en')}\\b`));
      const now = await terminal.until('[1 Now]');
      seen.add(now);
      expect(now).toContain(`Equity    ${rupees(expected.equityMinor)}`);
      expect(now).toContain(`today ${signed(expected.todayMinor)}  ${inR(expected.todayR)}`);
      expect(now).toContain(`Loss left`);
      expect(now).toContain(` ${rupees(expected.lossLeftMinor)}   not latched`);
      expect(now).toContain(` ${rupees(expected.openRiskMinor)}   ${expected.reserved} of 5 positions`);
      for (const { symbol, pnlMinor, pnlR } of expected.positions) {
        const line = now.split('\n').find((of) => of.includes(symbol) && of.includes('→')) ?? '';
        expect(line).toContain(`${signed(pnlMinor)}  ${inR(pnlR)}`);
      }
      terminal.press('3');
      const { signals, plans, validated, filled, closed } = expected.funnel;
      const steps = `${signals} signals → ${plans} plans → ${validated} validated → ${filled} filled → ${closed} closed`;
      await terminal.until(steps);
    }
    expect(seen.size).toBe(3);
    terminal.press('q');
  }, 120_000);
});

/** Indian grouping by the platform, not by our own. */
function rupees(paise: number): string {
  const text = (Math.abs(paise) / 100).toLocaleString('en-IN', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `${paise < 0 ? '-' : ''}₹${text}`;
}

function signed(paise: number): string {
  return `${paise > 0 ? '+' : ''}${rupees(paise)}`;
}

function inR(multiple: number): string {
  const text = multiple.toFixed(2);
  if (Number(text) === 0) return '0.00 R';
  return `${multiple > 0 ? '+' : ''}${text} R`;
}
