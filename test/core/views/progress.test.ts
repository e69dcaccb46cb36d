import { describe, expect, it } from 'vitest';
import { createProgressBar, drawProgress } from '../../../src/core/views/progress.ts';
import { textWidth } from '../../../src/core/views/text-width.ts';

const PLAIN = { width: 80, colour: false };

describe('progress bar', () => {
  it('shows share, rate and time left', () => {
    // half of 1 M in 2 s: 250 k/s, 2 s left
    const line = drawProgress(
      { label: 'simulating', done: 500_000, total: 1_000_000, elapsedMs: 2000 },
      PLAIN,
    );
    expect(line).toBe('simulating  ████████████░░░░░░░░░░░░  50 %  250 k/s  2s left');
  });

  it('promises nothing in its first half second', () => {
    expect(drawProgress({ label: 'reading', done: 1, total: 4, elapsedMs: 100 }, PLAIN)).toMatch(/ 25 %$/);
  });

  it('never passes 100 %, and 0 of 0 is done', () => {
    expect(drawProgress({ label: 'x', done: 5, total: 4, elapsedMs: 0 }, PLAIN)).toContain('100 %');
    expect(drawProgress({ label: 'x', done: 0, total: 0, elapsedMs: 0 }, PLAIN)).toContain('100 %');
  });

  it('stays within a narrow terminal', () => {
    const line = drawProgress(
      { label: 'x', done: 1, total: 2, elapsedMs: 5000 },
      { width: 30, colour: false },
    );
    expect(textWidth(line)).toBeLessThanOrEqual(30);
  });

  function fake(isTTY: boolean) {
    const written: string[] = [];
    let at = 0;
    const bar = createProgressBar({
      terminal: { isTTY, columns: 80, write: (text: string) => written.push(text) },
      now: () => at,
      label: 'x',
      colour: false,
    });
    return { bar, written, pass: (ms: number) => (at += ms) };
  }

  it('draws at most ten times a second, and takes itself off the screen', () => {
    const { bar, written, pass } = fake(true);
    for (let i = 0; i < 100; i += 1) {
      bar.update(i, 100);
      pass(5);
    }
    // 0, 100, 200, 300, 400 ms
    expect(written.length).toBe(5);
    bar.clear();
    bar.clear();
    expect(written.slice(5)).toEqual(['\r\u001b[2K']);
  });

  it('is silent where there is no terminal', () => {
    const { bar, written } = fake(false);
    bar.update(1, 2);
    bar.clear();
    expect(written).toEqual([]);
  });
});
