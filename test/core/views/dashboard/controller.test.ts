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
});
