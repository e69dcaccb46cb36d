import { TradekitError } from '../error.ts';
import { indicatorCatalog } from '../indicators/catalog.ts';
import type { CatalogEntry } from '../indicators/entry.ts';
import { patternCatalog } from '../patterns/catalog.ts';
import { conditionCatalog } from './catalog.ts';
import { constantCell } from './cell.ts';
import type { ConditionEntry } from './conditions/condition.ts';
import { createLeafTest } from './leaf-test.ts';
import type { Probe, Readings } from './readings.ts';
import type { Condition, Leaf, Operand, ReadingSpec } from './strategy.ts';
import { FALSE, type Test, TRUE } from './truth.ts';

/** Where a rule is compiled: its own timeframe, the readings of all timeframes, and the instant of evaluation. */
export type LeafContext = {
  readonly timeframeMs: number;
  readonly readings: (timeframeMs: number) => Readings;
  /** One cell, written at each evaluation. */
  readonly now: Float64Array;
};

/** An operand with its cells, for evaluation and for the trace. */
export type CompiledOperand = {
  readonly label: string;
  readonly isConstant: boolean;
  readonly current: Probe;
  /** One candle before; undefined where the condition does not look back. */
  readonly previous: Probe | undefined;
};

export type CompiledLeaf = {
  /** As a reader would say it: `sma10 crosses_above sma20`. */
  readonly text: string;
  readonly operands: readonly CompiledOperand[];
  readonly test: Test;
};

const TRUE_OPERAND: Operand = { constant: 1, label: 'true' };

export function compileLeaf(leaf: Leaf, context: LeafContext): CompiledLeaf {
  if (leaf.kind === 'pattern') {
    const left = { reading: leaf.pattern };
    return compileComparison(left, '==', [TRUE_OPERAND], leaf.pattern.label, patternCatalog, context);
  }
  const { left, condition, right } = leaf;
  const text = `${labelOf(left)} ${condition} ${right.map(labelOf).join(' and ')}`;
  return compileComparison(left, condition, right, text, indicatorCatalog, context);
}

function compileComparison(
  left: Operand,
  condition: Condition,
  right: readonly Operand[],
  text: string,
  catalog: ReadonlyMap<string, CatalogEntry>,
  context: LeafContext,
): CompiledLeaf {
  const entry = conditionCatalog[condition];
  const all = [left, ...right];
  const fastest = context.readings(
    Math.min(...all.map((each) => timeframeOf(each, context)).filter(Number.isFinite)),
  );
  const operands = all.map((each) => compileOperand(each, entry, fastest, catalog, context));
  const [first, second, third = second] = operands;
  if (first === undefined || second === undefined || third === undefined) {
    throw new TradekitError('BUG', `The condition "${text}" has no value.`);
  }
  const test = createLeafTest(entry.judge, {
    left: first.current.cell,
    right: second.current.cell,
    upper: third.current.cell,
    previousLeft: (first.previous ?? first.current).cell,
    previousRight: (second.previous ?? second.current).cell,
  });
  const waits = entry.needsPrevious && fastest.timeframeMs !== context.timeframeMs;
  return { text, operands, test: waits ? onlyAtClose(test, fastest.foldedAt, context.now) : test };
}

/**
 * A cross happens when its operands move: at the close of the fastest of their timeframes. There a slower operand is
 * seen as it stood one candle of the fastest before.
 */
function compileOperand(
  operand: Operand,
  { needsPrevious }: ConditionEntry,
  fastest: Readings,
  catalog: ReadonlyMap<string, CatalogEntry>,
  context: LeafContext,
): CompiledOperand {
  if ('constant' in operand) {
    const fixed: Probe = { cell: constantCell(operand.constant), why: () => undefined };
    return {
      label: operand.label,
      isConstant: true,
      current: fixed,
      previous: needsPrevious ? fixed : undefined,
    };
  }
  const spec = operand.reading;
  const entry = entryOf(spec, catalog);
  const readings = context.readings(timeframeOf(operand, context));
  const current = readings.probe(entry, spec, 0);
  const before = () => (readings === fastest ? readings.probe(entry, spec, 1) : fastest.sample(current));
  return { label: spec.label, isConstant: false, current, previous: needsPrevious ? before() : undefined };
}

/** On a slower timeframe a cross is true only at the instant at which that candle closed, not until the next one. */
function onlyAtClose(test: Test, foldedAt: Float64Array, now: Float64Array): Test {
  return {
    now() {
      const truth = test.now();
      return truth === TRUE && foldedAt[0] !== now[0] ? FALSE : truth;
    },
    // Asked only where one timeframe is all there is.
    rows: (truths, count) => test.rows(truths, count),
  };
}

function timeframeOf(operand: Operand, { timeframeMs }: LeafContext): number {
  return 'constant' in operand ? Number.POSITIVE_INFINITY : (operand.reading.timeframeMs ?? timeframeMs);
}

function labelOf(operand: Operand): string {
  return 'constant' in operand ? operand.label : operand.reading.label;
}

function entryOf(spec: ReadingSpec, catalog: ReadonlyMap<string, CatalogEntry>): CatalogEntry {
  const entry = catalog.get(spec.name);
  if (entry !== undefined) return entry;
  throw new TradekitError('CONFIG', `Unknown reading "${spec.name}".`, {
    hint: `Known: ${[...catalog.keys()].join(', ')}.`,
  });
}
