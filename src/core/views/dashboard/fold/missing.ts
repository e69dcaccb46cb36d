import type { TraceItem } from '../../../domain/events/events.ts';
import type { LogicNode } from '../../../domain/rules/strategy.ts';

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
    const { conditions, missing } = walk(node);
    const fails = missing.some(({ result }) => result === 'false');
    return { conditions, missing: fails ? [] : trace.slice(from, next) };
  }

  return walk(logic);
}

function leafOf(item: TraceItem | undefined): Distance {
  return { conditions: 1, missing: item === undefined || item.result === 'true' ? [] : [item] };
}

function both(a: Distance, b: Distance): Distance {
  return { conditions: a.conditions + b.conditions, missing: [...a.missing, ...b.missing] };
}

function nearer(a: Distance, b: Distance): Distance {
  return b.missing.length < a.missing.length ? b : a;
}
