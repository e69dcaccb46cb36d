import { DAY_MS, dayOfCivil, formatDay } from '../../../domain/market/civil.ts';
import { BYTE, skipSpaces } from './bytes.ts';
import type { StampFormat } from './stamp-format.ts';

const { COLON, DOT, MINUS, NINE, PLUS, SPACE, ZERO } = BYTE;

/** Reads the stamps of one file out of bytes. */
export interface StampReader {
  /** Where the last stamp ended. */
  end: number;
  /** True once the first number of a day-and-month date was above 12. */
  firstAbove12: boolean;
  /** True when a stamp failed because its second number was above 12. */
  secondAbove12: boolean;
  /** UTC epoch ms if the stamp is an instant, else wall-clock ms reckoned as if UTC; NaN when it is no stamp. */
  readStamp(bytes: Uint8Array, at: number, delimiter: number): number;
  /** Milliseconds from midnight (less the offset, if one is written); NaN when it is no time of day. */
  readClock(bytes: Uint8Array, at: number): number;
}

const LOWER_Z = 122;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A small hand-written reader over bytes, one pass, no strings: rows come in runs of a day, so the day is remembered.
 * It is one state machine over a position and is read as one, hence its length.
 */
export function createStampReader(format: StampFormat, clockHasOffset = false): StampReader {
  const { shape, unitMs } = format;
  const wantsOffset = format.hasOffset || clockHasOffset;
  let p = 0;
  let digits = 0;
  let dayKey = -1;
  let dayMs = 0;

  const reader: StampReader = { end: 0, firstAbove12: false, secondAbove12: false, readStamp, readClock };
  return reader;

  function readStamp(bytes: Uint8Array, at: number, delimiter: number): number {
    p = at;
    const ms = shape === 'epoch' ? epoch(bytes) : dated(bytes, delimiter);
    reader.end = p;
    return ms;
  }

  function readClock(bytes: Uint8Array, at: number): number {
    p = at;
    const ms = clock(bytes);
    reader.end = p;
    return ms;
  }

  function epoch(bytes: Uint8Array): number {
    const whole = number(bytes);
    if (digits < 9) return Number.NaN;
    const fraction = bytes[p] === DOT ? fractionMs(bytes) : 0;
    if (unitMs === 1000) return whole * 1000 + fraction;
    return unitMs === 1 ? whole : Math.round(whole / (unitMs === 1e-3 ? 1e3 : 1e6));
  }

  function dated(bytes: Uint8Array, delimiter: number): number {
    let ms = shape === 'compact' ? compact(bytes) : separated(bytes);
    if (shape === 'compact' && digits > 8) return ms;
    const next = bytes[p];
    if (next === delimiter || (next !== SPACE && next !== 84 && next !== 116))
      return format.hasTime ? Number.NaN : ms;
    p = skipSpaces(bytes, p + 1);
    if (isDigit(bytes[p])) ms += clock(bytes);
    return ms;
  }

  function compact(bytes: Uint8Array): number {
    const run = number(bytes);
    const length = digits;
    if (length === 8) return dayOf(Math.floor(run / 10_000), Math.floor(run / 100) % 100, run % 100);
    if (length !== 12 && length !== 14) return Number.NaN;
    const day = Math.floor(run / 10 ** (length - 8));
    const rest = run % 10 ** (length - 8);
    const hms = length === 12 ? rest * 100 : rest;
    const ms = dayOf(Math.floor(day / 10_000), Math.floor(day / 100) % 100, day % 100);
    return ms + msOfDay(Math.floor(hms / 10_000), Math.floor(hms / 100) % 100, hms % 100);
  }

  function separated(bytes: Uint8Array): number {
    const first = number(bytes);
    if (digits === 0) return Number.NaN;
    if (shape === 'month-name') return named(bytes, first);
    p++;
    const second = number(bytes);
    p++;
    const third = number(bytes);
    if (shape === 'ymd') return digits > 2 ? Number.NaN : dayOf(first, second, third);
    if (digits !== 4) return Number.NaN;
    if (first > 12) reader.firstAbove12 = true;
    if (second > 12) reader.secondAbove12 = true;
    return shape === 'dmy' ? dayOf(third, second, first) : dayOf(third, first, second);
  }

  function named(bytes: Uint8Array, day: number): number {
    if (!isLetter(bytes[p])) p++;
    const name = threeLetters(bytes, p).toLowerCase();
    while (isLetter(bytes[p])) p++;
    if (!isDigit(bytes[p])) p++;
    const year = number(bytes);
    if (digits !== 2 && digits !== 4) return Number.NaN;
    const century = digits === 4 ? 0 : year < 70 ? 2000 : 1900;
    return dayOf(century + year, MONTHS.indexOf(name) + 1, day);
  }

  function dayOf(year: number, month: number, day: number): number {
    if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
    const key = year * 512 + month * 32 + day;
    if (key === dayKey) return dayMs;
    const number = dayOfCivil(year, month, day);
    if (Number(formatDay(number).slice(8)) !== day) return Number.NaN;
    dayKey = key;
    dayMs = number * DAY_MS;
    return dayMs;
  }

  function clock(bytes: Uint8Array): number {
    const first = number(bytes);
    const ms = bytes[p] === COLON ? colonClock(bytes, first) : runClock(first);
    const next = bytes[p] === SPACE ? bytes[skipSpaces(bytes, p)] : bytes[p];
    if (next === PLUS || next === MINUS || isLetter(next)) return suffix(bytes, ms);
    return wantsOffset ? Number.NaN : ms;
  }

  function colonClock(bytes: Uint8Array, hour: number): number {
    p++;
    const minute = number(bytes);
    if (digits !== 2) return Number.NaN;
    if (bytes[p] !== COLON) return msOfDay(hour, minute, 0);
    p++;
    const second = number(bytes);
    if (digits !== 2) return Number.NaN;
    return msOfDay(hour, minute, second) + (bytes[p] === DOT ? fractionMs(bytes) : 0);
  }

  /** HHMM, or HHMMSS with or without its leading zero. */
  function runClock(run: number): number {
    if (digits === 4) return msOfDay(Math.floor(run / 100), run % 100, 0);
    if (digits !== 5 && digits !== 6) return Number.NaN;
    return msOfDay(Math.floor(run / 10_000), Math.floor(run / 100) % 100, run % 100);
  }

  function msOfDay(hour: number, minute: number, second: number): number {
    if (minute > 59 || second > 59 || hour > 24) return Number.NaN;
    const ms = (hour * 3600 + minute * 60 + second) * 1000;
    return ms > DAY_MS ? Number.NaN : ms;
  }

  /** AM or PM, then an offset: what may follow a time of day. */
  function suffix(bytes: Uint8Array, ms: number): number {
    let time = ms;
    let q = skipSpaces(bytes, p);
    const letter = (bytes[q] ?? 0) | 32;
    if (((bytes[q + 1] ?? 0) | 32) === 109 && (letter === 97 || letter === 112)) {
      if (time >= 13 * 3_600_000) return Number.NaN;
      time = (time % 43_200_000) + (letter === 112 ? 43_200_000 : 0);
      p = q + 2;
      q = skipSpaces(bytes, p);
    }
    const offset = offsetMs(bytes, q);
    if ((offset !== undefined) !== wantsOffset) return Number.NaN;
    return time - (offset ?? 0);
  }

  /** Z, UTC, GMT, +05:30, +0530, +05, GMT+0530; undefined where nothing of the kind stands. */
  function offsetMs(bytes: Uint8Array, at: number): number | undefined {
    if (((bytes[at] ?? 0) | 32) === LOWER_Z) {
      p = at + 1;
      return 0;
    }
    const named = isLetter(bytes[at]) && /^(?:UTC|GMT)$/i.test(threeLetters(bytes, at));
    const q = named ? at + 3 : at;
    const sign = bytes[q];
    if (named) p = q;
    if (sign !== PLUS && sign !== MINUS) return named ? 0 : undefined;
    p = q + 1;
    const run = number(bytes);
    if (digits !== 2 && digits !== 4) return Number.NaN;
    const hours = digits === 4 ? Math.floor(run / 100) : run;
    let minutes = digits === 4 ? run % 100 : 0;
    if (digits === 2 && bytes[p] === COLON) {
      p++;
      minutes = number(bytes);
      if (digits !== 2) return Number.NaN;
    }
    const size = hours * 60 + minutes;
    return minutes > 59 || size > 14 * 60 ? Number.NaN : (sign === MINUS ? -size : size) * 60_000;
  }

  /** What follows a point, in whole milliseconds; finer digits are passed over. */
  function fractionMs(bytes: Uint8Array): number {
    p++;
    let ms = 0;
    let scale = 100;
    for (let byte = bytes[p]; isDigit(byte); byte = bytes[++p]) {
      ms += ((byte ?? ZERO) - ZERO) * scale;
      scale = scale > 1 ? scale / 10 : 0;
    }
    return ms;
  }

  /** A run of digits as a number; `digits` says how many there were. */
  function number(bytes: Uint8Array): number {
    let value = 0;
    const from = p;
    for (let byte = bytes[p] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[++p] ?? 0) {
      value = value * 10 + (byte - ZERO);
    }
    digits = p - from;
    return value;
  }
}

function threeLetters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;
}
