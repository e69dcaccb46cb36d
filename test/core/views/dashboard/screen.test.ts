import { render } from 'ink-testing-library';
import { createElement } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Dashboard } from '../../../../src/core/views/dashboard/controller.ts';
import type { Effect } from '../../../../src/core/views/dashboard/keys.ts';
import { Screen } from '../../../../src/core/views/dashboard/Screen.tsx';
import { busyInstant, dashboardAt } from '../../../dashboard/recorded.ts';

const SIZE = { columns: 80, rows: 24 };
const [UP, DOWN, RIGHT, LEFT] = ['\u001b[A', '\u001b[B', '\u001b[C', '\u001b[D'];

/** The component in a terminal of ink's own making, at an instant at which something is on. */
async function open() {
  const effects: Effect[] = [];
  const dashboard = await dashboardAt(await busyInstant(), (effect) => effects.push(effect));
  let heard = 0;
  const listening: Dashboard = {
    ...dashboard,
    get figures() {
      return dashboard.figures;
    },
    press(...keys) {
      dashboard.press(...keys);
      heard += 1;
    },
  };
  const element = createElement(Screen, { dashboard: listening, size: SIZE, colour: false });
  const { lastFrame, stdin, unmount } = render(element);
  const text = (): string => lastFrame() ?? '';
  /** The picture that stands now: ink takes blanks off the ends of lines. */
  const pictured = (): string =>
    dashboard
      .frame({ width: SIZE.columns, height: SIZE.rows, colour: false })
      .map((line) => line.trimEnd())
      .join('\n');
  /** Each key is sent when the one before it was heard: ink reads, and waits behind a lone Esc, in turns of its own. */
  async function type(...keys: readonly string[]): Promise<string> {
    for (const key of keys) {
      const before = heard;
      stdin.write(key);
      await vi.waitFor(() => expect(heard).toBeGreaterThan(before), WAIT);
      // And ink draws in turns of its own, too.
      await vi.waitFor(() => expect(text()).toBe(pictured()), WAIT);
    }
    return text();
  }
  // Ink listens as soon as it has drawn for the first time and its effects have run.
  await vi.waitFor(() => expect(text()).toBe(pictured()), WAIT);
  await vi.waitFor(() => expect(stdin.listenerCount('readable')).toBeGreaterThan(0), WAIT);
  return { effects, type, text, unmount, dashboard };
}

const WAIT = { timeout: 10_000, interval: 20 };

describe('Screen', () => {
  it('shows each view for its number, and the next one for Tab', async () => {
    const { type, unmount } = await open();
    const titles = [
      'Services',
      'nearest to firing',
      'signals →',
      '█ up  ▒ down',
      'R of today’s trades',
      'signal',
    ];
    for (const [i, title] of titles.entries()) expect(await type(String(i + 1))).toContain(title);
    expect(await type('\t')).toContain('[1 Now]');
    expect(await type('\u001b[Z')).toContain('[6 Detail]');
    expect(await type('1', RIGHT)).toContain('[2 Watch]');
    expect(await type(LEFT)).toContain('[1 Now]');
    unmount();
  });

  it('shows positions with P&L and R, and the last five events', async () => {
    const { text, dashboard, unmount } = await open();
    const { positions, events } = dashboard.figures;
    expect(positions.length).toBeGreaterThan(0);
    for (const { symbol, pnlR } of positions) {
      const line =
        text()
          .split('\n')
          .find((of) => of.includes(symbol) && of.includes('→')) ?? '';
      expect(line).toContain(`${pnlR !== null && pnlR > 0 ? '+' : ''}${pnlR?.toFixed(2)} R`);
      expect(line).toContain('₹');
    }
    const latest = text().split('\n').slice(-6, -1);
    expect(latest).toHaveLength(5);
    for (const [i, event] of events.slice(-5).entries()) {
      if ('symbol' in event) expect(latest[i]).toContain(event.symbol);
    }
    unmount();
  });

  it('searches by symbol as one types, keeps it with Enter, drops it with Esc', async () => {
    const { type, dashboard, unmount } = await open();
    const [first, second] = dashboard.figures.watch;
    expect(await type('2', '/', ...(second?.symbol.slice(0, 4) ?? ''))).toContain(
      `search: ${second?.symbol.slice(0, 4)}`,
    );
    const found = await type('\r');
    expect(found).toContain(`> ${second?.symbol}`);
    expect(found).not.toContain(`  ${first?.symbol} `);
    expect(await type('\u001b')).toContain(`> ${first?.symbol}`);
    unmount();
  });

  it('opens the whole chain of the selected trade, from the conditions to the close', async () => {
    const { type, dashboard, unmount } = await open();
    const trade = dashboard.figures.trades.at(-2);
    const chain = await type('5', DOWN, '\r');
    expect(chain).toContain('[6 Detail]');
    expect(chain).toContain(trade?.id);
    expect(chain).toContain('✓');
    let all = chain;
    for (let i = 0; i < 4; i += 1) all += await type('\u001b[6~');
    expect(all).toMatch(/reward-risk: .*, limit/);
    expect(all).toContain('charges:');
    expect(all).toMatch(/stop|target|square-off/);
    unmount();
  });

  it('moves in the chart: the symbol with up and down, the timeframe with left and right', async () => {
    const { type, dashboard, unmount } = await open();
    const [first, second] = dashboard.figures.watch;
    expect(await type('4')).toContain(`${first?.symbol}  5m`);
    expect(await type(DOWN, RIGHT)).toContain(`${second?.symbol}  15m`);
    expect(await type(UP, LEFT, LEFT)).toContain(`${first?.symbol}  1m`);
    unmount();
  });

  it('asks twice before it sets the kill switch, and takes anything but y for no', async () => {
    const { type, effects, unmount } = await open();
    expect(await type('k')).toContain('Stop all new entries?');
    expect(await type('k')).not.toContain('Stop all new entries?');
    await type('k', 'y', 'n', 'y');
    expect(effects).toEqual([]);
    expect(await type('k', 'y')).toContain('Asked again');
    await type('y');
    expect(effects).toEqual(['halt']);
    unmount();
  });

  it('shows the keys for ?, pauses with p, steps only then, quits with q and Ctrl-C', async () => {
    const { type, effects, unmount } = await open();
    expect(await type('?')).toContain('kill switch: no new entry');
    expect(await type('x')).toContain('[1 Now]');
    await type('.');
    expect(effects).toEqual([]);
    expect(await type('p')).toContain('paused');
    await type('.');
    expect(await type('p')).not.toContain('paused');
    await type('q', '\u0003');
    expect(effects).toEqual(['step', 'quit', 'quit']);
    unmount();
  });

  it('takes characters that come at once one by one', async () => {
    const { type, unmount } = await open();
    expect(await type('5p')).toMatch(/\[5 Trades\][\s\S]*paused/);
    unmount();
  });
});
