import { expect, it } from 'vitest';
import { createResentTicks } from '../../../../src/core/domain/market/resent-ticks.ts';

const NOW = 1_700_000_000_000;

it('remembers the ticks of two minutes, and no older ones', () => {
  const resent = createResentTicks();
  const times = [NOW - 130_000, NOW - 119_000, NOW - 60_000, NOW];
  for (const at of times) expect(resent.isResent(0, at, 100, 1)).toBe(false);
  resent.reconnected();
  expect(times.map((at) => resent.isResent(0, at, 100, 1))).toEqual([false, true, true, true]);
});

it.each([
  ['symbol', 1, NOW, 100, 5],
  ['time', 0, NOW + 1, 100, 5],
  ['price', 0, NOW, 100.05, 5],
  ['size', 0, NOW, 100, 6],
])('a tick of another %s is another tick', (_what, slot, at, price, size) => {
  const resent = createResentTicks();
  resent.isResent(0, NOW, 100, 5);
  resent.reconnected();
  expect(resent.isResent(slot, at, price, size)).toBe(false);
  expect(resent.isResent(0, NOW, 100, 5)).toBe(true);
});

it('a tick without a size is known again too', () => {
  const resent = createResentTicks();
  resent.isResent(0, NOW, 100, Number.NaN);
  resent.reconnected();
  expect(resent.isResent(0, NOW, 100, Number.NaN)).toBe(true);
});
