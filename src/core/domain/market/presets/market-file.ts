import type { z } from 'zod';
import { TradekitError } from '../../error.ts';
import { decimalsOf } from '../../trading/money.ts';
import type { CalendarData } from '../calendar-data.ts';
import type { Market } from '../market.ts';
import { describeIssue, MARKET_KEYS } from './market-file-problems.ts';
import { type MarketFile, marketFileSchema, WEEKDAYS, withoutUndefined } from './market-file-schema.ts';
import type { MarketOptions } from './market-options.ts';
import { createPresetMarket, type MarketPreset } from './preset.ts';

const MINUTE_MS = 60_000;

/**
 * A market of the user's own, from the parsed JSON of its file. `options` win over the file; `path` is for messages.
 *
 * @throws {TradekitError} CONFIG with every problem of the file at once, each with its path
 */
export function createMarketFromFile(json: unknown, options: MarketOptions = {}, path?: string): Market {
  const parsed = marketFileSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) throw marketFileError(parsed.error, path);
  const file = parsed.data;
  const instruments = new Map(
    Object.entries(file.instruments).map(([symbol, override]) => [symbol, withoutUndefined(override)]),
  );
  return createPresetMarket(presetOf(file), {
    costOptions: withoutUndefined(file.costOptions),
    ...options,
    instruments: new Map([...instruments, ...(options.instruments ?? [])]),
  });
}

function presetOf(file: MarketFile): MarketPreset {
  return {
    name: file.name,
    summary: `${file.name}, ${file.open} to ${file.close} ${file.zone}`,
    currency: file.currency,
    minorDigits: file.minorDigits,
    calendar: calendarOf(file),
    offsets: {
      entryFromOffsetMs: file.entryFromMinutes * MINUTE_MS,
      entryUntilOffsetMs: file.entryUntilMinutes * MINUTE_MS,
      squareOffOffsetMs: file.squareOffMinutes === null ? null : file.squareOffMinutes * MINUTE_MS,
    },
    startingBalance: file.startingBalance,
    leverage: file.leverage,
    costs: file.costs,
    instrument: ({ symbol, priceDecimals }) => ({
      symbol,
      type: file.type,
      tick: file.tick,
      lot: file.lot,
      decimals: Math.max(decimalsOf(file.tick), file.minorDigits, priceDecimals),
    }),
  };
}

function calendarOf(file: MarketFile): CalendarData {
  return {
    zone: file.zone,
    ...(file.coverage === undefined ? {} : { coverage: file.coverage }),
    weekdays: file.days.map((day) => WEEKDAYS.indexOf(day)),
    hours: [{ windows: [[file.open, file.close]] }],
    holidays: file.holidays,
    earlyCloses: Object.entries(file.halfDays).map(([date, close]) => ({ close, dates: [date] })),
    specialSessions: file.specialSessions,
  };
}

function marketFileError(error: z.ZodError, path: string | undefined): TradekitError {
  const lines = error.issues.flatMap((issue) =>
    describeIssue(issue).map((said) => `${pathOf(issue.path)}: ${said}`),
  );
  const file = path === undefined ? 'The market file' : `The market file "${path}"`;
  const noun = lines.length === 1 ? 'a problem' : `${lines.length} problems`;
  return new TradekitError('CONFIG', `${file} has ${noun}:\n${lines.map((line) => `  ${line}`).join('\n')}`, {
    hint: `It may hold: ${MARKET_KEYS.join(', ')}. ${MINUTES_HINT}`,
  });
}

const MINUTES_HINT =
  'entryFromMinutes counts from the open, entryUntilMinutes and squareOffMinutes count back from the close.';
/** `['holidays', 3]` → `holidays[3]`. */
function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'file';
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`,
    '',
  );
}
