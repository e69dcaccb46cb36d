import type { TraceItem } from '../events/events.ts';
import { readCell } from './cell.ts';
import type { CompiledLeaf, CompiledOperand } from './compile-leaf.ts';
import { FALSE, negate, TRUE, type Truth } from './truth.ts';

/** A leaf with what stands above it: directly under a NOT it is told as `NOT doji`. */
export type TracedLeaf = CompiledLeaf & { readonly negated: boolean };

/** What each condition says now, in the order of the file, with its values and what is not known. */
export function traceOf(leaves: readonly TracedLeaf[]): readonly TraceItem[] {
  return leaves.map((leaf) => {
    const result = leaf.negated ? negate(leaf.test.now()) : leaf.test.now();
    const why = leaf.operands.map(whyOf).filter((reason) => reason !== undefined);
    return {
      condition: leaf.negated ? `NOT ${leaf.text}` : leaf.text,
      result: inWords(result),
      values: Object.fromEntries(leaf.operands.flatMap(valuesOf)),
      ...(why.length === 0 ? {} : { why: [...new Set(why)].join('; ') }),
    };
  });
}

function inWords(truth: Truth): TraceItem['result'] {
  if (truth === TRUE) return 'true';
  return truth === FALSE ? 'false' : 'undefined';
}

/** Defined readings by name, and as `prev <name>` what they were one candle before. */
function valuesOf({
  label,
  isConstant,
  current,
  previous,
}: CompiledOperand): readonly (readonly [string, number])[] {
  if (isConstant) return [];
  const now = readCell(current.cell);
  const before = previous === undefined ? Number.NaN : readCell(previous.cell);
  const values = [[label, now] as const, [`prev ${label}`, before] as const];
  // Adding 0 makes 0 of -0, which JSON could not keep.
  return values.filter(([, value]) => !Number.isNaN(value)).map(([name, value]) => [name, value + 0]);
}

function whyOf({ label, current, previous }: CompiledOperand): string | undefined {
  const probe = [current, previous].find((each) => each !== undefined && Number.isNaN(readCell(each.cell)));
  return probe && `${label}: ${probe.why() ?? 'undefined'}`;
}
