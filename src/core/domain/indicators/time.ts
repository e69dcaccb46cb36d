import { entry } from './entry.ts';
import type { Indicator } from './indicator.ts';
import { NO_SESSION, warmingUp } from './why.ts';

/** Start of the evaluated candle, in milliseconds from exchange midnight: `time >= "09:20"` holds from the candle 09:20. */
export const time = entry({
  name: 'time',
  summary: 'Start of the evaluated candle, exchange time',
  kind: 'time',
  create: createTime,
});

function createTime(): Indicator {
  const out = new Float64Array(1).fill(Number.NaN);
  const session = { midnightAt: Number.NaN };
  return {
    out,
    next(candle) {
      out[0] = candle.openAt - session.midnightAt;
    },
    startSession({ openAt, openTimeOfDayMs }) {
      session.midnightAt = openAt - openTimeOfDayMs;
    },
    why() {
      if (!Number.isNaN(out[0])) return undefined;
      return Number.isNaN(session.midnightAt) ? NO_SESSION : warmingUp(0, 1);
    },
  };
}
