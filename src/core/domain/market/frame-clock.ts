import type { Candle } from './candle.ts';
import { type CandleBuilder, createCandleBuilder } from './candle-builder.ts';
import type { Session } from './session.ts';

/**
 * The higher timeframes of several symbols, closed by one clock: a bucket whose end has passed closes at the next
 * instant or mark of any symbol.
 */
export interface FrameClock {
  startSession(session: Session, feedFrom: number): void;
  /** The same for one symbol, whose data begins later than the feed. */
  startSymbol(slot: number, session: Session, knownFrom: number): void;
  /** Adds a base candle to each timeframe of its symbol; first closes buckets that ended before it. */
  add(candle: Candle, at: number): void;
  /** Closes every bucket whose end the clock has reached. */
  closeDue(at: number): void;
}

export type FrameOfSymbol = {
  readonly slot: number;
  readonly timeframeMs: number;
  /** Hears each closed candle; the view is reused. */
  readonly onClose: (candle: Candle, at: number) => void;
};

/** `frames` of one symbol stand together in ascending timeframe; buckets due at one instant close in this order. */
export function createFrameClock(frames: readonly FrameOfSymbol[], symbols: number): FrameClock {
  const all = frames.map((frame) => ({
    ...frame,
    builder: createCandleBuilder(frame.slot, frame.timeframeMs),
  }));
  const ofSlot = Array.from({ length: symbols }, (_, slot) => all.filter((frame) => frame.slot === slot));
  let nextDueAt = Number.POSITIVE_INFINITY;

  function close(
    frame: { readonly builder: CandleBuilder; readonly onClose: FrameOfSymbol['onClose'] },
    at: number,
  ): void {
    const candle = frame.builder.take();
    if (candle !== undefined) frame.onClose(candle, at);
  }

  return {
    startSession(session, feedFrom) {
      for (const { builder } of all) builder.startSession(session, feedFrom);
    },
    startSymbol(slot, session, knownFrom) {
      for (const { builder } of ofSlot[slot] ?? []) builder.startSession(session, knownFrom);
    },
    add(candle, at) {
      const own = ofSlot[candle.slot];
      if (own === undefined) return;
      for (let i = 0; i < own.length; i += 1) {
        const frame = own[i];
        if (frame === undefined) continue;
        if (candle.openAt >= frame.builder.endAt) close(frame, at);
        frame.builder.add(candle);
        if (frame.builder.endAt < nextDueAt) nextDueAt = frame.builder.endAt;
      }
    },
    closeDue(at) {
      if (at < nextDueAt) return;
      nextDueAt = Number.POSITIVE_INFINITY;
      for (let i = 0; i < all.length; i += 1) {
        const frame = all[i];
        if (frame === undefined) continue;
        if (frame.builder.endAt <= at) close(frame, at);
        if (frame.builder.endAt < nextDueAt) nextDueAt = frame.builder.endAt;
      }
    },
  };
}
