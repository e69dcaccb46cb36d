import type { Candle } from '../market/candle.ts';
import type { StructureLog } from './log.ts';
import type { DayLevel, Pool, Writable } from './objects.ts';

/** A break that closes back within this many candles has failed. */
const RECLAIM_CANDLES = 2;

export type LiquidityLevel = Writable<Pool> | Writable<DayLevel>;

/** Levels just broken, watched for a close back behind them. */
export interface Reclaims {
  watch(level: LiquidityLevel): void;
  onCandle(candle: Candle): void;
}

type Watched = { readonly level: LiquidityLevel; candlesLeft: number };

export function createReclaims(log: StructureLog): Reclaims {
  let watched: Watched[] = [];

  function isReclaimed({ level }: Watched, close: number): boolean {
    if ((close - level.level) * level.dir > 0) return false;
    level.reclaimedAt = log.at;
    log.tell('reclaimed', level);
    return true;
  }

  return {
    watch: (level) => {
      watched.push({ level, candlesLeft: RECLAIM_CANDLES });
    },
    onCandle({ close }) {
      if (watched.length === 0) return;
      watched = watched.filter((each) => {
        each.candlesLeft -= 1;
        return !isReclaimed(each, close) && each.candlesLeft > 0;
      });
    },
  };
}
