import type { Mark, PotentialSignal, TraceItem } from '../../../domain/events/events.ts';
import type { Candle } from '../../../domain/market/candle.ts';
import { formatTimeframe } from '../../../domain/market/timeframe.ts';
import type { CompiledRule } from '../../../domain/rules/compile.ts';
import type { Strategy } from '../../../domain/rules/strategy.ts';
import { createScreen } from '../../../domain/screen/screen.ts';
import type { Direction } from '../../../domain/trading/plan.ts';
import { distanceOf } from './missing.ts';
import type { RunSettings } from './settings.ts';

/** How far a strategy was from firing at the last close of its timeframe. */
export type Nearness = {
  readonly strategy: string;
  readonly direction: Direction;
  readonly timeframe: string;
  /** Close at which it was judged, UTC epoch ms. */
  readonly at: number;
  readonly held: number;
  readonly conditions: number;
  /** Those that did not hold, in the order of the file. */
  readonly missing: readonly TraceItem[];
  /** The strategy's session window, where its candle began outside of it: it could not fire there, whatever held. */
  readonly outside?: NonNullable<Strategy['session']>;
};

/** Judges the strategies again at each candle, as the screen does, and remembers what each said last. */
export interface Nearest {
  onCandle(candle: Candle): void;
  onMark(mark: Mark): void;
  onSignal(signal: PotentialSignal): void;
  /** The instant's candles and marks are all there. */
  endInstant(): void;
  /** Nearest first; of equals, the first in the file. */
  of(symbol: string): readonly Nearness[];
}

/**
 * With the run's own strategies, by folding the very readings that the screen folds. Marks of an instant come after its
 * candles are judged.
 */
export function createNearest(
  { instruments, baseTimeframeMs }: RunSettings,
  strategies: NonNullable<RunSettings['strategies']>,
): Nearest {
  const judged = new Map<string, Map<string, Judged>>();
  const screen = createScreen({
    symbols: instruments,
    baseTimeframeMs,
    strategies,
    traces: false,
    onEvaluated(rule, symbol, at, inWindow) {
      const own = judged.get(symbol) ?? new Map<string, Judged>();
      judged.set(symbol, own);
      // Not by the rule itself: after a jump of scale another one stands for the same strategy.
      own.set(`${rule.strategy.name}/${rule.timeframeMs}`, { rule, at, inWindow });
    },
  });
  let marks: Mark[] = [];
  let seenAt = 0;

  return {
    onCandle(candle) {
      seenAt = candle.closeAt;
      screen.onCandle(candle, candle.closeAt);
    },
    onMark(mark) {
      seenAt = mark.at;
      marks.push(mark);
    },
    onSignal() {},
    endInstant() {
      screen.evaluate(seenAt);
      if (marks.some(({ type }) => type === 'SESSION_OPENED')) keepReadings();
      for (const mark of marks) screen.onMark(mark);
      marks = [];
    },
    of: (symbol) => [...(judged.get(symbol)?.values() ?? [])].map(toNearness).sort(byNearness),
  };

  /** A session that opens starts readings anew: what was judged before is said as it was. */
  function keepReadings(): void {
    for (const own of judged.values()) for (const of of own.values()) toNearness(of);
  }
}

/**
 * When a rule was judged last; its trace says the readings of then as long as no other candle came. It is asked for once,
 * when somebody looks: most judgements are replaced before that, and many pictures are drawn of one.
 */
type Judged = {
  readonly rule: CompiledRule;
  readonly at: number;
  readonly inWindow: boolean;
  said?: Nearness;
};

function toNearness(of: Judged): Nearness {
  of.said ??= nearnessOf(of);
  return of.said;
}

function nearnessOf({ rule, at, inWindow }: Judged): Nearness {
  const { name, direction, logic, session } = rule.strategy;
  const { conditions, missing } = distanceOf(logic, rule.trace(at));
  const timeframe = formatTimeframe(rule.timeframeMs);
  return {
    strategy: name,
    direction,
    timeframe,
    at,
    held: conditions - missing.length,
    conditions,
    missing,
    ...(inWindow || session === undefined ? {} : { outside: session }),
  };
}

/** Without the strategies: the last signal of each symbol, whose conditions all held. */
export function createLastSignals(): Nearest {
  const last = new Map<string, PotentialSignal>();
  return {
    onCandle() {},
    onMark() {},
    onSignal: (signal) => void last.set(signal.symbol, signal),
    endInstant() {},
    of(symbol) {
      const signal = last.get(symbol);
      return signal === undefined ? [] : [nearnessOfSignal(signal)];
    },
  };
}

function nearnessOfSignal({ strategy, direction, timeframe, at, trace }: PotentialSignal): Nearness {
  return { strategy, direction, timeframe, at, held: trace.length, conditions: trace.length, missing: [] };
}

/** Fewest conditions missing first; of equals the one that needs more, as more of it holds. */
function byNearness(a: Nearness, b: Nearness): number {
  return a.missing.length - b.missing.length || b.conditions - a.conditions;
}
