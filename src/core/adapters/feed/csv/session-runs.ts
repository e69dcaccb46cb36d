import type { Session } from '../../../domain/market/session.ts';
import type { CandleRows } from './candle-rows.ts';

/** The candles of one session: places [from, to). */
export type SessionRun = { readonly session: Session; readonly from: number; readonly to: number };

/** Sessions between the first and the last candle, those without candles included; candles by time, all in sessions. */
export function sessionRuns({ at, length }: CandleRows, sessions: readonly Session[]): readonly SessionRun[] {
  const runs: SessionRun[] = [];
  let i = 0;
  for (const session of sessions) {
    if (length === 0 || session.closeAt <= (at[0] ?? 0)) continue;
    if (i >= length) break;
    const from = i;
    while (i < length && (at[i] ?? 0) < session.closeAt) i++;
    runs.push({ session, from, to: i });
  }
  return runs;
}
