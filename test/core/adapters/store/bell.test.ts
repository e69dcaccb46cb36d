import { describe, expect, it } from 'vitest';
import { createBell, watchMarks } from '../../../../src/core/adapters/store/bell.ts';
import { BEFORE_ALL, endOfInstant } from '../../../../src/core/domain/events/position.ts';
import type { DoneMarks } from '../../../../src/core/ports/store.ts';

const NONE: DoneMarks = { screen: BEFORE_ALL, mse: BEFORE_ALL, risk: BEFORE_ALL, exec: BEFORE_ALL };
const ONE: DoneMarks = { ...NONE, screen: endOfInstant(1) };
const { signal } = new AbortController();

describe('watching marks', () => {
  it('misses no move that comes while the marks are read', async () => {
    const bell = createBell();
    let marks = NONE;
    let reads = 0;
    const read = async (): Promise<DoneMarks> => {
      const now = marks;
      reads += 1;
      if (reads === 2) {
        marks = ONE;
        bell.ring();
      }
      return now;
    };
    const watch = watchMarks({ read, bell, signal });
    expect((await watch.next()).value).toEqual(NONE);
    expect((await watch.next()).value).toEqual(ONE);
  });

  it('says nothing at a ring that moved no mark', async () => {
    const bell = createBell();
    let marks = NONE;
    const watch = watchMarks({ read: () => marks, bell, signal });
    await watch.next();
    const next = watch.next();
    bell.ring();
    await Promise.resolve();
    marks = ONE;
    bell.ring();
    expect((await next).value).toEqual(ONE);
  });

  it('looks again without a ring where it polls', async () => {
    let marks = NONE;
    const watch = watchMarks({ read: () => marks, bell: createBell(), pollMs: 1, signal });
    await watch.next();
    marks = ONE;
    expect((await watch.next()).value).toEqual(ONE);
  });
});
