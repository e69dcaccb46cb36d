import type { Candle } from '../../../../src/core/domain/market/candle.ts';
import { type CompiledRule, compileProgram } from '../../../../src/core/domain/rules/compile.ts';
import { parseStrategies } from '../../../../src/core/domain/rules/parse.ts';
import { describeProblem } from '../../../../src/core/domain/rules/problem.ts';
import type { Strategy } from '../../../../src/core/domain/rules/strategy.ts';
import { MINUTE_MS, session } from './make-tape.ts';

/** One enabled strategy with the given logic; other fields as given. */
export function strategyOf(logic: unknown, rest: Readonly<Record<string, unknown>> = {}): Strategy {
  const { strategies, problems } = parseStrategies([
    { strategy_name: 's', entry_direction: 'LONG', logic, ...rest },
  ]);
  const [strategy] = strategies;
  if (strategy === undefined || problems.length > 0)
    throw new Error(problems.map(describeProblem).join('\n'));
  return strategy;
}

type Run = {
  readonly baseMinutes?: number;
  readonly hasVolume?: boolean;
  readonly complete?: boolean;
  /** What is read at each close of the strategy's timeframe. */
  readonly read?: (rule: CompiledRule, at: number) => unknown;
};

/**
 * Feeds days of base candles to a strategy of one timeframe. Longer candles are joined here, anchored at the open: a
 * few lines of their own, so that no builder of the engine is taken for granted.
 */
export function runProgram(
  strategy: Strategy,
  days: readonly (readonly Candle[])[],
  run: Run = {},
): readonly unknown[] {
  const { baseMinutes = 5, hasVolume = true, complete = true, read = (rule, at) => rule.evaluate(at) } = run;
  const baseTimeframeMs = baseMinutes * MINUTE_MS;
  const program = compileProgram([strategy], { symbol: 'X', baseTimeframeMs, hasVolume });
  const results: unknown[] = [];
  for (const [day, candles] of days.entries()) {
    program.startSession(session(day), complete);
    for (const [k, candle] of candles.entries()) {
      const closed = program.frames.filter(
        ({ timeframeMs }) => (candle.closeAt - session(day).openAt) % timeframeMs === 0,
      );
      for (const frame of closed) frame.fold(joined(candles, k, frame.timeframeMs, day), candle.closeAt);
      for (const rule of closed.flatMap(({ rules }) => rules)) results.push(read(rule, candle.closeAt));
    }
  }
  return results;
}

function joined(candles: readonly Candle[], last: number, timeframeMs: number, day: number): Candle {
  const end = candles[last]?.closeAt ?? 0;
  const openAt = Math.max(session(day).openAt, end - timeframeMs);
  const parts = candles.slice(0, last + 1).filter((candle) => candle.openAt >= openAt);
  return {
    slot: 0,
    openAt,
    closeAt: openAt + timeframeMs,
    open: parts[0]?.open ?? Number.NaN,
    high: Math.max(...parts.map(({ high }) => high)),
    low: Math.min(...parts.map(({ low }) => low)),
    close: parts.at(-1)?.close ?? Number.NaN,
    volume: parts.reduce((sum, { volume }) => sum + volume, 0),
  };
}
