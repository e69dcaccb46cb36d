import { at, type Problems } from './problem.ts';

const MAX_LEVELS = 64;
/** An operand in its leaf and its parameters stand below the deepest level of logic. */
const BELOW_LOGIC = 2;
const MAX_VALUES = 100_000;
const MAX_STRATEGIES = 1_000;

/**
 * Whether the file is small and shallow enough to be read by functions that call themselves. Walks without recursion.
 */
export function withinBounds(strategies: readonly unknown[], problems: Problems): boolean {
  if (strategies.length > MAX_STRATEGIES) {
    problems.add('strategies', strategies, `at most ${MAX_STRATEGIES.toLocaleString('en')} strategies`);
    return false;
  }
  let values = 0;
  let fine = true;
  for (const [index, strategy] of strategies.entries()) {
    const size = measure(strategy);
    values += size.values;
    if (size.depth > MAX_LEVELS + BELOW_LOGIC) {
      problems.add(at('strategies', index), strategy, `at most ${MAX_LEVELS} levels of rules within rules`);
      fine = false;
    }
  }
  if (values <= MAX_VALUES) return fine;
  problems.add('strategies', strategies, `at most ${MAX_VALUES.toLocaleString('en')} values in all`);
  return false;
}

/** `depth`: objects around the innermost value, the strategy itself not counted; a list directly in a list counts as one. */
function measure(strategy: unknown): { readonly depth: number; readonly values: number } {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: strategy, depth: 0 }];
  let deepest = 0;
  let values = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    values += 1;
    if (typeof value !== 'object' || value === null) continue;
    deepest = Math.max(deepest, depth);
    for (const child of Object.values(value)) {
      const listInObject = Array.isArray(child) && !Array.isArray(value);
      open.push({ value: child, depth: listInObject ? depth : depth + 1 });
    }
  }
  return { depth: deepest, values };
}
