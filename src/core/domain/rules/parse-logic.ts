import type { ReadingKind } from '../indicators/entry.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import { nearestName } from '../nearest.ts';
import { conditionCatalog } from './catalog.ts';
import { checkShape } from './check-shape.ts';
import { type ParsedReading, parseReading, type ReadingContext } from './parse-reading.ts';
import { at } from './problem.ts';
import { comparisonShape, groupShape, patternShape } from './schema.ts';
import type { Condition, LogicNode, Operand } from './strategy.ts';
import { parseTimeOfDay } from './time-of-day.ts';

const RULE = '{ "operator", "rules" }, { "indicator", "condition", "value" } or { "pattern" }';
const RULE_KEYS = ['operator', 'rules', 'indicator', 'condition', 'value', 'pattern'];

/** A rule with the rules in it, or undefined and the problems added. Calls itself: the depth was checked before. */
export function parseLogic(value: unknown, path: string, context: ReadingContext): LogicNode | undefined {
  if (context.problems.isFull) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    context.problems.add(path, value, `a rule: ${RULE}`);
    return undefined;
  }
  const has = (key: string) => Object.hasOwn(value, key);
  if (has('operator') || has('rules')) return parseGroup(value, path, context);
  if (has('pattern')) return parsePattern(value, path, context);
  if (has('indicator')) return parseComparison(value, path, context);
  const first = Object.keys(value)[0];
  context.problems.add(
    first === undefined ? path : at(path, first),
    first === undefined ? value : first,
    `a rule: ${RULE}`,
    first === undefined ? undefined : nearestName(first, RULE_KEYS),
  );
  return undefined;
}

function parseGroup(value: object, path: string, context: ReadingContext): LogicNode | undefined {
  const group = checkShape(groupShape, value, path, context.problems);
  const given = group?.rules ?? ('rules' in value && Array.isArray(value.rules) ? value.rules : []);
  const rules = given.map((rule: unknown, k: number) => parseLogic(rule, at(at(path, 'rules'), k), context));
  if (group === undefined) return undefined;
  if (group.operator === 'NOT' && rules.length !== 1) {
    context.problems.add(at(path, 'rules'), given, 'exactly one rule under NOT');
  }
  const whole = rules.filter((rule) => rule !== undefined);
  return whole.length === rules.length ? { operator: group.operator, rules: whole } : undefined;
}

function parsePattern(value: object, path: string, context: ReadingContext): LogicNode | undefined {
  const shape = checkShape(patternShape, value, path, context.problems);
  const given = 'pattern' in value ? value.pattern : undefined;
  const parsed = parseReading(given, at(path, 'pattern'), 'pattern', context);
  if (shape === undefined || parsed === undefined) return undefined;
  return { leaf: { kind: 'pattern', pattern: parsed.spec } };
}

function parseComparison(value: object, path: string, context: ReadingContext): LogicNode | undefined {
  const { problems } = context;
  const shape = checkShape(comparisonShape, value, path, problems);
  const left = parseReading(
    'indicator' in value ? value.indicator : undefined,
    at(path, 'indicator'),
    'indicator',
    context,
  );
  if (shape === undefined) return undefined;
  if (left !== undefined && isBareBoolean(value, left)) return bareBoolean(left);
  if (shape.condition === undefined) {
    problems.add(at(path, 'condition'), undefined, `one of ${Object.keys(conditionCatalog).join(' ')}`);
    return undefined;
  }
  if (left?.entry.kind === 'boolean' && !conditionCatalog[shape.condition].boolean) {
    problems.add(at(path, 'condition'), shape.condition, `== or !=: ${left.spec.label} is true or false`);
  }
  const right = parseRight(shape.condition, shape.value, at(path, 'value'), left, context);
  if (left === undefined || right === undefined) return undefined;
  if (conditionCatalog[shape.condition].needsPrevious) {
    checkIsSeen([{ reading: left.spec }, ...right], at(path, 'condition'), shape.condition, context);
  }
  return { leaf: { kind: 'compare', left: { reading: left.spec }, condition: shape.condition, right } };
}

/** What comes about at a close of 7m is not seen by a strategy that looks every 5m. */
function checkIsSeen(
  operands: readonly Operand[],
  path: string,
  condition: Condition,
  { timeframesMs, problems }: ReadingContext,
): void {
  for (const own of timeframesMs) {
    const each = operands.flatMap((operand) =>
      'reading' in operand ? [operand.reading.timeframeMs ?? own] : [],
    );
    const fastest = Math.min(...each);
    if (fastest % own === 0) continue;
    const [shown, multipleOf] = [formatTimeframe(fastest), formatTimeframe(own)];
    problems.add(
      path,
      condition,
      `operands on a multiple of ${multipleOf}: a close of ${shown} falls between those of ${multipleOf}`,
    );
  }
}

/** `{ "indicator": "volume_spike" }` on its own means that it is true. */
function isBareBoolean(value: object, left: ParsedReading): boolean {
  return left.entry.kind === 'boolean' && !('condition' in value) && !('value' in value);
}

function bareBoolean(left: ParsedReading): LogicNode {
  const right = [{ constant: 1, label: 'true' }];
  return { leaf: { kind: 'compare', left: { reading: left.spec }, condition: '==', right } };
}

function parseRight(
  condition: Condition,
  value: unknown,
  path: string,
  left: ParsedReading | undefined,
  context: ReadingContext,
): readonly Operand[] | undefined {
  if (condition !== 'between') {
    const operand = parseOperand(value, path, left, context);
    return operand && [operand];
  }
  if (!Array.isArray(value) || value.length !== 2) {
    context.problems.add(path, value, 'a list [from, to]');
    return undefined;
  }
  const from = parseOperand(value[0], at(path, 0), left, context);
  const to = parseOperand(value[1], at(path, 1), left, context);
  if (from === undefined || to === undefined) return undefined;
  if ('constant' in from && 'constant' in to && from.constant > to.constant) {
    context.problems.add(at(path, 1), value[1], `at least ${from.label}, where the range begins`);
  }
  return [from, to];
}

const KINDS: Readonly<Record<ReadingKind, string>> = {
  number: 'a number or an indicator',
  boolean: 'true or false',
  time: 'a time "HH:MM" or "HH:MM:SS"',
};

/** What an indicator is compared with. It must be of the same kind: numbers with numbers, times with times. */
function parseOperand(
  value: unknown,
  path: string,
  left: ParsedReading | undefined,
  context: ReadingContext,
): Operand | undefined {
  const constant = parseConstant(value);
  if (constant !== undefined) {
    return sameKind(constant.kind, value, path, left, context) ? constant.operand : undefined;
  }
  if (left?.entry.kind === 'time' && typeof value === 'string' && value.includes(':')) {
    context.problems.add(path, value, KINDS.time);
    return undefined;
  }
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    context.problems.add(path, value, KINDS[left?.entry.kind ?? 'number']);
    return undefined;
  }
  const reading = parseReading(value, path, 'indicator', context);
  if (reading === undefined || !sameKind(reading.entry.kind, value, path, left, context)) return undefined;
  return { reading: reading.spec };
}

function sameKind(
  kind: ReadingKind,
  value: unknown,
  path: string,
  left: ParsedReading | undefined,
  { problems }: ReadingContext,
): boolean {
  if (left === undefined || kind === left.entry.kind) return true;
  problems.add(path, value, `${KINDS[left.entry.kind]}, to compare with ${left.spec.label}`);
  return false;
}

function parseConstant(value: unknown): { kind: ReadingKind; operand: Operand } | undefined {
  const label = String(value);
  if (typeof value === 'number' && Number.isFinite(value)) {
    return { kind: 'number', operand: { constant: value, label } };
  }
  if (typeof value === 'boolean') return { kind: 'boolean', operand: { constant: value ? 1 : 0, label } };
  const ms = typeof value === 'string' ? parseTimeOfDay(value) : undefined;
  return ms === undefined ? undefined : { kind: 'time', operand: { constant: ms, label } };
}
