import { DOT, MINUS, NINE, PLUS, ZERO } from './bytes.ts';

/**
 * Reads decimal numbers out of bytes, exactly as `Number(text)` would.
 *
 * Digits make a whole mantissa, divided once by a power of ten: both are exact below 2^53 and 10^22, so the quotient is
 * correctly rounded. Longer numbers and exponents go through `Number`.
 */
export interface DecimalReader {
  /** Where the last number ended. */
  end: number;
  /** Digits after its point, as written. */
  places: number;
  /** The number that starts at `at`; NaN when none does. */
  read(bytes: Uint8Array, at: number): number;
}

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, k) => 10 ** k);
const EXACT = Number.MAX_SAFE_INTEGER;
const UPPER_E = 69;
const LOWER_E = 101;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MOST_PLACES = 9;

export function createDecimalReader(): DecimalReader {
  const reader: DecimalReader = {
    end: 0,
    places: 0,
    read(bytes, at) {
      let p = at;
      let byte = bytes[p] ?? 0;
      const negative = byte === MINUS;
      if (negative || byte === PLUS) byte = bytes[++p] ?? 0;
      let sum = 0;
      let digits = 0;
      let point = -1;
      for (;;) {
        if (byte >= ZERO && byte <= NINE) {
          sum = sum * 10 + (byte - ZERO);
          digits++;
        } else if (byte === DOT && point < 0) point = p;
        else break;
        byte = bytes[++p] ?? 0;
      }
      const places = point < 0 ? 0 : p - point - 1;
      if (byte === LOWER_E || byte === UPPER_E || sum > EXACT || places > 22) return readLong(bytes, at);
      reader.end = p;
      reader.places = places;
      if (digits === 0) return Number.NaN;
      const size = places === 0 ? sum : sum / (POWERS_OF_TEN[places] ?? 1);
      return negative ? -size : size;
    },
  };

  /** Exponents and more digits than a double holds. */
  function readLong(bytes: Uint8Array, at: number): number {
    let p = at;
    while (isNumberByte(bytes[p] ?? 0)) p++;
    const text = String.fromCharCode(...bytes.subarray(at, Math.min(p, at + 400)));
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    reader.end = p;
    reader.places = MOST_PLACES;
    return Number.isFinite(value) ? value : Number.NaN;
  }

  return reader;
}

/** Fewest digits after the point, from `atLeast` to 9, that write this number back to itself: 4.58 has 2. */
export function placesOf(value: number, atLeast = 0): number {
  for (let places = atLeast; places < MOST_PLACES; places++) {
    const scale = POWERS_OF_TEN[places] ?? 1;
    if (Math.round(value * scale) / scale === value) return places;
  }
  return MOST_PLACES;
}

function isNumberByte(byte: number): boolean {
  return (
    (byte >= ZERO && byte <= NINE) ||
    byte === DOT ||
    byte === MINUS ||
    byte === PLUS ||
    byte === LOWER_E ||
    byte === UPPER_E
  );
}
