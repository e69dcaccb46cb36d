import type { TraceItem } from '../../../domain/events/events.ts';
import type { LogicNode } from '../../../domain/rules/strategy.ts';
import { FALSE, negate, TRUE, type Truth, UNDEFINED } from '../../../domain/rules/truth.ts';

/** How many conditions it takes for a logic to hold by its shortest way, and which of them do not. */
export type Distance = { readonly conditions: number; readonly missing: readonly TraceItem[] };

/**
 * Reads a trace along the logic that made it: of alternatives (OR, and what stands under one NOT) only the one that lacks
 * least counts, so that a logic that holds lacks nothing.
 */
export function distanceOf(logic: LogicNode, trace: readonly TraceItem[]): Distance {
  let next = 0;

  function walk(node: LogicNode): Distance {
    if ('leaf' in node) return leafOf(trace[next++]);
    const { operator, rules } = node;
    if (operator === 'AND') return rules.map(walk).reduce(both);
    return operator === 'OR' ? rules.map(walk).reduce(nearer) : rules.map(walkNegated).reduce(nearer);
  }

  /** A leaf right under NOT is told as negated; a group is not, and its opposite holds as soon as one of it fails. */
  function walkNegated(node: LogicNode): Distance {
    if ('leaf' in node) return walk(node);
    const from = next;
    const { conditions } = walk(node);
    const own = trace.slice(from, next);
    return { conditions, missing: truthOf(node, own.values()) === FALSE ? [] : own };
  }

  return walk(logic);
}

/** What a group says, by what its leaves said, in their order. */
function truthOf(node: LogicNode, said: Iterator<TraceItem, undefined>): Truth {
  if ('leaf' in node) return TRUTHS[said.next().value?.result ?? 'undefined'];
  const { operator, rules } = node;
  // A leaf right under NOT is told as negated.
  const truths = rules.map((rule) =>
    operator === 'NOT' && !('leaf' in rule) ? negate(truthOf(rule, said)) : truthOf(rule, said),
  );
  const decisive = operator === 'AND' ? FALSE : TRUE;
  if (truths.includes(decisive)) return decisive;
  return truths.includes(UNDEFINED) ? UNDEFINED : negate(decisive);
}

const TRUTHS: Readonly<Record<TraceItem['result'], Truth>> = {
  true: TRUE,
  false: FALSE,
  undefined: UNDEFINED,
};

function leafOf(item: TraceItem | undefined): Distance {
  return { conditions: 1, missing: item === undefined || item.result === 'true' ? [] : [item] };
}

function both(a: Distance, b: Distance): Distance {
  return { conditions: a.conditions + b.conditions, missing: [...a.missing, ...b.missing] };
}

function nearer(a: Distance, b: Distance): Distance {
  return b.missing.length < a.missing.length ? b : a;
}
