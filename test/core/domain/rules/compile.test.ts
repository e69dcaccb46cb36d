import { describe, expect, it } from 'vitest';
import { indicatorCatalog } from '../../../../src/core/domain/indicators/catalog.ts';
import { compileProgram } from '../../../../src/core/domain/rules/compile.ts';
import { FALSE, TRUE, UNDEFINED } from '../../../../src/core/domain/rules/truth.ts';
import { type Drawn, MINUTE_MS, path, session, tape, wander } from './make-tape.ts';
import { runProgram, strategyOf } from './run-program.ts';

const [T, F, U] = [TRUE, FALSE, UNDEFINED];
const leaf = (indicator: unknown, condition: string, value: unknown) => ({ indicator, condition, value });
const NOT = (rule: unknown) => ({ operator: 'NOT', rules: [rule] });
const base = { symbol: 'X', baseTimeframeMs: 5 * MINUTE_MS, hasVolume: true };

function truths(logic: unknown, closes: readonly number[], rest: Readonly<Record<string, unknown>> = {}) {
  return runProgram(strategyOf(logic, rest), [tape(path(closes))]);
}

describe('a compiled strategy', () => {
  it('is undefined until its readings are warm, also under NOT', () => {
    const warm = leaf('close', '>', 'sma3');
    expect(truths(warm, [1, 2, 3, 4, 3])).toEqual([U, U, T, T, F]);
    expect(truths(NOT(warm), [1, 2, 3, 4, 3])).toEqual([U, U, F, F, T]);
  });

  it('does not fire on NOT over a reading without volume', () => {
    const quiet = strategyOf(NOT({ indicator: 'volume_spike' }));
    const candles = tape(path(Array.from({ length: 40 }, (_, k) => k + 1)));
    expect(new Set(runProgram(quiet, [candles], { hasVolume: false }))).toEqual(new Set([U]));
  });

  it('needs no volume where a false rule settles it', () => {
    const logic = { operator: 'AND', rules: [leaf('rvol', '>', 2), leaf('close', '<', 0)] };
    expect(runProgram(strategyOf(logic), [tape(path([1, 2]))], { hasVolume: false })).toEqual([F, F]);
  });

  it('takes a boolean reading alone, == true and != false alike', () => {
    const candles = tape([...path(Array.from({ length: 21 }, () => 10)), [10, 11, 9, 10, 9_000] as Drawn]);
    for (const logic of [
      { indicator: 'volume_spike' },
      leaf('volume_spike', '==', true),
      leaf('volume_spike', '!=', false),
      NOT(leaf('volume_spike', '==', false)),
    ]) {
      expect(runProgram(strategyOf(logic), [candles]).slice(-2), JSON.stringify(logic)).toEqual([F, T]);
    }
  });

  it('compares the start of the candle with a time of day', () => {
    expect(truths(leaf('time', '>=', '09:20'), [1, 1, 1])).toEqual([F, T, T]);
    expect(truths(leaf('time', 'between', ['09:20', '09:20:00']), [1, 1, 1])).toEqual([F, T, F]);
  });

  it('looks `offset` candles back', () => {
    const earlier = leaf('close', '>', { name: 'close', offset: 2 });
    expect(truths(earlier, [5, 6, 4, 7, 4, 6])).toEqual([U, U, F, T, F, F]);
    expect(truths(leaf({ name: 'close', offset: 1 }, '==', 6), [5, 6, 4])).toEqual([U, F, T]);
  });

  it('looks as far back at every candle of a long run', () => {
    const closes = Array.from({ length: 400 }, (_, k) => 100 + ((k * 7919) % 31));
    const earlier = leaf('close', '>', { name: 'close', offset: 70 });
    const expected = closes.map((close, k) => (k < 70 ? U : close > (closes[k - 70] ?? 0) ? T : F));
    expect(truths(earlier, closes)).toEqual(expected);
  });

  it('crosses where the side changed between two closes', () => {
    expect(truths(leaf('close', 'crosses_above', 10), [9, 11, 12, 10, 10.5, 9])).toEqual([U, T, F, F, T, F]);
    expect(truths(leaf('close', 'crosses_below', 10), [11, 9, 10, 9])).toEqual([U, T, F, T]);
  });

  it('crosses by what a reading was `offset` candles back', () => {
    expect(truths(leaf({ name: 'close', offset: 1 }, 'crosses_above', 10), [9, 11, 12, 12])).toEqual([
      U,
      U,
      T,
      F,
    ]);
  });

  it('carries a cross over the night, unless an operand starts anew with the session', () => {
    const days = [tape(path([9, 9])), tape(path([11, 11]), { day: 1 })];
    expect(runProgram(strategyOf(leaf('close', 'crosses_above', 10)), days)).toEqual([U, F, T, F]);
    expect(runProgram(strategyOf(leaf('close', 'crosses_above', 'vwap')), days)[2]).toBe(U);
    expect(runProgram(strategyOf(leaf({ name: 'vwap', offset: 1 }, '<', 10)), days)).toEqual([U, T, U, F]);
  });

  it('leaves session readings undefined where the session was not seen from its open', () => {
    const days = [tape(path([9, 10, 11]))];
    const above = strategyOf(leaf('close', '>=', 'vwap'));
    expect(runProgram(above, days, { complete: false })).toEqual([U, U, U]);
    expect(runProgram(above, days)).toEqual([T, T, T]);
  });

  it('applies to the symbols it names', () => {
    const named = strategyOf(leaf('close', '>', 1), { symbols: ['A', 'B'] });
    expect(compileProgram([named], { ...base, symbol: 'B' }).frames).toHaveLength(1);
    expect(compileProgram([named], { ...base, symbol: 'C' }).frames).toEqual([]);
  });
});

describe('timeframes', () => {
  const minutes = (closes: readonly number[]) => tape(path(closes), { minutes: 1 });
  const closes = Array.from({ length: 30 }, (_, k) => 100 + k);

  it('has a frame for each that is used, ascending, with the rules in the order of the file', () => {
    const strategies = [
      strategyOf(leaf('close', '>', { name: 'ema20', timeframe: '1h' }), {
        timeframes: ['15m', '5m'],
        strategy_name: 'b',
      }),
      strategyOf(leaf('close', '>', 1), { timeframes: ['15m'], strategy_name: 'a' }),
    ];
    const { frames } = compileProgram(strategies, base);
    expect(frames.map(({ timeframeMs }) => timeframeMs / MINUTE_MS)).toEqual([5, 15, 60]);
    expect(frames.map(({ rules }) => rules.map(({ strategy }) => strategy.name))).toEqual([
      ['b'],
      ['b', 'a'],
      [],
    ]);
  });

  it('evaluates a strategy on the candles of its own timeframe', () => {
    const rising = strategyOf(leaf('close', '>', 'open'), { timeframes: ['5m'] });
    expect(runProgram(rising, [minutes(closes)], { baseMinutes: 1 })).toHaveLength(6);
  });

  it('reads the last closed candle of a longer timeframe, and none that is forming', () => {
    const read = strategyOf(leaf({ name: 'close', timeframe: '15m' }, '>', 0), { timeframes: ['5m'] });
    const values = runProgram(read, [minutes(closes)], {
      baseMinutes: 1,
      read: (rule, at) => rule.trace(at)[0]?.values['close@15m'],
    });
    // The 15-minute candle closes with minute 15 (close 114), then with minute 30 (close 129).
    expect(values).toEqual([undefined, undefined, 114, 114, 114, 129]);
  });

  it('is true on a cross of a longer timeframe only when that candle closes', () => {
    const cross = strategyOf(leaf({ name: 'close', timeframe: '10m' }, 'crosses_above', 10));
    // 10-minute closes: 9, 11, 12.
    const days = [tape(path([9, 9, 11, 11, 12, 12, 12]))];
    expect(runProgram(cross, days)).toEqual([U, U, U, T, F, F, F]);
    expect(
      runProgram(strategyOf(NOT(leaf({ name: 'close', timeframe: '10m' }, 'crosses_above', 10))), days),
    ).toEqual([U, U, U, F, T, T, T]);
  });

  it('keeps a plain comparison of a longer timeframe true until its next close', () => {
    const above = strategyOf(leaf({ name: 'close', timeframe: '10m' }, '>', 10));
    expect(runProgram(above, [tape(path([9, 11, 12, 9, 9]))])).toEqual([U, T, T, F, F]);
  });

  it('crosses a longer timeframe with the close of the shorter one', () => {
    const cross = strategyOf(leaf('close', 'crosses_above', { name: 'close', timeframe: '10m' }));
    // The 10-minute candles close at 10 (with #2), 12 (with #4), 14 (with #6). The close against what is known then,
    // and one candle before: #3 11 against 10, before 10 against 10: crosses; #4 12 against 12; #5 13 against 12,
    // before 12 against 12: crosses; #6 14 against 14. At #1 and #2 there was nothing to compare with before.
    expect(runProgram(cross, [tape(path([9, 10, 11, 12, 13, 14]))])).toEqual([U, U, T, F, T, F]);
  });

  it('counts the offset in candles of the longer timeframe', () => {
    const earlier = strategyOf(leaf({ name: 'close', timeframe: '10m', offset: 1 }, '==', 2));
    expect(runProgram(earlier, [tape(path([1, 2, 3, 4, 5, 6]))])).toEqual([U, U, U, T, T, F]);
  });

  it('forgets session readings of a longer timeframe at the open', () => {
    const earlier = strategyOf(leaf({ name: 'vwap', timeframe: '10m', offset: 1 }, '>', 0));
    const days = [tape(path([1, 2, 3, 4])), tape(path([1, 2, 3, 4]), { day: 1 })];
    expect(runProgram(earlier, days)).toEqual([U, U, U, T, U, U, U, T]);
  });

  it('refuses candles that cannot be joined from the base', () => {
    const program = (timeframes: readonly string[], operand?: string) => () =>
      compileProgram(
        [strategyOf(leaf('close', '>', operand ? { name: 'ema9', timeframe: operand } : 1), { timeframes })],
        base,
      );
    expect(program(['1m'])).toThrow(
      'Strategy "s" asks for "1m" candles, which cannot be built from 5m candles.',
    );
    expect(program(['7m'])).toThrow('"7m"');
    expect(program(['5m'], '12m')).toThrow('"12m"');
    expect(program(['5m', '15m'], '1h')).not.toThrow();
  });
});

describe('readings', () => {
  it('are shared by name, parameters, source and timeframe', () => {
    let made = 0;
    const entry = indicatorCatalog.get('ema');
    if (entry === undefined) throw new Error('no ema');
    const catalog = indicatorCatalog as Map<string, typeof entry>; // counted here only, put back below
    catalog.set('ema', {
      ...entry,
      create(params, source) {
        made += 1;
        return entry.create(params, source);
      },
    });
    try {
      const rules = [
        leaf('ema9', '>', { name: 'ema', params: { period: 9 } }),
        leaf({ name: 'ema9', offset: 3 }, '>', { name: 'ema9', source: 'close' }),
        leaf({ name: 'ema9', source: 'high' }, '>', { name: 'ema9', timeframe: '15m' }),
      ];
      compileProgram(
        [strategyOf({ operator: 'AND', rules }), strategyOf(leaf('close', 'crosses_above', 'ema9'))],
        base,
      );
    } finally {
      catalog.set('ema', entry);
    }
    expect(made).toBe(3);
  });

  it('do not mind what happens to the candle afterwards', () => {
    const logic = { operator: 'OR', rules: [leaf('ema9', 'crosses_above', 'sma20'), leaf('rvol', '>', 2)] };
    const program = () => compileProgram([strategyOf(logic)], base);
    const [clean, spoilt] = [program(), program()];
    for (const [day, candles] of wander(2).entries()) {
      for (const each of [clean, spoilt]) each.startSession(session(day), true);
      for (const candle of candles) {
        const view = { ...candle };
        clean.frames[0]?.fold(candle, candle.closeAt);
        spoilt.frames[0]?.fold(view, candle.closeAt);
        Object.assign(view, {
          open: Number.NaN,
          high: Number.NaN,
          low: Number.NaN,
          close: Number.NaN,
          volume: Number.NaN,
        });
        expect(spoilt.frames[0]?.rules[0]?.evaluate(candle.closeAt)).toBe(
          clean.frames[0]?.rules[0]?.evaluate(candle.closeAt),
        );
      }
    }
  });
});
