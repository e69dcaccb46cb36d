import { DAY_MS } from '../../../domain/market/civil.ts';
import type { Session } from '../../../domain/market/session.ts';
import { formatTimeframe } from '../../../domain/market/timeframe.ts';
import type { CandleRows } from './candle-rows.ts';
import type { ReadContext } from './read-context.ts';
import { quoted, refusal } from './refuse.ts';
import { commonestStep } from './timeframe-of.ts';

/** Steps from which a symbol's own timeframe can be told, and the share of them that must agree. */
const ENOUGH_STEPS = 20;
const STEADY = 0.9;

/**
 * Candles that are longer than the timeframe would be taken as known before they are over. A share that is seldom
 * traded has gaps of all lengths and is read as it is: only steps that agree tell a longer candle.
 *
 * @throws TradekitError DATA where at least 90 % of a symbol's steps are whole multiples of a longer, commonest one
 */
export function refuseLongerStep(path: string, symbol: string, rows: CandleRows, context: ReadContext): void {
  if (isMostly(context.timeframe, rows)) return;
  const step = steadyStep(rows, context.sessions);
  if (step === undefined || step <= context.timeframe) return;
  const [found, asked] = [step, context.timeframe].map(formatTimeframe);
  throw refusal(
    path,
    undefined,
    `the candles of ${quoted(symbol)} are ${found} apart: read as ${asked} candles they would be taken as known before they are over.`,
    stepHint(context),
  );
}

/** Names the step that the files have, where it is one that a run can be read with. */
export function stepHint({ steps, timeframe }: ReadContext): string {
  const [step] = steps;
  if (step === undefined || step === timeframe || steps.size > 1) {
    return 'One run has one base timeframe: are candles of several in one file? Read them apart.';
  }
  if (step > DAY_MS) return 'A candle lies within one session: bring daily or shorter candles.';
  return `Candles of the file are mostly ${formatTimeframe(step)} apart: --timeframe ${formatTimeframe(step)}`;
}

/** What most files are: told without counting every step. */
function isMostly(timeframe: number, { at, length }: CandleRows): boolean {
  let count = 0;
  for (let i = 1; i < length; i++) if ((at[i] ?? 0) - (at[i - 1] ?? 0) === timeframe) count++;
  return 2 * count > length;
}

/**
 * Stamps are instants, or dates of days. Steps from one session to the next tell nothing, but for whole days; nor does
 * the step to a stamp at the close, which may end a candle that the close cut short.
 */
function steadyStep(rows: CandleRows, sessions: readonly Session[]): number | undefined {
  const counts = new Map<number, number>();
  let next = 0;
  for (let i = 1; i < rows.length; i++) {
    const before = rows.at[i - 1] ?? 0;
    const at = rows.at[i] ?? 0;
    while ((sessions[next]?.closeAt ?? Number.POSITIVE_INFINITY) <= before) next++;
    const { openAt, closeAt } = sessions[next] ?? { openAt: Number.POSITIVE_INFINITY, closeAt: 0 };
    const isWithin = openAt <= before && at < closeAt;
    if (isWithin || (at - before) % DAY_MS === 0) counts.set(at - before, (counts.get(at - before) ?? 0) + 1);
  }
  const step = commonestStep(counts) ?? Number.NaN;
  let all = 0;
  let agreeing = 0;
  for (const [each, count] of counts) {
    all += count;
    if (each % step === 0) agreeing += count;
  }
  return all >= ENOUGH_STEPS && agreeing >= STEADY * all ? step : undefined;
}
