import { z } from 'zod';
import { TradekitError } from '../../error.ts';
import { createCostModel } from '../../trading/costs/catalog.ts';
import { parseClock, parseDay } from '../civil.ts';
import { isKnownZone } from '../zone.ts';

/** Sunday first: the place of a name is the weekday number of `CalendarData`. */
export const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const date = z.string().refine((text) => parseDay(text) !== undefined, {
  error: ({ input }) => `"${input}" is no date. Write YYYY-MM-DD.`,
});

const clock = z.string().refine((text) => parseClock(text) !== undefined, {
  error: ({ input }) => `"${input}" is no time of day. Write HH:MM, 00:00 to 24:00.`,
});

const zone = z.string().refine(isKnownZone, {
  error: ({ input }) => `"${input}" is no time zone. Write an IANA name such as Europe/London.`,
});

const tradingWindow = z
  .tuple([clock, clock])
  .refine(([open, close]) => isBefore(open, close), { error: 'The close must come after the open.' });

const minutes = z.number().min(0).max(1440);

const instrument = z.strictObject({
  type: z.enum(['equity', 'index', 'future', 'crypto', 'fx']).optional(),
  tick: z.number().positive().optional(),
  lot: z.number().positive().optional(),
  decimals: z.int().min(0).max(9).optional(),
});

const costOptions = z.strictObject({
  state: z.string().optional(),
  rounding: z.enum(['note', 'calculator']).optional(),
  exchange: z.enum(['NSE', 'BSE']).optional(),
});

/** Calendar, grid, money and costs of a market of the user's own. */
export const marketFileSchema = z
  .strictObject({
    name: z.string().min(1),
    zone,
    /** Three capitals as a rule; only shown, never converted. */
    currency: z.string().min(1),
    minorDigits: z.int().min(0).max(8).default(2),
    days: z.array(z.enum(WEEKDAYS)).min(1).default(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']),
    open: clock,
    close: clock,
    /** First and last date that the lists below cover; dates outside are unknown, hence closed. */
    coverage: z.strictObject({ from: date, to: date }).optional(),
    holidays: z.array(date).default([]),
    /** Early close by date. */
    halfDays: z.record(date, clock).default({}),
    /** Hours by date, before holiday and weekday; an empty list: it traded, the hours are unknown. */
    specialSessions: z.record(date, z.array(tradingWindow)).default({}),
    /** Minutes after each open, before each close; `squareOffMinutes: null` keeps positions overnight. */
    entryFromMinutes: minutes.default(5),
    entryUntilMinutes: minutes.default(45),
    squareOffMinutes: minutes.nullable().default(15),
    tick: z.number().positive(),
    lot: z.number().positive().default(1),
    type: z.enum(['equity', 'index', 'future', 'crypto', 'fx']).default('equity'),
    /** By symbol. */
    instruments: z.record(z.string(), instrument).default({}),
    startingBalance: z.number().positive().default(100_000),
    leverage: z.number().min(1).max(100).default(1),
    /** No default: a forgotten cost model would make every result too good. `none` says it aloud. */
    costs: z.string(),
    costOptions: costOptions.default({}),
  })
  .refine(({ open, close }) => isBefore(open, close), {
    path: ['close'],
    error: 'The close must come after the open. A session that crosses midnight is not supported.',
    when: ({ value }) => hasClocks(value),
  })
  .check(({ value, issues }) => {
    for (const [day, close] of Object.entries(value.halfDays)) {
      if (isBefore(value.open, close) && isBefore(close, value.close)) continue;
      const message = `"${close}" is not between the open ${value.open} and the close ${value.close}.`;
      issues.push({ code: 'custom', path: ['halfDays', day], message, input: close });
    }
    const fault = costFault(value.costs, value.costOptions);
    if (fault !== undefined)
      issues.push({ code: 'custom', path: ['costs'], message: fault, input: value.costs });
  });

export type MarketFile = z.infer<typeof marketFileSchema>;

/** Lets the order of open and close be judged although another field is wrong. */
function hasClocks(value: unknown): boolean {
  return z.object({ open: clock, close: clock }).safeParse(value).success;
}

function isBefore(open: string, close: string): boolean {
  return (parseClock(open) ?? 0) < (parseClock(close) ?? 0);
}

function costFault(name: string, options: MarketFile['costOptions']): string | undefined {
  try {
    createCostModel(name, withoutUndefined(options));
    return undefined;
  } catch (error) {
    if (error instanceof TradekitError) return `${error.message} ${error.hint ?? ''}`.trim();
    throw error;
  }
}

type Defined<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** `{ state?: string | undefined }` as zod gives it → `{ state?: string }` as exactOptionalPropertyTypes wants it. */
export function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as Defined<T>;
}
