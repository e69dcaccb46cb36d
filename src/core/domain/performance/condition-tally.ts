import type { TraceItem } from '../events/events.ts';
import type { Strategy } from '../rules/strategy.ts';
import { formatWindow } from '../rules/time-of-day.ts';
import { type NearMiss, plain } from './near-miss.ts';

/** How often the conditions of one strategy held, over the closes at which it was evaluated. */
export type StrategyConditions = {
  readonly strategy: string;
  readonly evaluated: number;
  readonly conditions: readonly ConditionCount[];
  /** How often its logic came true outside its session window, where it does not fire; null: never. */
  readonly outsideSession: OutsideSession | null;
};

export type OutsideSession = {
  /** As a reader would say it: `08:00 to 09:15`, exchange time. */
  readonly session: string;
  readonly times: number;
};

export type ConditionCount = {
  /** As a reader would say it: `rvol >= 2`. */
  readonly condition: string;
  readonly held: number;
  /** Its reading did not exist yet: warming up, no volume. */
  readonly undefinedCount: number;
  /** Why it was undefined, the last time. */
  readonly why: string | null;
};

/** One evaluation of a strategy. */
export type Evaluation = {
  readonly strategy: string;
  readonly symbol: string;
  readonly at: number;
  readonly trace: readonly TraceItem[];
};

/** A strategy that would have fired, had its session window not kept it from it. */
export type FiringOutsideSession = Omit<Evaluation, 'trace'> & {
  readonly session: NonNullable<Strategy['session']>;
};

/** Reads every evaluation of a run in which nothing fired, to say which condition never held. */
export interface ConditionTally {
  count(evaluation: Evaluation): void;
  countOutsideSession(firing: FiringOutsideSession): void;
  strategies(): readonly StrategyConditions[];
  /** The first firing outside a session window; else the evaluation with the largest share of conditions true, the first of equals. */
  nearMiss(): NearMiss | null;
}

type Counter = { readonly condition: string; held: number; undefinedCount: number; why: string | null };

export function createConditionTally(): ConditionTally {
  const counters = new Map<string, { evaluated: number; readonly conditions: Counter[] }>();
  const outside = new Map<string, OutsideSession>();
  let firstOutside: FiringOutsideSession | undefined;
  let nearest: Evaluation | undefined;
  let nearestShare = -1;

  return {
    count(evaluation) {
      const { strategy, trace } = evaluation;
      const own = counters.get(strategy) ?? { evaluated: 0, conditions: trace.map(createCounter) };
      counters.set(strategy, own);
      own.evaluated += 1;
      let held = 0;
      for (const [i, item] of trace.entries()) {
        if (item.result === 'true') held += 1;
        const counter = own.conditions[i];
        if (counter !== undefined) note(counter, item);
      }
      const share = trace.length === 0 ? 0 : held / trace.length;
      if (share <= nearestShare) return;
      nearest = evaluation;
      nearestShare = share;
    },
    countOutsideSession(firing) {
      firstOutside ??= firing;
      const times = (outside.get(firing.strategy)?.times ?? 0) + 1;
      outside.set(firing.strategy, { session: formatWindow(firing.session), times });
    },
    strategies: () =>
      [...counters].map(([strategy, { evaluated, conditions }]) => ({
        strategy,
        evaluated,
        conditions: conditions.map((counter) => ({ ...counter })),
        outsideSession: outside.get(strategy) ?? null,
      })),
    nearMiss() {
      if (firstOutside !== undefined) return describeOutside(firstOutside);
      return nearest === undefined ? null : describe(nearest);
    },
  };
}

function createCounter({ condition }: TraceItem): Counter {
  return { condition, held: 0, undefinedCount: 0, why: null };
}

function note(counter: Counter, { result, why }: TraceItem): void {
  if (result === 'true') counter.held += 1;
  else if (result === 'undefined') {
    counter.undefinedCount += 1;
    counter.why = why ?? counter.why;
  }
}

function describeOutside(firing: FiringOutsideSession): NearMiss {
  const { symbol, strategy, at } = firing;
  const text = `its logic came true, on a candle that starts outside its session ${formatWindow(firing.session)}`;
  return { symbol, strategy, at, text, values: {} };
}

function describe({ strategy, symbol, at, trace }: Evaluation): NearMiss {
  const missing = trace.filter(({ result }) => result !== 'true');
  const held = trace.length - missing.length;
  const values: Record<string, number> = { held, conditions: trace.length };
  for (const item of missing) Object.assign(values, item.values);
  const rest =
    missing.length === 0 ? 'under a NOT that they break' : `missing ${missing.map(shown).join(', ')}`;
  const text = `${held} of ${trace.length} conditions held; ${rest}`;
  return { symbol, strategy, at, text, values };
}

function shown({ condition, values, why }: TraceItem): string {
  const readings = Object.entries(values).map(([name, value]) => `${name} ${plain(value)}`);
  const detail = why ?? readings.join(', ');
  return detail === '' ? condition : `${condition} (${detail})`;
}
