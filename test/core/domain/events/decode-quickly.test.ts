import { describe, expect, it } from 'vitest';
import { decode } from '../../../../src/core/domain/events/decode.ts';
import { decodeQuickly } from '../../../../src/core/domain/events/decode-quickly.ts';
import { recordedRun } from '../../../recorded-run.ts';

const CANDLE = {
  id: 'ACME/1m/0',
  v: 1,
  type: 'CANDLE_CLOSED',
  symbol: 'ACME',
  at: 60_000,
  openAt: 0,
  timeframe: '1m',
  open: 1,
  high: 2,
  low: 0.5,
  close: 1.5,
  volume: 10,
};

describe('decodeQuickly', () => {
  it('gives what decode gives, for every event of a run', async () => {
    const lines = (await recordedRun()).map(({ line }) => line);
    expect(lines.map(decodeQuickly)).toEqual(lines.map(decode));
  });

  it('takes a candle without a volume', () => {
    const { volume: _, ...without } = CANDLE;
    expect(decodeQuickly(JSON.stringify(without))).toEqual(without);
  });

  it.each([
    ['a price that is text', { open: '1' }],
    ['a field too many', { extra: 1 }],
    ['another version', { v: 2 }],
    ['an empty symbol', { symbol: '' }],
    ['a volume that is none', { volume: null }],
    ['half a millisecond', { at: 0.5 }],
    ['a price below what numbers can say', { low: undefined }],
  ])('refuses %s, as decode does', (_, change) => {
    const line = JSON.stringify({ ...CANDLE, ...change });
    expect(() => decode(line)).toThrow('No event of tradekit');
    expect(() => decodeQuickly(line)).toThrow('No event of tradekit');
  });

  it('refuses -0, as decode does', () => {
    const line = JSON.stringify(CANDLE).replace('"open":1', '"open":-0');
    expect(() => decodeQuickly(line)).toThrow('must not be -0');
  });
});
