import { describe, expect, it } from 'vitest';
import { createEquityCurve } from '../../../../src/core/domain/performance/equity-curve.ts';

describe('equity curve', () => {
  it('keeps one sample per session close with the lowest mark since the one before', () => {
    const curve = createEquityCurve(1000);
    curve.mark(1, 990);
    curve.mark(2, 1020);
    curve.closeSession('2015-07-06', 3, 1010);
    curve.closeSession('2015-07-07', 4, 1010);
    curve.mark(5, 1000);
    curve.closeSession('2015-07-08', 6, 1030);
    expect(curve.read()).toMatchObject({
      startingMinor: 1000,
      endMinor: 1030,
      sessions: [
        { date: '2015-07-06', at: 3, equityMinor: 1010, lowMinor: 990, peakMinor: 1020 },
        { date: '2015-07-07', at: 4, equityMinor: 1010, lowMinor: 1010, peakMinor: 1020 },
        { date: '2015-07-08', at: 6, equityMinor: 1030, lowMinor: 1000, peakMinor: 1030 },
      ],
    });
  });

  it.each([
    ['lower than any mark before', 970, 970],
    ['higher', 1050, 990],
  ])('rewrites its last sample where the feed ended at that very close: %s', (_, equityMinor, lowMinor) => {
    const curve = createEquityCurve(1000);
    curve.mark(1, 990);
    curve.closeSession('2015-07-06', 3, 1010);
    curve.amendSession(3, equityMinor);
    const peakMinor = Math.max(1010, equityMinor);
    expect(curve.read()).toMatchObject({
      endMinor: equityMinor,
      sessions: [{ date: '2015-07-06', at: 3, equityMinor, lowMinor, peakMinor }],
    });
  });

  it('finds the drawdown on the marked account, where closes alone would not see it', () => {
    const curve = createEquityCurve(1000);
    curve.mark(1, 1100);
    curve.mark(2, 880);
    curve.closeSession('2015-07-06', 3, 1100);
    // 1100 → 880 = 220 = 20 %
    expect(curve.read().drawdown).toEqual({
      amountMinor: 220,
      pct: 20,
      peakAt: 1,
      troughAt: 2,
      recoveredAt: 3,
    });
  });

  it('keeps every session however many there are', () => {
    const curve = createEquityCurve(0);
    for (let i = 0; i < 3000; i += 1) curve.closeSession(String(i), i, 2 * i);
    const { sessions } = curve.read();
    expect(sessions.length).toBe(3000);
    expect(sessions[2999]).toEqual({
      date: '2999',
      at: 2999,
      equityMinor: 5998,
      lowMinor: 5996,
      peakMinor: 5998,
    });
  });

  it('starts at the starting balance when nothing ever happened', () => {
    expect(createEquityCurve(500).read()).toEqual({
      startingMinor: 500,
      endMinor: 500,
      sessions: [],
      drawdown: null,
    });
  });
});
