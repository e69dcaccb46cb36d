import { describe, expect, it } from 'vitest';
import { createDashboard } from '../../../../src/core/views/dashboard/controller.ts';
import type { Effect } from '../../../../src/core/views/dashboard/keys.ts';
import { aroundAt, feed, foldUpTo, instantsOfRun } from '../../../dashboard/recorded.ts';

describe('a dashboard', () => {
  it('shows what has come since when it is told to look, and when it is paused', async () => {
    const fold = await foldUpTo(5);
    const later = (await instantsOfRun()).filter(([first]) => (first?.position.n ?? 0) > 5);
    const around = () => aroundAt(fold.n);
    const dashboard = createDashboard({ fold, around, canHalt: true, onEffect: () => {} });
    expect(dashboard.figures.feed.instant).toBe(5);
    feed(fold, later[0] ?? []);
    dashboard.press({ character: '2' });
    expect(dashboard.figures.feed.instant).toBe(5);
    dashboard.press({ character: 'p' });
    expect(dashboard.figures.feed.instant).toBe(6);
    feed(fold, later[1] ?? []);
    dashboard.refresh();
    expect(dashboard.figures.feed.instant).toBe(7);
  });

  it('draws a chart and its header of one instant, though more has come since it was told to look', async () => {
    const fold = await foldUpTo(5);
    const later = (await instantsOfRun()).filter(([first]) => (first?.position.n ?? 0) > 5);
    const dashboard = createDashboard({
      fold,
      around: () => aroundAt(fold.n),
      canHalt: true,
      onEffect: () => {},
    });
    const header = () => dashboard.frame({ width: 100, height: 30, colour: false })[1];
    expect(header()).toContain('instant 5');
    feed(fold, later[0] ?? []);
    expect(header(), 'the view Now waits to be told').toContain('instant 5');
    dashboard.press({ character: '4' });
    expect(header()).toContain('instant 6');
  });

  /** At the end of the recorded run, whose process is done with it; `later` puts the clock on. */
  async function atTheEnd(isOver: () => boolean) {
    const n = (await instantsOfRun()).length;
    const fold = await foldUpTo(n);
    expect(fold.hasEnded).toBe(true);
    const effects: Effect[] = [];
    let now = 0;
    const around = () => ({ ...aroundAt(n), now });
    const onEffect = (effect: Effect) => void effects.push(effect);
    const dashboard = createDashboard({ fold, around, canHalt: true, isOver, onEffect });
    return {
      dashboard,
      effects,
      text: () => dashboard.frame({ width: 80, height: 24, colour: false }).join('\n'),
      later(ms: number) {
        now += ms;
        dashboard.refresh();
      },
    };
  }

  it('says in each view that the run is over, and closes by itself where nobody presses a key', async () => {
    let isOver = false;
    const { dashboard, effects, text, later } = await atTheEnd(() => isOver);
    dashboard.press({ character: '2' });
    expect(text()).not.toContain('The run is over');
    isOver = true;
    later(0);
    expect(text()).toContain('■ The run is over: q shows the summary; by itself in 20s, any other key stays');
    const narrow = dashboard.frame({ width: 60, height: 16, colour: false });
    expect(narrow[2]).toContain('q shows the summary; by itself in 20s');
    later(19_999);
    expect(effects).toEqual([]);
    later(1);
    expect(effects).toEqual(['quit']);
  });

  it('stays at the end of a run for who presses a key, until q', async () => {
    const { dashboard, effects, text, later } = await atTheEnd(() => true);
    later(0);
    dashboard.press({ character: '5' });
    later(3_600_000);
    expect(text()).toMatch(/The run is over: q shows the summary *\n/);
    expect(effects).toEqual([]);
    dashboard.press({ character: 'q' });
    expect(effects).toEqual(['quit']);
  });

  it('never closes over the run of another process', async () => {
    const { effects, text, later } = await atTheEnd(() => false);
    later(3_600_000);
    expect(text()).not.toContain('The run is over');
    expect(effects).toEqual([]);
  });
});
