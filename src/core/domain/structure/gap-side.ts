import type { Candle } from '../market/candle.ts';
import type { StructureLog } from './log.ts';
import type { Dir, Gap, Writable } from './objects.ts';

/** Live gaps of one direction that are kept, untouched and touched; the oldest expire first. */
const MOST_UNTOUCHED = 256;
const MOST_TOUCHED = 128;

/**
 * The life of the gaps of one direction. Untouched ones are a stack: a gap that forms lies nearer to price than all of
 * them. Those that price is inside of, or has come back from, share one trigger price, so a quiet candle costs two
 * comparisons.
 */
export interface GapSide {
  add(gap: Writable<Gap>): void;
  onCandle(candle: Candle): void;
  open(): readonly Gap[];
}

export function createGapSide(dir: Dir, log: StructureLog): GapSide {
  const untouched: Writable<Gap>[] = [];
  const touched: Writable<Gap>[] = [];
  /** The nearest price at which anything more happens to a touched gap. */
  let trigger = Number.NaN;

  const far = (gap: Gap): number => (dir === 1 ? gap.bottom : gap.top);
  const near = (gap: Gap): number => (dir === 1 ? gap.top : gap.bottom);

  function onCandle(candle: Candle): void {
    const reach = dir === 1 ? candle.low : candle.high;
    const entered = enter(reach);
    if (!entered && !((trigger - reach) * dir >= 0)) return;
    for (let i = 0; i < touched.length; i += 1) {
      const gap = touched[i];
      if (gap !== undefined) age(gap, reach, candle.close);
    }
    letGo();
  }

  /** Moves the gaps that `reach` has come into. */
  function enter(reach: number): boolean {
    const before = touched.length;
    for (;;) {
      const gap = untouched[untouched.length - 1];
      if (gap === undefined || (near(gap) - reach) * dir < 0) return touched.length > before;
      untouched.pop();
      gap.touchedAt = log.at;
      log.tell('touched', gap);
      touched.push(gap);
    }
  }

  function age(gap: Writable<Gap>, reach: number, close: number): void {
    if (gap.mitigatedAt === undefined && (gap.level - reach) * dir >= 0) {
      gap.mitigatedAt = log.at;
      log.tell('mitigated', gap);
    }
    if (gap.filledAt === undefined && (far(gap) - reach) * dir >= 0) {
      gap.filledAt = log.at;
      log.tell('filled', gap);
    }
    if ((far(gap) - close) * dir > 0) {
      gap.brokenAt = log.at;
      log.tell('broken', gap);
    }
  }

  /** Lets go of what is over, keeps the rest within bounds, and finds the next trigger. */
  function letGo(): void {
    let kept = 0;
    for (let i = 0; i < touched.length; i += 1) {
      const gap = touched[i];
      if (gap === undefined || gap.brokenAt !== undefined) continue;
      touched[kept] = gap;
      kept += 1;
    }
    touched.length = kept;
    while (touched.length > MOST_TOUCHED) expire(touched.shift());
    trigger = Number.NaN;
    for (const gap of touched) {
      const next = gap.mitigatedAt === undefined ? gap.level : far(gap);
      if (!((trigger - next) * dir >= 0)) trigger = next;
    }
  }

  function expire(gap: Writable<Gap> | undefined): void {
    if (gap === undefined) return;
    gap.expiredAt = log.at;
    log.tell('expired', gap);
  }

  return {
    add(gap) {
      untouched.push(gap);
      log.tell('formed', gap);
      if (untouched.length > MOST_UNTOUCHED) expire(untouched.shift());
    },
    onCandle,
    open: () => [...untouched, ...touched.filter(({ mitigatedAt }) => mitigatedAt === undefined)],
  };
}
