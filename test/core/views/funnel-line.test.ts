import { describe, expect, it } from 'vitest';
import { funnelLine } from '../../../src/core/views/funnel-line.ts';
import { textWidth } from '../../../src/core/views/text-width.ts';

const SESSION = {
  date: '2015-07-06',
  funnel: {
    signals: 12,
    plans: 9,
    validated: 4,
    filled: 3,
    closed: 3,
    noPlan: { NO_TARGET: 3 },
    rejected: { REWARD_RISK: 5 },
    cancelled: { expired: 1 },
    exits: { stop: 2, target: 1 },
  },
  netMinor: 123_450,
} as const;
const draw = (width: number) =>
  funnelLine(SESSION, { currency: 'INR', minorDigits: 2 }, { width, colour: false });

describe('funnel line', () => {
  it('says on one line what became of the signals of a session', () => {
    expect(draw(200)).toBe(
      '── 2015-07-06  +₹1,234.50  12 signals → 9 plans → 4 validated → 3 filled → 3 closed  lost: reward:risk too small 5, no target pays enough 3, expired 1',
    );
  });

  it('shortens the reasons to the room there is', () => {
    expect(draw(120)).toMatch(/3 closed {2}lost 9: reward:risk too small 5, …$/);
    expect(draw(100)).toMatch(/3 closed {2}lost 9$/);
    expect(draw(80)).toBe('── 2015-07-06  +₹1,234.50  12 signals → 3 filled → 3 closed  lost 9');
    expect(draw(60)).toBe('── 2015-07-06  +₹1,234.50  12 signals → 3 filled → 3 closed');
    expect(textWidth(draw(60))).toBeLessThanOrEqual(60);
  });

  it('has no money where nothing closed', () => {
    const none = { ...SESSION.funnel, closed: 0, noPlan: {}, rejected: {}, cancelled: {} };
    const line = funnelLine(
      { ...SESSION, funnel: none },
      { currency: 'INR', minorDigits: 2 },
      { width: 100, colour: false },
    );
    expect(line).toBe('── 2015-07-06  12 signals → 9 plans → 4 validated → 3 filled → 0 closed');
  });
});
