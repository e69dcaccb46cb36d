import { describe, expect, it } from 'vitest';
import type { TraceItem } from '../../../../src/core/domain/events/events.ts';
import { type Drawn, path, tape } from './make-tape.ts';
import { runProgram, strategyOf } from './run-program.ts';

const leaf = (indicator: unknown, condition: string, value: unknown) => ({ indicator, condition, value });

/** The trace at the last candle. */
function trace(
  logic: unknown,
  drawn: readonly Drawn[],
  options: { hasVolume?: boolean; complete?: boolean } = {},
) {
  const read = runProgram(strategyOf(logic), [tape(drawn)], {
    ...options,
    read: (rule, at) => rule.trace(at),
  });
  return read.at(-1) as readonly TraceItem[]; // what rule.trace gives
}

describe('a trace', () => {
  it('tells each condition in the order of the file, with its values', () => {
    const logic = {
      operator: 'AND',
      rules: [
        leaf('close', '>', 'sma2'),
        { operator: 'OR', rules: [{ pattern: 'doji' }, leaf('close', '<=', 7)] },
      ],
    };
    expect(trace(logic, path([10, 12]))).toEqual([
      { condition: 'close > sma2', result: 'true', values: { close: 12, sma2: 11 } },
      { condition: 'doji', result: 'false', values: { doji: 0 } },
      { condition: 'close <= 7', result: 'false', values: { close: 12 } },
    ]);
  });

  it('tells what crossed, and what it was before', () => {
    expect(trace(leaf('close', 'crosses_above', 'sma2'), path([10, 8, 12]))).toEqual([
      {
        condition: 'close crosses_above sma2',
        result: 'true',
        values: { close: 12, 'prev close': 8, sma2: 10, 'prev sma2': 9 },
      },
    ]);
  });

  it('tells a range, a time and a boolean as they stand in the file', () => {
    const [range, time, spike] = trace(
      {
        operator: 'OR',
        rules: [
          leaf('close', 'between', [9, 'sma2']),
          leaf('time', '>=', '09:20'),
          { indicator: 'volume_spike' },
        ],
      },
      path([10, 12]),
    );
    expect(range?.condition).toBe('close between 9 and sma2');
    expect(time).toEqual({ condition: 'time >= 09:20', result: 'true', values: { time: 33_600_000 } });
    expect(spike?.condition).toBe('volume_spike == true');
  });

  it('names what is undefined and why', () => {
    expect(trace(leaf('ema9', '>', 'close'), path([10, 12]))).toEqual([
      {
        condition: 'ema9 > close',
        result: 'undefined',
        values: { close: 12 },
        why: 'ema9: warming up (2 of 9)',
      },
    ]);
    expect(trace(leaf('rvol', '>', 2), path([1]), { hasVolume: false })[0]?.why).toBe('rvol: no volume');
    expect(trace(leaf('close', '>', 'vwap'), path([1]), { complete: false })[0]?.why).toBe(
      'vwap: session incomplete',
    );
    expect(trace(leaf('close', 'crosses_above', 5), path([1]))[0]?.why).toBe(
      'close: undefined 1 candle before',
    );
    expect(trace(leaf('close', '>', { name: 'vwap', offset: 2 }), path([1, 2]))[0]?.why).toBe(
      'vwap[2]: undefined 2 candles before in this session',
    );
    expect(trace(leaf('close', '>', { name: 'ema9', timeframe: '15m' }), path([1, 2]))[0]?.why).toBe(
      'ema9@15m: warming up (0 of 9)',
    );
  });

  it('tells a condition under NOT with its NOT', () => {
    const [item] = trace({ operator: 'NOT', rules: [leaf('close', '>', 5)] }, path([3]));
    expect(item).toEqual({ condition: 'NOT close > 5', result: 'true', values: { close: 3 } });
    const [unknown] = trace({ operator: 'NOT', rules: [leaf('close', '>', 'sma5')] }, path([3]));
    expect(unknown?.result).toBe('undefined');
  });

  it('names readings as short as they can be told apart', () => {
    const rules = [
      leaf({ name: 'ema', params: { period: 50 }, source: 'hlc3', timeframe: '15m', offset: 1 }, '>', 1),
      leaf({ name: 'pullback_depth', params: { direction: 'short' } }, '<=', 0.382),
      leaf({ name: 'rvol', params: { period: 30 } }, '>', { name: 'rvol', params: { period: 20 } }),
      { pattern: { name: 'pinbar', params: { direction: 'long' } } },
      leaf('sma', '<', 'atr'),
    ];
    expect(trace({ operator: 'OR', rules }, path([1])).map(({ condition }) => condition)).toEqual([
      'ema50(hlc3)@15m[1] > 1',
      'pullback_depth(short) <= 0.382',
      'rvol(period 30) > rvol',
      'pinbar(long)',
      'sma30 < atr14',
    ]);
  });

  it('has no -0, which JSON cannot keep', () => {
    const [item] = trace(leaf('close', '<=', 1), [[0, 0, 0, -0]]);
    expect(Object.is(item?.values['close'], 0)).toBe(true);
  });

  it('agrees with the evaluation at each candle', () => {
    const logic = leaf('ema3', 'crosses_above', 'ema5');
    const closes = Array.from({ length: 40 }, (_, k) => 100 + 10 * Math.sin(k / 3));
    const read = runProgram(strategyOf(logic), [tape(path(closes))], {
      read: (rule, at) => [rule.evaluate(at), rule.trace(at)[0]?.result],
    });
    const words = new Map([
      [1, 'true'],
      [0, 'false'],
      [-1, 'undefined'],
    ]);
    for (const [truth, result] of read as readonly (readonly [number, string])[])
      expect(result).toBe(words.get(truth));
  });
});
