import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TradekitError } from '../../../src/core/domain/error.ts';
import { indicatorCatalog } from '../../../src/core/domain/indicators/catalog.ts';
import type { Catalog, CatalogEntry, ParamSpec } from '../../../src/core/domain/indicators/entry.ts';
import { patternCatalog } from '../../../src/core/domain/patterns/catalog.ts';
import { conditionCatalog } from '../../../src/core/domain/rules/catalog.ts';
import { compileProgram } from '../../../src/core/domain/rules/compile.ts';
import type { ConditionEntry } from '../../../src/core/domain/rules/conditions/condition.ts';
import { parseStrategies } from '../../../src/core/domain/rules/parse.ts';
import { describeProblem } from '../../../src/core/domain/rules/problem.ts';
import type { LogicNode, Operand } from '../../../src/core/domain/rules/strategy.ts';
import { PROJECT } from '../../shared.ts';
import { code, drawTable, type Tables } from './page.ts';

/** Tables of docs/strategies.md: from the catalogs, from strategies.json, and from what the parser really says. */
export function strategyTables(): Tables {
  return {
    readings: catalogTable(indicatorCatalog),
    patterns: catalogTable(patternCatalog),
    conditions: conditionTable(),
    shipped: shippedTable(),
    mistakes: mistakeTable(),
  };
}

function catalogTable(catalog: Catalog): string {
  return drawTable(
    ['name', 'what it is', 'parameters', 'gives', 'needs'],
    [...catalog.values()].map((entry) => [
      nameOf(entry),
      entry.summary,
      paramsOf(entry),
      entry.kind === 'boolean' ? 'true or false' : entry.kind,
      needsOf(entry),
    ]),
  );
}

function nameOf({ name, shorthand, params }: CatalogEntry): string {
  const spec = shorthand === undefined ? undefined : params[shorthand];
  return spec === undefined ? code(name) : `${code(name)}, ${code(`${name}${spec.default}`)}`;
}

function paramsOf({ params, source }: CatalogEntry): string {
  const own = Object.entries(params).map(([name, spec]) => `${code(name)} ${rangeOf(spec)}`);
  return [...own, ...(source === undefined ? [] : [`source ${code(source)}`])].join(', ');
}

function rangeOf(spec: ParamSpec): string {
  if (spec.kind === 'choice') return spec.choices.map((choice) => `"${choice}"`).join(' or ');
  return `${spec.default} (${spec.min} to ${spec.max})`;
}

function needsOf({ sessionAnchored, needsVolume }: CatalogEntry): string {
  return [...(sessionAnchored ? ['the session from its open'] : []), ...(needsVolume ? ['volume'] : [])].join(
    ', ',
  );
}

function conditionTable(): string {
  return drawTable(
    ['condition', 'true when', 'value'],
    Object.entries<ConditionEntry>(conditionCatalog).map(([name, { summary, boolean }]) => [
      code(name),
      summary.toLowerCase(),
      name === 'between'
        ? 'a list `[from, to]` of numbers, readings or times'
        : `a number, reading or time${boolean ? '; true or false' : ''}`,
    ]),
  );
}

function shippedTable(): string {
  const { strategies } = parseStrategies(JSON.parse(readFileSync(join(PROJECT, 'strategies.json'), 'utf8')));
  return drawTable(
    ['strategy', 'side', 'fires when all of this becomes true at a 5-minute close'],
    strategies.map(({ name, direction, logic }) => [code(name), direction, inWords(logic, false)]),
  );
}

function inWords(node: LogicNode, inside: boolean): string {
  if ('leaf' in node) {
    const { leaf } = node;
    if (leaf.kind === 'pattern') return code(leaf.pattern.label);
    const text = `${labelOf(leaf.left)} ${leaf.condition} ${leaf.right.map(labelOf).join(' and ')}`;
    return code(text.replace(/ == true$/, ''));
  }
  const rules = node.rules.map((rule) => inWords(rule, true));
  if (node.operator === 'NOT') return `not ${rules.join('')}`;
  const text = rules.join(node.operator === 'AND' ? ', ' : ' or ');
  return inside ? `(${text})` : text;
}

function labelOf(operand: Operand): string {
  return 'constant' in operand ? operand.label : operand.reading.label;
}

/** What people write, as keys of a strategy that is well but for them. */
const MISTAKES: readonly string[] = [
  '"logic": { "indicator": "emma9", "condition": ">", "value": "ema20" }',
  '"logic": { "indicator": "pinbar", "condition": "==", "value": true }',
  '"logic": { "indicator": "volume_spike", "condition": ">", "value": true }',
  '"logic": { "indicator": "time", "condition": ">=", "value": 920 }',
  '"logic": { "indicator": "rsi14", "condition": "between", "value": 30 }',
  '"logic": { "indicator": "vwap", "condition": "crosses", "value": "close" }',
  '"logic": { "indicator": "close", "condition": ">", "value": { "name": "ema", "params": { "length": 9 } } }',
  '"logic": { "indicator": { "name": "ema9", "timeframe": "1m" }, "condition": ">", "value": "close" }',
  '"logic": { "operator": "NOT", "rules": [{ "pattern": "doji" }, { "pattern": "hammer" }] }',
  '"timeframes": ["10m"], "logic": { "indicator": "close", "condition": ">", "value": "orb_high" }',
  '"timeframe": "5m"',
  '"timeframes": ["30s"]',
  '"entry_direction": "long"',
  '"session": { "from": "14:00", "to": "09:30" }',
  '"plan": { "stop": { "points": 3 } }',
  '"plan": { "entry": "market", "entryOffset": { "atr": 1 } }',
  '"plan": { "target": { "r": 2 }, "fallbackR": 2 }',
];

const SOUND = '"strategy_name": "mine", "entry_direction": "LONG", "logic": { "pattern": "doji" }';

function mistakeTable(): string {
  return drawTable(
    ['written', 'tradekit says'],
    MISTAKES.map((written) => [code(written), code(complaintOf(`[{ ${SOUND}, ${written} }]`))]),
  );
}

/** The first problem of a file; or, where the file alone is sound, what one-minute candles have against it. */
function complaintOf(file: string): string {
  const { strategies, problems } = parseStrategies(JSON.parse(file));
  const [first] = problems;
  if (first !== undefined) return describeProblem(first);
  try {
    compileProgram(strategies, { symbol: 'INFY', baseTimeframeMs: 60_000, hasVolume: true });
  } catch (error) {
    if (error instanceof TradekitError) return error.message;
  }
  throw new Error(`Nothing is wrong with ${file}`);
}
