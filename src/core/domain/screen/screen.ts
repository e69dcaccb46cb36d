import type { Mark, PotentialSignal, TraceItem } from '../events/events.ts';
import { candleId, signalId } from '../events/ids.ts';
import { sessionOf } from '../events/marks.ts';
import type { Candle } from '../market/candle.ts';
import { createFrameClock, type FrameOfSymbol } from '../market/frame-clock.ts';
import { isPriceJump } from '../market/price-jump.ts';
import type { Session } from '../market/session.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import { type CompiledRule, compileProgram, type Frame, type SymbolProgram } from '../rules/compile.ts';
import type { Strategy } from '../rules/strategy.ts';
import { TRUE } from '../rules/truth.ts';

export type ScreenOptions = {
  /** Sorted by code units: the place of a symbol is its slot. */
  readonly symbols: readonly { readonly symbol: string; readonly hasVolume: boolean }[];
  readonly baseTimeframeMs: number;
  readonly strategies: readonly Strategy[];
  /** Whether someone reads traces; without, signals bear an empty one. */
  readonly traces: boolean;
  /** Asked before a signal is built, where nobody listens: one that would be rejected whatever its plan need not be. */
  readonly admits?: (slot: number, at: number) => boolean;
  /** Hears each evaluation of a strategy at a closed candle: for counting near misses. */
  readonly onEvaluated?: (rule: CompiledRule, symbol: string, at: number) => void;
};

/**
 * The screen stage: folds candles into readings and fires the strategies that hold.
 *
 * Calls come in the order candles → `evaluate` → session marks: a strategy is judged on the session its candle closed
 * in, before the next session starts its readings anew.
 */
export interface Screen {
  onCandle(candle: Candle, at: number): void;
  /** Closes the buckets that are due and judges every strategy whose candle closed at this instant. */
  evaluate(at: number): readonly PotentialSignal[];
  onMark(mark: Mark): void;
}

const NONE: readonly PotentialSignal[] = [];
const NO_TRACE: readonly TraceItem[] = [];

/** One timeframe of one symbol: its readings, its rules, and what closed at this instant. */
type FrameState = {
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

export function createScreen(options: ScreenOptions): Screen {
  const { symbols, baseTimeframeMs, strategies } = options;
  const baseTimeframe = formatTimeframe(baseTimeframeMs);
  const programs = symbols.map((of) => compileProgram(strategies, { ...of, baseTimeframeMs }));
  const states = programs.map((program) => program.frames.map(createState));
  const baseStates = states.map((own) => own.find(({ frame }) => frame.timeframeMs === baseTimeframeMs));
  const lastClose = new Float64Array(symbols.length);
  const lastOpenAt = new Float64Array(symbols.length);
  const freshSession = new Uint8Array(symbols.length);
  let session: Session | undefined;
  let feedFrom = 0;
  let closedCount = 0;
  let fired: PotentialSignal[] = [];

  const clock = createFrameClock(
    states.flatMap((own, slot) => own.filter(isHigher).map((state) => frameOf(state, slot))),
    symbols.length,
  );

  function isHigher({ frame }: FrameState): boolean {
    return frame.timeframeMs > baseTimeframeMs;
  }

  function frameOf(state: FrameState, slot: number): FrameOfSymbol {
    return { slot, timeframeMs: state.frame.timeframeMs, onClose: (candle, at) => fold(state, candle, at) };
  }

  function fold(state: FrameState, candle: Candle, at: number): void {
    // Two buckets of one symbol closing at one instant (a gap): both are folded, the later one is judged.
    if (state.closedAt === at) noteTruths(state, at);
    else closedCount += 1;
    state.frame.fold(candle, at);
    state.closedAt = at;
    state.candleOpenAt = candle.openAt;
    state.close = candle.close;
  }

  function noteTruths(state: FrameState, at: number): void {
    const { rules } = state.frame;
    for (let i = 0; i < rules.length; i += 1) {
      const holds = rules[i]?.evaluate(at) === TRUE;
      if (holds && state.wasTrue[i] === 0) state.rose[i] = 1;
      state.wasTrue[i] = holds ? 1 : 0;
    }
  }

  /** First candle of a symbol in a session: a jump of scale starts its readings anew. */
  function meetSession(candle: Candle): void {
    const { slot } = candle;
    freshSession[slot] = 0;
    const previous = lastClose[slot] ?? 0;
    if (previous === 0) startSymbol(slot, candle.openAt);
    else if (isPriceJump(previous, candle.open)) restart(slot);
  }

  /** A symbol whose data begins inside a session knows nothing of it before: as a feed that begins there. */
  function startSymbol(slot: number, openAt: number): void {
    const program = programs[slot];
    if (session === undefined || program === undefined || openAt <= session.openAt) return;
    program.startSession(session, false);
    clock.startSymbol(slot, session, openAt);
  }

  function restart(slot: number): void {
    const of = symbols[slot];
    if (of === undefined) return;
    const program = compileProgram(strategies, { ...of, baseTimeframeMs });
    programs[slot] = program;
    for (const [i, state] of (states[slot] ?? []).entries()) state.frame = program.frames[i] ?? state.frame;
    startSession(program);
  }

  function startSession(program: SymbolProgram): void {
    if (session !== undefined) program.startSession(session, feedFrom <= session.openAt);
  }

  function judge(slot: number, state: FrameState, at: number): void {
    const { rules } = state.frame;
    for (let i = 0; i < rules.length; i += 1) {
      const rule = rules[i];
      if (rule === undefined) continue;
      const holds = rule.evaluate(at) === TRUE;
      const held = state.wasTrue[i] === 1 && state.rose[i] === 0;
      state.rose[i] = 0;
      state.wasTrue[i] = holds ? 1 : 0;
      if (options.onEvaluated !== undefined) options.onEvaluated(rule, symbols[slot]?.symbol ?? '', at);
      if (!holds || (held && rule.strategy.trigger === 'edge') || !inWindow(rule.strategy, state)) continue;
      if (options.admits === undefined || options.admits(slot, at)) fired.push(signal(slot, state, rule, at));
    }
  }

  function inWindow({ session: window }: Strategy, state: FrameState): boolean {
    if (window === undefined || session === undefined) return true;
    const timeOfDayMs = session.openTimeOfDayMs + state.candleOpenAt - session.openAt;
    return timeOfDayMs >= window.fromMs && timeOfDayMs < window.toMs;
  }

  function signal(slot: number, state: FrameState, rule: CompiledRule, at: number): PotentialSignal {
    const symbol = symbols[slot]?.symbol ?? '';
    const { name, direction } = rule.strategy;
    const { timeframe } = state;
    const id = signalId(symbol, name, timeframe, at);
    return {
      id,
      v: 1,
      type: 'POTENTIAL_SIGNAL',
      symbol,
      at,
      correlationId: id,
      causationId: candleId(symbol, baseTimeframe, lastOpenAt[slot] ?? 0),
      strategy: name,
      direction,
      timeframe,
      price: state.close,
      trace: options.traces ? rule.trace(at) : NO_TRACE,
    };
  }

  return {
    onCandle(candle, at) {
      const { slot } = candle;
      if (freshSession[slot] === 1) meetSession(candle);
      const base = baseStates[slot];
      if (base !== undefined) fold(base, candle, at);
      clock.add(candle, at);
      lastClose[slot] = candle.close;
      lastOpenAt[slot] = candle.openAt;
    },
    evaluate(at) {
      clock.closeDue(at);
      if (closedCount === 0) return NONE;
      closedCount = 0;
      for (let slot = 0; slot < states.length; slot += 1) {
        const own = states[slot] ?? [];
        for (let i = 0; i < own.length; i += 1) {
          const state = own[i];
          if (state !== undefined && state.closedAt === at) judge(slot, state, at);
        }
      }
      if (fired.length === 0) return NONE;
      const out = fired;
      fired = [];
      return out;
    },
    onMark(mark) {
      if (mark.type !== 'SESSION_OPENED') return;
      session = sessionOf(mark);
      feedFrom = mark.at;
      freshSession.fill(1);
      clock.startSession(session, feedFrom);
      for (const program of programs) startSession(program);
      for (const own of states) for (const state of own) state.wasTrue.fill(0);
    },
  };
}

function createState(frame: Frame): FrameState {
  return {
    frame,
    timeframe: formatTimeframe(frame.timeframeMs),
    wasTrue: new Uint8Array(frame.rules.length),
    rose: new Uint8Array(frame.rules.length),
    closedAt: Number.NaN,
    candleOpenAt: Number.NaN,
    close: Number.NaN,
  };
}
