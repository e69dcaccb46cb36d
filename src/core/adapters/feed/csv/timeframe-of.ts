import type { CandleRows } from './candle-rows.ts';

/** How often each distance between neighbouring stamps of one symbol occurs; rows by time, without duplicates. */
export function countSteps(rows: CandleRows, counts: Map<number, number>): void {
  let step = 0;
  let run = 0;
  for (let i = 1; i < rows.length; i++) {
    const next = (rows.at[i] ?? 0) - (rows.at[i - 1] ?? 0);
    if (next === step) run++;
    else {
      if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);
      step = next;
      run = 1;
    }
  }
  if (run > 0) counts.set(step, (counts.get(step) ?? 0) + run);
}

/** The commonest step, the shorter of two equally common ones; undefined when there is none. */
export function commonestStep(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  let most = 0;
  for (const [step, count] of counts) {
    if (count > most || (count === most && best !== undefined && step < best)) {
      best = step;
      most = count;
    }
  }
  return best;
}
