import { TradekitError } from '../error.ts';
import type { TraceItem } from '../events/events.ts';
import type { Candle } from '../market/candle.ts';
import type { CandleTape } from '../market/candle-tape.ts';
import type { Session } from '../market/session.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import { compileLeaf, type LeafContext } from './compile-leaf.ts';
import { createReadings, type Readings } from './readings.ts';
import type { LogicNode, Strategy } from './strategy.ts';
import { type TracedLeaf, traceOf } from './trace.ts';
import { allOf, anyOf, not, type Test, type Truth } from './truth.ts';

/** The strategies of one symbol, ready to be fed. One per symbol; after a jump of scale it is compiled anew. */
export interface SymbolProgram {
  /** The timeframes that its strategies or their operands use, ascending. */
  readonly frames: readonly Frame[];
  /** Session-anchored readings start anew; `complete` is false where the feed began after the session's open. */
  startSession(session: Session, complete: boolean): void;
}

/** One timeframe. At an instant all frames whose candle closed are folded, shortest first, then their rules evaluated. */
export interface Frame {
  readonly timeframeMs: number;
  /** Folds one closed candle; `at` is the instant at which it became known. */
  fold(candle: Candle, at: number): void;
  /** Folds rows of base candles. */
  foldRows(tape: CandleTape, from: number, to: number): void;
  /** Strategies to evaluate at this frame's close, in the order of the file. */
  readonly rules: readonly CompiledRule[];
}

export interface CompiledRule {
  readonly strategy: Strategy;
  readonly timeframeMs: number;
  /** Whether the logic holds at the instant `at`: TRUE, FALSE or UNDEFINED of truth.ts. */
  evaluate(at: number): Truth;
  /** The same at the last `count` rows that were folded, oldest first, in a program of one timeframe. */
  truths(truths: Int8Array, count: number): void;
  /** The same, told condition by condition. */
  trace(at: number): readonly TraceItem[];
}

export type ProgramOptions = {
  readonly symbol: string;
  readonly baseTimeframeMs: number;
  /** Whether the symbol's candles bear a volume; without, readings that need one stay undefined. */
  readonly hasVolume: boolean;
};

/**
 * Compiles the strategies that apply to a symbol. Readings of the same name, parameters, source and timeframe are
 * folded once.
 *
 * @throws TradekitError CONFIG where a timeframe cannot be built from the base candles
 */
export function compileProgram(strategies: readonly Strategy[], options: ProgramOptions): SymbolProgram {
  const { symbol, baseTimeframeMs, hasVolume } = options;
  const own = strategies.filter(({ symbols }) => symbols === undefined || symbols.includes(symbol));
  for (const strategy of own) checkTimeframes(strategy, baseTimeframeMs);
  const byTimeframe = new Map<number, Readings>();
  const readingsOf = (timeframeMs: number) => {
    const known = byTimeframe.get(timeframeMs);
    if (known !== undefined) return known;
    const made = createReadings(timeframeMs, hasVolume);
    byTimeframe.set(timeframeMs, made);
    return made;
  };
  const now = new Float64Array(1);
  const rules = own.flatMap((strategy) =>
    strategy.timeframesMs.map((timeframeMs) =>
      compileRule(strategy, { timeframeMs, readings: readingsOf, now }),
    ),
  );
  const all = [...byTimeframe.values()].sort((a, b) => a.timeframeMs - b.timeframeMs);
  return {
    frames: all.map((readings) => ({
      timeframeMs: readings.timeframeMs,
      fold: (candle, at) => readings.fold(candle, at),
      foldRows: (tape, from, to) => readings.foldRows(tape, from, to),
      rules: rules.filter((rule) => rule.timeframeMs === readings.timeframeMs),
    })),
    startSession(session, complete) {
      for (const each of all) each.startSession(session, complete);
    },
  };
}

function compileRule(strategy: Strategy, context: LeafContext): CompiledRule {
  context.readings(context.timeframeMs);
  const leaves: TracedLeaf[] = [];
  const test = compileLogic(strategy.logic, false, leaves, context);
  const { now, timeframeMs } = context;
  return {
    strategy,
    timeframeMs,
    evaluate(at) {
      now[0] = at;
      return test.now();
    },
    truths: (truths, count) => test.rows(truths, count),
    trace(at) {
      now[0] = at;
      return traceOf(leaves);
    },
  };
}

/** Depth is limited by the parser. `leaves` gathers the conditions in the order of the file. */
function compileLogic(node: LogicNode, negated: boolean, leaves: TracedLeaf[], context: LeafContext): Test {
  if ('leaf' in node) {
    const leaf = compileLeaf(node.leaf, context);
    leaves.push({ ...leaf, negated });
    return leaf.test;
  }
  const isNot = node.operator === 'NOT';
  const tests = node.rules.map((rule) => compileLogic(rule, isNot && 'leaf' in rule, leaves, context));
  const [only] = tests;
  if (isNot) return not(allOf(tests));
  if (only !== undefined && tests.length === 1) return only;
  return node.operator === 'AND' ? allOf(tests) : anyOf(tests);
}

/** Candles can be joined, never split. */
function checkTimeframes({ name, timeframesMs, logic }: Strategy, baseTimeframeMs: number): void {
  const asked = [...timeframesMs, ...operandTimeframes(logic)];
  const wrong = asked.find((timeframeMs) => timeframeMs % baseTimeframeMs !== 0);
  if (wrong === undefined) return;
  const base = formatTimeframe(baseTimeframeMs);
  throw new TradekitError(
    'CONFIG',
    `Strategy "${name}" asks for "${formatTimeframe(wrong)}" candles, which cannot be built from ${base} candles.`,
    { hint: `Set its timeframes to ${base} or a multiple of it, or give candles of a shorter timeframe.` },
  );
}

function operandTimeframes(node: LogicNode): readonly number[] {
  if (!('leaf' in node)) return node.rules.flatMap(operandTimeframes);
  const { leaf } = node;
  const readings =
    leaf.kind === 'pattern'
      ? [leaf.pattern]
      : [leaf.left, ...leaf.right].flatMap((operand) => ('reading' in operand ? [operand.reading] : []));
  return readings.flatMap(({ timeframeMs }) => timeframeMs ?? []);
}
