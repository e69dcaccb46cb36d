import { z } from 'zod';
import { TradekitError } from '../domain/error.ts';
import { parseFeedSpec } from '../domain/feed-spec.ts';
import { parseClock, parseDay } from '../domain/market/civil.ts';
import { isTimeframe, parseLength } from '../domain/market/timeframe.ts';
import { zoneOffsetMs } from '../domain/market/zone.ts';
import { RISK_RULES } from '../domain/risk/settings.ts';
import {
  adjustments,
  list,
  money,
  pairs,
  percentage,
  plainNumber,
  slippage,
  toggle,
} from './setting-grammar.ts';
import type { SettingName } from './setting-table.ts';

/** An exchange date, and a time of day on it where the user gave one. */
export type Moment = { readonly date: string; readonly timeOfDayMs: number | undefined };

/** Fields of a file of candles or ticks that `--columns` can name. */
const COLUMN_FIELDS = [
  'symbol',
  'date',
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'price',
  'size',
] as const;

/** What `--disable` knows: every rule of the risk guardian, and the structure engine's widening of stops. */
const DISABLEABLE = [...RISK_RULES, 'stop-distance'] as const;

const text = z.string().min(1);
const number = (schema: z.ZodNumber) => z.preprocess(plainNumber, schema);
const percent = z.preprocess(percentage, z.number().positive().max(100));
const count = number(z.number().int().positive());
const onOff = z.preprocess(toggle, z.boolean());
const length = z.string().transform(milliseconds);
const lengthOrZero = z.union([z.literal([0, '0']).transform(() => 0), length]);

/** A header's name, or a number from 1. */
const column = z.union([text, z.number().int().positive().transform(String)]);

const adjustment = z.strictObject({
  symbol: text,
  date: z.string().refine((date) => parseDay(date) !== undefined),
  factor: z.number().positive(),
});

const perUnit = z.strictObject({
  /** Fills stand on the tick grid. */
  ticks: z.number().int().nonnegative().default(0),
  bp: z.number().nonnegative().default(0),
});

/** Every setting, checked alike from all three origins; tradekit.json may bear the text of a flag or plain JSON. */
export const settingsSchema = z
  .strictObject({
    strategies: text,
    symbol: text,
    from: z.string().transform(moment),
    to: z.string().transform(moment),
    timeframe: length.refine(isTimeframe),
    zone: z.string().refine(isZone),
    stamps: z.enum(['start', 'end']),
    dates: z.enum(['dmy', 'mdy']),
    columns: z.preprocess(pairs, z.partialRecord(z.enum(COLUMN_FIELDS), column)),
    delimiter: z.string().transform(character),
    adjust: z.preprocess(adjustments, z.array(adjustment)),
    strict: onOff,
    market: text,
    costs: text,
    state: text,
    rounding: z.enum(['note', 'calculator']),
    exchange: z.enum(['NSE', 'BSE']),
    tradeAs: z.enum(['equity', 'future']),
    entryAfterOpen: lengthOrZero,
    entryBeforeClose: lengthOrZero,
    squareOffBeforeClose: z.union([z.literal('never').transform(() => null), lengthOrZero]),
    equity: z.preprocess(money, z.number().positive()),
    riskPct: percent,
    minRr: number(z.number().nonnegative()),
    leverage: number(z.number().positive()),
    lock: z.enum(['session', 'position']),
    maxPositions: count,
    maxOpenRiskPct: percent,
    maxDailyLossPct: percent,
    maxPositionPct: z.preprocess(percentage, z.number().positive()),
    maxVolumePct: percent,
    volumeCandles: count,
    disable: z.preprocess(list, z.array(z.enum(DISABLEABLE))),
    fills: z.enum(['pessimistic', 'neutral']),
    slippage: z.preprocess(slippage, perUnit),
    collarRatio: number(z.number().nonnegative()),
    marketLifeCandles: count,
    entryLifeCandles: count,
    out: text,
    equityOut: text,
    json: onOff,
    progress: onOff,
    feed: z.string().transform(feedSpec),
    speed: z.preprocess(plainNumber, z.union([z.number().positive(), z.literal('max')])),
    verbose: onOff,
    redis: text.regex(/^rediss?:\/\/./),
    redisCa: text,
    mongo: text.regex(/^mongodb(\+srv)?:\/\/./),
    run: text.regex(/^[\w.-]{1,80}$/),
    takeOver: onOff,
    storeTimeout: number(z.number().positive()),
  } satisfies Record<SettingName, z.ZodType>)
  .partial();

/** What one origin gave. */
export type GivenSettings = z.output<typeof settingsSchema>;

function moment(value: string, context: z.RefinementCtx): Moment {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?$/.exec(value);
  const time = match?.[2];
  const timeOfDayMs = time === undefined ? undefined : parseClock(time);
  const isGood =
    parseDay(match?.[1] ?? '') !== undefined && (time === undefined || timeOfDayMs !== undefined);
  return isGood ? { date: match?.[1] ?? '', timeOfDayMs } : refuse(context);
}

/** `5m` → 300000. */
function milliseconds(value: string, context: z.RefinementCtx): number {
  try {
    return parseLength(value);
  } catch {
    return refuse(context);
  }
}

function character(value: string, context: z.RefinementCtx): string {
  if (value === 'tab' || value === '\\t') return '\t';
  return value.length === 1 ? value : refuse(context);
}

/** As written: whoever opens the feed parses it again. */
function feedSpec(value: string, context: z.RefinementCtx): string {
  try {
    parseFeedSpec(value);
    return value;
  } catch (error) {
    if (!(error instanceof TradekitError)) throw error;
    context.addIssue({ code: 'custom', message: `${error.message} ${error.hint ?? ''}`.trim() });
    return z.NEVER;
  }
}

function isZone(value: string): boolean {
  try {
    zoneOffsetMs(value, 0);
    return true;
  } catch {
    return false;
  }
}

function refuse(context: z.RefinementCtx): never {
  context.addIssue({ code: 'custom' });
  return z.NEVER;
}
