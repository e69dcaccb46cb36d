import { at, type Problems } from './problem.ts';

const MAX_LEVELS = 64;
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
    if (size.levels > MAX_LEVELS) {
      problems.add(at('strategies', index), strategy, `at most ${MAX_LEVELS} levels of rules within rules`);
      fine = false;
    }
  }
  if (values <= MAX_VALUES) return fine;
  problems.add('strategies', strategies, `at most ${MAX_VALUES.toLocaleString('en')} values in all`);
  return false;
}

/** `levels` of rules: the logic of a strategy is the first, each `rules` begins another. */
function measure(strategy: unknown): { readonly levels: number; readonly values: number } {
  const open: { readonly value: unknown; readonly level: number }[] = [{ value: strategy, level: 1 }];
  let levels = 0;
  let values = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, level } = next;
    values += 1;
    levels = Math.max(levels, level);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, child] of Object.entries(value)) {
      open.push({ value: child, level: key === 'rules' ? level + 1 : level });
    }
  }
  return { levels, values };
}
