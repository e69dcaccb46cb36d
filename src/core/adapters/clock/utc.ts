import type { Clock } from '../../ports/clock.ts';
import { systemClock } from './system.ts';

/** A clock that stands at UTC epoch ms, for feeds that follow the market. Set back, it stands still until it is reached. */
export function createUtcClock(): Clock {
  let latest = Number.NEGATIVE_INFINITY;
  return {
    now() {
      latest = Math.max(latest, Date.now());
      return latest;
    },
    sleep: systemClock.sleep,
  };
}
