import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../../src/core/domain/events/codec.ts';
import { decode } from '../../../../src/core/domain/events/decode.ts';
import type { CandleClosed } from '../../../../src/core/domain/events/events.ts';

/** Whatever is finite, and no -0: an event never bears it. Quotes, control characters, half of a surrogate pair. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value));
const price = fc.oneof(number, fc.constantFrom(0, 5e-324, 1e-7, 1e21, 1.7976931348623157e308, 0.1 + 0.2, -1));
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\\', '\u0000', '\u2028', 'M&M-EQ', 'Ünïçode ₹', '\ud800', '</script>'),
);

const candles: fc.Arbitrary<CandleClosed> = fc
  .record({
    id: text,
    symbol: text,
    at: fc.maxSafeInteger(),
    openAt: fc.maxSafeInteger(),
    timeframe: fc.oneof(fc.constantFrom('1m', '5m', '1d'), text),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: fc.option(price, { nil: undefined }),
  })
  .map(({ id, symbol, at, openAt, timeframe, open, high, low, close, volume }) => ({
    id,
    v: 1,
    type: 'CANDLE_CLOSED',
    symbol,
    at,
    openAt,
    timeframe,
    open,
    high,
    low,
    close,
    ...(volume === undefined ? {} : { volume }),
  }));

describe('a candle as a line', () => {
  it('is what JSON.stringify gives, for any candle', () => {
    fc.assert(
      fc.property(candles, (candle) => {
        expect(encode(candle)).toBe(JSON.stringify(candle));
      }),
    );
  });

  it('has no volume where the candle has none', () => {
    fc.assert(
      fc.property(candles, ({ volume: _, ...candle }) => {
        expect(JSON.parse(encode(candle))).not.toHaveProperty('volume');
      }),
    );
  });

  it('is one line, whatever the symbol is called', () => {
    fc.assert(fc.property(candles, (candle) => !encode(candle).includes('\n')));
  });

  it('is the same candle when decoded', () => {
    const candle: CandleClosed = {
      id: 'M&M "B"/1m/1',
      v: 1,
      type: 'CANDLE_CLOSED',
      symbol: 'M&M "B"',
      at: 2,
      openAt: 1,
      timeframe: '1m',
      open: 0.1 + 0.2,
      high: 1e21,
      low: 1e-7,
      close: 5e-324,
    };
    expect(decode(encode(candle))).toEqual(candle);
  });
});
