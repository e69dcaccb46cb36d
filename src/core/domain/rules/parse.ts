import { withinBounds } from './bounds.ts';
import { checkShape } from './check-shape.ts';
import { parseLogic } from './parse-logic.ts';
import { at, createProblems, type Problem, type Problems } from './problem.ts';
import { strategyShape } from './schema.ts';
import type { Strategy, StrategyPlan } from './strategy.ts';

export type ParsedStrategies = {
  /** The enabled ones, in the order of the file; all that could be read, also where others have problems. */
  readonly strategies: readonly Strategy[];
  /** Every problem of the file, in its order; at most 1,000. */
  readonly problems: readonly Problem[];
};

/**
 * Reads the value of strategies.json: shapes, names, parameters, kinds and timeframes, with defaults filled in.
 * Never throws: everything wrong is listed with its path, what was found, what is expected and the nearest name.
 */
export function parseStrategies(json: unknown): ParsedStrategies {
  const problems = createProblems();
  if (!Array.isArray(json)) {
    problems.add('strategies', json, 'a list of strategies: [ { "strategy_name": ... }, ... ]');
    return { strategies: [], problems: problems.list };
  }
  if (!withinBounds(json, problems)) return { strategies: [], problems: problems.list };
  const names = new Map<string, number>();
  const strategies = json.flatMap((value: unknown, place) => {
    checkName(value, place, names, problems);
    return parseStrategy(value, place, problems) ?? [];
  });
  return { strategies, problems: problems.list };
}

/** Names are part of every id, so two strategies cannot share one. */
function checkName(value: unknown, place: number, names: Map<string, number>, problems: Problems): void {
  if (typeof value !== 'object' || value === null || !('strategy_name' in value)) return;
  const name = value.strategy_name;
  if (typeof name !== 'string') return;
  const first = names.get(name);
  if (first === undefined) names.set(name, place);
  else
    problems.add(
      `${at('strategies', place)}.strategy_name`,
      name,
      `a name of its own; strategies[${first}] has this one`,
    );
}

function parseStrategy(value: unknown, place: number, problems: Problems): Strategy | undefined {
  const path = at('strategies', place);
  const shape = checkShape(strategyShape, value, path, problems);
  const logic = isObject(value) ? parseLogicOf(value, shape?.timeframes, path, problems) : undefined;
  if (shape === undefined) return undefined;
  checkPlan(shape.plan, at(path, 'plan'), problems);
  if (logic === undefined || !shape.enabled) return undefined;
  return {
    place,
    name: shape.strategy_name,
    direction: shape.entry_direction === 'LONG' ? 'long' : 'short',
    timeframesMs: ascending(shape.timeframes),
    symbols: shape.symbols,
    session: shape.session && { fromMs: shape.session.from, toMs: shape.session.to },
    trigger: shape.trigger,
    logic,
    plan: shape.plan,
    risk: shape.risk,
  };
}

/** Also where the rest of the strategy is wrong, so that all problems are told at once. */
function parseLogicOf(
  value: object,
  timeframesMs: readonly number[] | undefined,
  path: string,
  problems: Problems,
) {
  const logic = 'logic' in value ? value.logic : undefined;
  return parseLogic(logic, at(path, 'logic'), { problems, timeframesMs: ascending(timeframesMs ?? []) });
}

/** A setting that would be ignored in silence is a mistake. */
function checkPlan(plan: StrategyPlan, path: string, problems: Problems): void {
  if (plan.entryOffset !== undefined && plan.entry !== 'limit' && plan.entry !== 'stop') {
    problems.add(
      at(path, 'entryOffset'),
      plan.entryOffset,
      `no offset with entry "${plan.entry}": only limit and stop have one`,
    );
  }
  if (plan.fallbackR !== undefined && plan.target !== undefined) {
    problems.add(
      at(path, 'fallbackR'),
      plan.fallbackR,
      'nothing beside a target of its own, which never falls back',
    );
  }
}

function ascending(timeframesMs: readonly number[]): readonly number[] {
  return [...new Set(timeframesMs)].sort((a, b) => a - b);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
