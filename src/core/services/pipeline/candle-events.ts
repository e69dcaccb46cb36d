import { TradekitError } from '../../domain/error.ts';
import type { CandleClosed } from '../../domain/events/events.ts';
import { candleId } from '../../domain/events/ids.ts';
import { type Candle, type CandleView, createCandleView } from '../../domain/market/candle.ts';
import { formatTimeframe } from '../../domain/market/timeframe.ts';
import type { PipelineSetup } from './setup.ts';

/** Candles as events, and back. */
export interface CandleEvents {
  event(candle: Candle): CandleClosed;
  /** One view per symbol, reused: read it before the next call. */
  view(event: CandleClosed): Candle;
  /** The place of a symbol in the run's list. */
  slotOf(symbol: string): number;
}

export function createCandleEvents({ instruments, baseTimeframeMs }: PipelineSetup): CandleEvents {
  const timeframe = formatTimeframe(baseTimeframeMs);
  const views = instruments.map((_, slot) => createCandleView(slot));
  const slots = new Map(instruments.map(({ symbol }, slot) => [symbol, slot]));

  function slotOf(symbol: string): number {
    const slot = slots.get(symbol);
    if (slot !== undefined) return slot;
    throw new TradekitError('DATA', `The run knows no symbol "${symbol}".`, {
      hint: `It trades ${[...slots.keys()].join(', ')}: was the event written by something else?`,
    });
  }

  return {
    slotOf,
    // Written out: a spread costs more than the rest of the event, and there is one for each candle.
    event(candle) {
      const symbol = instruments[candle.slot]?.symbol ?? '';
      const event: Writable<CandleClosed> = {
        id: candleId(symbol, timeframe, candle.openAt),
        v: 1,
        type: 'CANDLE_CLOSED',
        symbol,
        at: candle.closeAt,
        openAt: candle.openAt,
        timeframe,
        open: whole(candle.open),
        high: whole(candle.high),
        low: whole(candle.low),
        close: whole(candle.close),
      };
      if (!Number.isNaN(candle.volume)) event.volume = whole(candle.volume);
      return event;
    },
    view(event) {
      const view = views[slotOf(event.symbol)] as CandleView; // slotOf gives places of this list only
      view.openAt = event.openAt;
      view.closeAt = event.at;
      view.open = event.open;
      view.high = event.high;
      view.low = event.low;
      view.close = event.close;
      view.volume = event.volume ?? Number.NaN;
      return view;
    },
  };
}

type Writable<Event> = { -readonly [Key in keyof Event]: Event[Key] };

/** JSON writes -0 as 0: events never bear it. */
function whole(value: number): number {
  return value === 0 ? 0 : value;
}
