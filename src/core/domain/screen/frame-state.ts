import { formatTimeframe } from '../market/timeframe.ts';
import type { CompiledRule, Frame } from '../rules/compile.ts';

/** One timeframe of one symbol: its readings, its rules, and what closed at this instant. */
export type FrameState = {
  readonly slot: number;
  frame: Frame;
  /** `5m`, as signals say it. */
  readonly timeframe: string;
  /** Whether each rule was true at the previous close of the session. */
  readonly wasTrue: Uint8Array;
  /** Whether it rose at an earlier candle of this very instant. */
  readonly rose: Uint8Array;
  closedAt: number;
  candleOpenAt: number;
  close: number;
};

/** A strategy that fires at the candle that closed. */
export type Hit = { readonly state: FrameState; readonly rule: CompiledRule };

export function createFrameState(slot: number, frame: Frame): FrameState {
  return {
    slot,
    frame,
    timeframe: formatTimeframe(frame.timeframeMs),
    wasTrue: new Uint8Array(frame.rules.length),
    rose: new Uint8Array(frame.rules.length),
    closedAt: Number.NaN,
    candleOpenAt: Number.NaN,
    close: Number.NaN,
  };
}
