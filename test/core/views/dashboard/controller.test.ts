import { describe, expect, it } from 'vitest';
import { createDashboard } from '../../../../src/core/views/dashboard/controller.ts';
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
});
