import { BYTE } from './bytes.ts';

const { DOT, MINUS, NINE, PLUS, ZERO } = BYTE;

/**
 * Reads decimal numbers out of bytes, exactly as `Number(text)` would, but for -0, which is 0.
 *
 * Up to 15 digits make a whole mantissa, divided once by a power of ten: both are exact, so the quotient is correctly
 * rounded. Longer numbers and exponents go through `Number`.
 */
interface DecimalReader {
  /** Digits after the point of the last number, as written. */
  places: number;
  /** Writes the number that starts at `at` into into[place], NaN when none does; returns where it ends. Nothing is boxed. */
  read(bytes: Uint8Array, at: number, into: Float64Array, place: number): number;
}

const POWERS_OF_TEN = Float64Array.from({ length: 16 }, (_, k) => 10 ** k);
/** So many digits always fit below 2^53. */
const EXACT_DIGITS = 15;
const UPPER_E = 69;
const LOWER_E = 101;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MOST_PLACES = 9;
/** Longer texts are no prices. */
const LONGEST = 100;

export function createDecimalReader(): DecimalReader {
  const reader: DecimalReader = {
    places: 0,
    read(bytes, at, into, place) {
      let p = at;
      let digit = (bytes[p] ?? 0) - ZERO;
      const negative = digit === MINUS - ZERO;
      if (negative || digit === PLUS - ZERO) digit = (bytes[++p] ?? 0) - ZERO;
      const from = p;
      let mantissa = 0;
      for (; digit >= 0 && digit <= 9; digit = (bytes[++p] ?? 0) - ZERO) mantissa = mantissa * 10 + digit;
      let digits = p - from;
      let places = 0;
      if (digit === DOT - ZERO) {
        const point = p;
        digit = (bytes[++p] ?? 0) - ZERO;
        for (; digit >= 0 && digit <= 9; digit = (bytes[++p] ?? 0) - ZERO) mantissa = mantissa * 10 + digit;
        places = p - point - 1;
        digits += places;
      }
      const isExponent = digit === LOWER_E - ZERO || digit === UPPER_E - ZERO;
      if (isExponent || digits > EXACT_DIGITS) return readLong(bytes, at, into, place);
      reader.places = places;
      const size = digits === 0 ? Number.NaN : mantissa / (POWERS_OF_TEN[places] ?? 1);
      into[place] = negative ? 0 - size : size;
      return p;
    },
  };

  /** Exponents and more digits than a double holds. */
  function readLong(bytes: Uint8Array, at: number, into: Float64Array, place: number): number {
    let p = at;
    while (isNumberByte(bytes[p] ?? 0)) p++;
    const text = String.fromCharCode(...bytes.subarray(at, Math.min(p, at + LONGEST)));
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    into[place] = p - at <= LONGEST && Number.isFinite(value) ? value + 0 : Number.NaN;
    reader.places = MOST_PLACES;
    return p;
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
