import { z } from 'zod';
import { SOURCES } from '../indicators/source.ts';
import { AT_MOST_A_DAY, isTimeframe, parseLength } from '../market/timeframe.ts';
import { conditionCatalog } from './catalog.ts';
import type { Condition } from './strategy.ts';
import { parseTimeOfDay } from './time-of-day.ts';

/**
 * The shapes of strategies.json, one object at a time: rules within rules, names and parameters are read by
 * parse-logic.ts and parse-reading.ts. The `error` of each schema says what is expected there.
 */

const MAX_OFFSET = 1_000;
const CONDITIONS = Object.keys(conditionCatalog) as Condition[]; // its keys, by its type

const positive = z.number({ error: 'a number above 0' }).positive({ error: 'a number above 0' });
const words = (what: string) => z.string({ error: what }).min(1, { error: what }).max(200, { error: what });

const timeOfDay = z.string({ error: 'a time "HH:MM" or "HH:MM:SS"' }).transform((text, context) => {
  const ms = parseTimeOfDay(text);
  if (ms === undefined) context.addIssue({ code: 'custom', message: 'a time "HH:MM" or "HH:MM:SS"' });
  return ms ?? z.NEVER;
});

const timeframe = z
  .string({ error: 'a timeframe such as "5m"' })
  .regex(/^[1-9]\d{0,5}[smhd]$/, { error: 'a timeframe such as "30s", "5m", "1h"' })
  .transform(parseLength)
  .refine(isTimeframe, { error: AT_MOST_A_DAY });

const NAME = 'a name of at most 80 letters, digits, spaces and _ - . ( ) + %';

const DISTANCE = 'one of { "percent": n }, { "atr": n }, { "ticks": n }, n above 0';
const distances = [
  z.strictObject({ percent: positive }),
  z.strictObject({ atr: positive }),
  z.strictObject({ ticks: positive }),
] as const;
const distance = z.union(distances, { error: DISTANCE });

const planShape = z.strictObject(
  {
    entry: z
      .enum(['market', 'limit', 'stop', 'auto'], { error: '"market", "limit", "stop" or "auto"' })
      .default('market'),
    entryOffset: distance.exactOptional(),
    stop: distance.exactOptional(),
    target: z
      .union([...distances, z.strictObject({ r: positive })], { error: `${DISTANCE}, or { "r": n }` })
      .exactOptional(),
    fallbackR: positive.exactOptional(),
  },
  { error: 'an object with entry, entryOffset, stop, target, fallbackR' },
);

const riskShape = z.strictObject(
  {
    riskPct: positive.max(100, { error: 'at most 100 (percent of equity)' }).exactOptional(),
    minRewardRisk: z
      .number({ error: 'a number of at least 0' })
      .min(0, { error: 'a number of at least 0' })
      .max(100, { error: 'at most 100' })
      .exactOptional(),
  },
  { error: 'an object with riskPct, minRewardRisk' },
);

const sessionShape = z
  .strictObject({ from: timeOfDay, to: timeOfDay }, { error: 'an object { "from": "HH:MM", "to": "HH:MM" }' })
  .refine(({ from, to }) => from < to, { path: ['to'], error: 'a time after "from"' });

export const strategyShape = z.strictObject(
  {
    strategy_name: z
      .string({ error: NAME })
      .regex(/^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} _.()+%-]{0,78}[\p{L}\p{M}\p{N}_.()+%-])?$/u, { error: NAME }),
    enabled: z.boolean({ error: 'true or false' }).default(true),
    entry_direction: z.enum(['LONG', 'SHORT'], { error: '"LONG" or "SHORT"' }),
    timeframes: z
      .array(timeframe, { error: 'a list of timeframes such as ["5m"]' })
      .min(1, { error: 'at least one timeframe' })
      .default(() => [parseLength('5m')]),
    symbols: z
      .array(words('a symbol'), { error: 'a list of symbols' })
      .min(1, { error: 'at least one symbol (leave it out for all)' })
      .optional(),
    session: sessionShape.optional(),
    trigger: z.enum(['level', 'edge'], { error: '"level" or "edge"' }).default('edge'),
    logic: z.unknown(),
    plan: planShape.default({ entry: 'market' }),
    risk: riskShape.default({}),
  },
  { error: 'a strategy: an object with strategy_name, entry_direction, logic' },
);

export const groupShape = z.strictObject({
  operator: z.enum(['AND', 'OR', 'NOT'], { error: '"AND", "OR" or "NOT"' }),
  rules: z.array(z.unknown(), { error: 'a list of rules' }).min(1, { error: 'at least one rule' }),
});

export const comparisonShape = z.strictObject({
  indicator: z.unknown(),
  condition: z.enum(CONDITIONS, { error: `one of ${CONDITIONS.join(' ')}` }).optional(),
  value: z.unknown().optional(),
});

export const patternShape = z.strictObject({ pattern: z.unknown() });

export const readingShape = z.strictObject({
  name: words('a name'),
  params: z.unknown().optional(),
  source: z.enum(SOURCES, { error: `one of ${SOURCES.join(' ')}` }).optional(),
  timeframe: timeframe.optional(),
  offset: z
    .int({ error: 'a whole number of candles' })
    .min(0, { error: 'at least 0 candles' })
    .max(MAX_OFFSET, { error: `at most ${MAX_OFFSET} candles` })
    .default(0),
  output: words('the name of an output').optional(),
});
