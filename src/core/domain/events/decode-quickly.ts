import { decode } from './decode.ts';
import type { CandleClosed, TradekitEvent } from './events.ts';

const CANDLE = '"type":"CANDLE_CLOSED"';
const PRICES = ['open', 'high', 'low', 'close'] as const;
const FIELDS = 11;

/**
 * The same as `decode`, for who reads whole runs: nearly every event is a candle, and its few fields are checked by hand in
 * a tenth of the time.
 *
 * @throws DATA as `decode` does
 */
export function decodeQuickly(line: string): TradekitEvent {
  return (line.includes(CANDLE) ? candleOf(line) : undefined) ?? decode(line);
}

/** Undefined where anything is unlike a candle: the schema says what. */
function candleOf(line: string): CandleClosed | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined; // decode says why
  }
  return isCandle(value) ? value : undefined;
}

function isCandle(value: unknown): value is CandleClosed {
  if (typeof value !== 'object' || value === null) return false;
  const of = value as Readonly<Record<string, unknown>>; // an object of JSON
  return (
    of['type'] === 'CANDLE_CLOSED' &&
    of['v'] === 1 &&
    isName(of['id']) &&
    isName(of['symbol']) &&
    isName(of['timeframe']) &&
    Number.isSafeInteger(of['at']) &&
    Number.isSafeInteger(of['openAt']) &&
    PRICES.every((name) => isNumber(of[name])) &&
    Object.keys(of).length === FIELDS + ('volume' in of ? 1 : 0) &&
    (!('volume' in of) || isNumber(of['volume']))
  );
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0);
}
