import type { Mark, PotentialSignal, TraceItem } from '../events/events.ts';
import { candleId, signalId } from '../events/ids.ts';
import { sessionOf } from '../events/marks.ts';
import type { Candle } from '../market/candle.ts';
import type { CandleTape } from '../market/candle-tape.ts';
import { createFrameClock, type FrameOfSymbol } from '../market/frame-clock.ts';
import { isPriceJump } from '../market/price-jump.ts';
import type { Session } from '../market/session.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import { type CompiledRule, compileProgram, type SymbolProgram } from '../rules/compile.ts';
import type { Strategy } from '../rules/strategy.ts';
import { TRUE } from '../rules/truth.ts';
import { createFrameState, type FrameState, type Hit } from './frame-state.ts';
import { createRowScan } from './row-scan.ts';

export type ScreenOptions = {
  /** Sorted by code units: the place of a symbol is its slot. */
  readonly symbols: readonly { readonly symbol: string; readonly hasVolume: boolean }[];
  readonly baseTimeframeMs: number;
  readonly strategies: readonly Strategy[];
  /** Whether someone reads traces; without, signals bear an empty one, and no cause. */
  readonly traces: boolean;
  /** Asked before a signal is built, where nobody listens: one that would be rejected whatever its plan need not be. */
  readonly admits?: (slot: number, at: number) => boolean;
  /** Hears each evaluation of a strategy at a closed candle, and whether its session window lets it fire there. */
  readonly onEvaluated?: (rule: CompiledRule, symbol: string, at: number, inWindow: boolean) => void;
  /** Hears each strategy that would have fired, had its session window not kept it from it. */
  readonly onOutsideSession?: (rule: CompiledRule, symbol: string, at: number) => void;
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
  /** Rows of the only symbol follow, each an instant of its own, to be taken by `nextFiring` and `endRows`. */
  startRows(tape: CandleTape, from: number, to: number): void;
  /**
   * The first row from `row` on at which a strategy fires, or the end of the rows; what fires before `row` is dropped.
   * The same as `onCandle` and `evaluate` for each row.
   */
  nextFiring(row: number): number;
  /** The signals of the row at which `nextFiring` stopped. */
  fired(at: number): readonly PotentialSignal[];
  endRows(): void;
}

const NONE: readonly PotentialSignal[] = [];
const NO_TRACE: readonly TraceItem[] = [];

export function createScreen(options: ScreenOptions): Screen {
  const { symbols, baseTimeframeMs, strategies } = options;
  const baseTimeframe = formatTimeframe(baseTimeframeMs);
  const programs = symbols.map((of) => compileProgram(strategies, { ...of, baseTimeframeMs }));
  const states = programs.map((program, slot) =>
    program.frames.map((frame) => createFrameState(slot, frame)),
  );
  const baseStates = states.map((own) => own.find(({ frame }) => frame.timeframeMs === baseTimeframeMs));
  const lastClose = new Float64Array(symbols.length);
  const lastOpenAt = new Float64Array(symbols.length);
  const freshSession = new Uint8Array(symbols.length);
  let session: Session | undefined;
  let feedFrom = 0;
  let closedCount = 0;
  let hits: Hit[] = [];

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

  function judge(state: FrameState, at: number): void {
    const { rules } = state.frame;
    for (let i = 0; i < rules.length; i += 1) {
      const rule = rules[i];
      if (rule === undefined) continue;
      const holds = rule.evaluate(at) === TRUE;
      const held = state.wasTrue[i] === 1 && state.rose[i] === 0;
      state.rose[i] = 0;
      state.wasTrue[i] = holds ? 1 : 0;
      if (options.onEvaluated !== undefined)
        options.onEvaluated(rule, symbols[state.slot]?.symbol ?? '', at, inWindow(rule.strategy, state));
      if (holds && !(held && rule.strategy.trigger === 'edge')) hit(state, rule, at);
    }
  }

  function judgeClosed(at: number): void {
    if (closedCount === 0) return;
    closedCount = 0;
    for (let slot = 0; slot < states.length; slot += 1) {
      const own = states[slot] ?? [];
      for (let i = 0; i < own.length; i += 1) {
        const state = own[i];
        if (state !== undefined && state.closedAt === at) judge(state, at);
      }
    }
  }

  function fired(at: number): readonly PotentialSignal[] {
    const [only] = hits;
    if (only === undefined) return NONE;
    const all = hits;
    hits = [];
    if (all.length === 1) return isAdmitted(only, at) ? [signal(only, at)] : NONE;
    return all.filter((hit) => isAdmitted(hit, at)).map((hit) => signal(hit, at));
  }

  function isAdmitted({ state }: Hit, at: number): boolean {
    return options.admits === undefined || options.admits(state.slot, at);
  }

  function onCandle(candle: Candle, at: number): void {
    const { slot } = candle;
    if (freshSession[slot] === 1) meetSession(candle);
    const base = baseStates[slot];
    if (base !== undefined) fold(base, candle, at);
    clock.add(candle, at);
    lastClose[slot] = candle.close;
    lastOpenAt[slot] = candle.openAt;
  }

  /** Where one timeframe is all there is and nobody asks what its readings say of each row, rows are folded in blocks. */
  function foldable(slot: number): FrameState | undefined {
    if (options.traces || options.onEvaluated !== undefined) return undefined;
    return states[slot]?.length === 1 ? baseStates[slot] : undefined;
  }

  const scan = createRowScan({
    take(tape, row, heeded) {
      const at = tape.closeAt(row);
      onCandle(tape.read(row, at), at);
      clock.closeDue(at);
      judgeClosed(at);
      if (!heeded) hits = [];
      return hits.length > 0;
    },
    fire(state, tape, row, folded) {
      const { rules } = state.frame;
      const at = tape.closeAt(row);
      state.candleOpenAt = tape.openAt[row] ?? Number.NaN;
      state.close = tape.close[row] ?? Number.NaN;
      for (let k = 0; k < rules.length; k += 1) if (folded.isTrue(k, row)) hit(state, rules[k], at);
      return hits.length > 0;
    },
  });

  function hit(state: FrameState, rule: CompiledRule | undefined, at: number): void {
    if (rule === undefined) return;
    if (!inWindow(rule.strategy, state)) {
      options.onOutsideSession?.(rule, symbols[state.slot]?.symbol ?? '', at);
      return;
    }
    const fired = { state, rule };
    if (hits.length === 0) hits = [fired];
    else hits.push(fired);
  }

  function inWindow({ session: window }: Strategy, state: FrameState): boolean {
    if (window === undefined || session === undefined) return true;
    const timeOfDayMs = session.openTimeOfDayMs + state.candleOpenAt - session.openAt;
    return timeOfDayMs >= window.fromMs && timeOfDayMs < window.toMs;
  }

  function signal({ state, rule }: Hit, at: number): PotentialSignal {
    const { slot, timeframe } = state;
    const symbol = symbols[slot]?.symbol ?? '';
    const { name, direction } = rule.strategy;
    const id = signalId(symbol, name, timeframe, at);
    return {
      id,
      v: 1,
      type: 'POTENTIAL_SIGNAL',
      symbol,
      at,
      correlationId: id,
      causationId: options.traces ? candleId(symbol, baseTimeframe, lastOpenAt[slot] ?? 0) : '',
      strategy: name,
      direction,
      timeframe,
      price: state.close,
      trace: options.traces ? rule.trace(at) : NO_TRACE,
    };
  }

  return {
    onCandle,
    evaluate(at) {
      clock.closeDue(at);
      judgeClosed(at);
      return fired(at);
    },
    startRows(tape, from, to) {
      const { slot } = tape;
      if (freshSession[slot] === 1) meetSession(tape.read(from, tape.closeAt(from)));
      scan.start({ tape, from, to, state: foldable(slot) });
    },
    nextFiring: (row) => scan.next(row),
    fired,
    endRows() {
      const rows = scan.end();
      if (rows !== undefined) lastClose[rows.tape.slot] = rows.tape.close[rows.to - 1] ?? Number.NaN;
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
