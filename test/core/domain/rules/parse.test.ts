import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicatorCatalog } from '../../../../src/core/domain/indicators/catalog.ts';
import { parseStrategies } from '../../../../src/core/domain/rules/parse.ts';
import { describeProblem } from '../../../../src/core/domain/rules/problem.ts';
import { strategyOf } from './run-program.ts';

const leaf = (indicator: unknown, condition: string, value: unknown) => ({ indicator, condition, value });
const fine = leaf('close', '>', 'vwap');
const named = (strategy_name: string, rest: object = {}) => ({
  strategy_name,
  entry_direction: 'LONG',
  logic: fine,
  ...rest,
});

function problemsOf(json: unknown): readonly string[] {
  return parseStrategies(json).problems.map(describeProblem);
}

/** The problems of one logic, with paths from `logic` on. */
function logicProblems(logic: unknown, rest: object = {}): readonly string[] {
  return problemsOf([named('s', { logic, ...rest })]).map((text) =>
    text.replace('strategies[0].logic', 'logic'),
  );
}

describe('a strategy', () => {
  it('has its defaults filled in', () => {
    const [strategy] = parseStrategies([named('s')]).strategies;
    expect(strategy).toEqual({
      place: 0,
      name: 's',
      direction: 'long',
      timeframesMs: [300_000],
      symbols: undefined,
      session: undefined,
      trigger: 'edge',
      logic: {
        leaf: {
          kind: 'compare',
          left: { reading: reading('close') },
          condition: '>',
          right: [{ reading: reading('vwap') }],
        },
      },
      plan: { entry: 'market' },
      risk: {},
    });
    expect(strategyOf(fine, { entry_direction: 'SHORT' }).direction).toBe('short');
  });

  it('says all it can say', () => {
    const full = strategyOf(fine, {
      enabled: true,
      timeframes: ['15m', '1m', '15m'],
      symbols: ['NIFTY'],
      session: { from: '09:20', to: '15:00:30' },
      trigger: 'level',
      plan: { entry: 'limit', entryOffset: { ticks: 2 }, stop: { atr: 1.5 }, target: { r: 2 } },
      risk: { riskPct: 0.5, minRewardRisk: 0 },
    });
    expect(full).toMatchObject({
      timeframesMs: [60_000, 900_000],
      symbols: ['NIFTY'],
      session: { fromMs: 33_600_000, toMs: 54_030_000 },
      trigger: 'level',
      plan: { entry: 'limit', entryOffset: { ticks: 2 }, stop: { atr: 1.5 }, target: { r: 2 } },
      risk: { riskPct: 0.5, minRewardRisk: 0 },
    });
  });

  it('keeps its place in the file where others are disabled', () => {
    const { strategies } = parseStrategies([named('a', { enabled: false }), named('b')]);
    expect(strategies.map(({ name, place }) => [name, place])).toEqual([['b', 1]]);
  });
});

function reading(name: string) {
  return {
    label: name,
    name,
    params: {},
    source: 'close',
    timeframeMs: undefined,
    offset: 0,
    output: undefined,
  };
}

describe('a reading', () => {
  const left = (indicator: unknown) => {
    const { logic } = strategyOf(leaf(indicator, '>', 1));
    return 'leaf' in logic && logic.leaf.kind === 'compare' && 'reading' in logic.leaf.left
      ? logic.leaf.left.reading
      : undefined;
  };

  it.each([
    ['ema9', { name: 'ema', params: { period: 9 } }],
    ['sma200', { name: 'sma', params: { period: 200 } }],
    ['rsi', { name: 'rsi', params: { period: 14 } }],
    ['rsi2', { name: 'rsi', params: { period: 2 } }],
    ['atr', { name: 'atr', params: { period: 14 } }],
    ['rvol', { name: 'rvol', params: { period: 20 } }],
    ['pullback_depth', { name: 'pullback_depth', params: { direction: 'long', left: 3, right: 3 } }],
  ])('%s is a shorthand', (text, expected) => {
    expect(left(text)).toMatchObject(expected);
  });

  it('is an object where it says more', () => {
    const spec = {
      name: 'ema',
      params: { period: 21 },
      source: 'hlc3',
      timeframe: '1h',
      offset: 2,
      output: 'value',
    };
    expect(left(spec)).toMatchObject({
      name: 'ema',
      params: { period: 21 },
      source: 'hlc3',
      timeframeMs: 3_600_000,
      offset: 2,
      output: 'value',
    });
    expect(left({ name: 'ema9', timeframe: '15m' })).toMatchObject({
      params: { period: 9 },
      timeframeMs: 900_000,
    });
  });
});

describe('problems of a rule', () => {
  it.each([
    [
      'an unknown name',
      leaf('emma9', '>', 1),
      'logic.indicator: found "emma9", expected a known indicator; did you mean "ema9"?',
    ],
    [
      'an unknown name in a value',
      leaf('close', '>', 'vwpa'),
      'logic.value: found "vwpa", expected a known indicator; did you mean "vwap"?',
    ],
    [
      'a name like none',
      leaf('banana', '>', 1),
      `logic.indicator: found "banana", expected a known indicator: ${[...indicatorCatalog.keys()].join(', ')}`,
    ],
    [
      'other letters',
      leaf('RSI14', '>', 1),
      'logic.indicator: found "RSI14", expected a known indicator; did you mean "rsi14"?',
    ],
    [
      'a pattern as an indicator',
      leaf('doji', '==', true),
      'logic.indicator: found "doji", expected an indicator; "doji" is a candle pattern: write { "pattern": "doji" }',
    ],
    [
      'an indicator as a pattern',
      { pattern: 'vwap' },
      'logic.pattern: found "vwap", expected a candle pattern; "vwap" is an indicator: write { "indicator": "vwap", ... }',
    ],
    [
      'an unknown pattern',
      { pattern: 'hammr' },
      'logic.pattern: found "hammr", expected a known candle pattern; did you mean "hammer"?',
    ],
    [
      'digits where there are none',
      leaf('vwap9', '>', 1),
      'logic.indicator: found "vwap9", expected a known indicator; did you mean "vwap"?',
    ],
    [
      'a period out of range',
      leaf('ema0', '>', 1),
      'logic.indicator: found "ema0", expected ema with a whole number from 1 to 5000 after it',
    ],
    [
      'a period that is no whole number',
      leaf({ name: 'ema', params: { period: 2.5 } }, '>', 1),
      'logic.indicator.params.period: found 2.5, expected a whole number from 1 to 5000',
    ],
    [
      'an unknown parameter',
      leaf({ name: 'ema', params: { perod: 2 } }, '>', 1),
      'logic.indicator.params.perod: found 2, expected no such parameter; those of ema: period; did you mean "period"?',
    ],
    [
      'a parameter of Object',
      leaf({ name: 'ema', params: { constructor: 2 } }, '>', 1),
      'logic.indicator.params.constructor: found 2, expected no such parameter; those of ema: period',
    ],
    [
      'an unknown choice',
      { pattern: { name: 'pinbar', params: { direction: 'lng' } } },
      'logic.pattern.params.direction: found "lng", expected one of "any", "long", "short"; did you mean "long"?',
    ],
    [
      'a period said twice',
      leaf({ name: 'ema9', params: { period: 20 } }, '>', 1),
      'logic.indicator.params.period: found 20, expected no period beside "ema9", which says it already',
    ],
    [
      'a source where there is none',
      leaf({ name: 'atr', source: 'high' }, '>', 1),
      'logic.indicator.source: found "high", expected no source: atr reads whole candles',
    ],
    [
      'an unknown output',
      leaf({ name: 'ema9', output: 'valu' }, '>', 1),
      'logic.indicator.output: found "valu", expected an output of ema: value; did you mean "value"?',
    ],
    [
      'an offset into the future',
      leaf({ name: 'ema9', offset: -1 }, '>', 1),
      'logic.indicator.offset: found -1, expected at least 0 candles',
    ],
    [
      'half an offset',
      leaf({ name: 'ema9', offset: 0.5 }, '>', 1),
      'logic.indicator.offset: found 0.5, expected a whole number of candles',
    ],
    [
      'a shorter timeframe',
      leaf({ name: 'ema9', timeframe: '1m' }, '>', 1),
      'logic.indicator.timeframe: found "1m", expected at least the strategy\'s own timeframe 5m',
    ],
    [
      'a timeframe of two days',
      leaf({ name: 'ema9', timeframe: '2d' }, '>', 1),
      'logic.indicator.timeframe: found "2d", expected at most 1d: candles end with their session',
    ],
    [
      'an opening range inside one candle',
      leaf('close', '>', { name: 'orb_high', timeframe: '15m' }),
      'logic.value: found "orb_high", expected params.minutes a multiple of the timeframe: 5 minutes cannot be told from 15m candles',
    ],
    [
      'a cross that falls between two closes',
      leaf({ name: 'ema9', timeframe: '7m' }, 'crosses_above', 1),
      'logic.condition: found "crosses_above", expected operands on a multiple of 5m: a close of 7m falls between those of 5m',
    ],
    [
      'an unknown condition',
      leaf('close', 'crosses', 1),
      'logic.condition: found "crosses", expected one of > >= < <= == != crosses_above crosses_below between',
    ],
    [
      'no condition',
      { indicator: 'close', value: 1 },
      'logic.condition: found nothing, expected one of > >= < <= == != crosses_above crosses_below between',
    ],
    [
      'no value',
      { indicator: 'close', condition: '>' },
      'logic.value: found nothing, expected a number or an indicator',
    ],
    [
      'a time against a price',
      leaf('close', '>', '09:20'),
      'logic.value: found "09:20", expected a number or an indicator, to compare with close',
    ],
    [
      'a price against a time',
      leaf('time', '>', 920),
      'logic.value: found 920, expected a time "HH:MM" or "HH:MM:SS", to compare with time',
    ],
    [
      'no time of day',
      leaf('time', '>', '25:00'),
      'logic.value: found "25:00", expected a time "HH:MM" or "HH:MM:SS"',
    ],
    [
      'a number against true or false',
      leaf('volume_spike', '==', 1),
      'logic.value: found 1, expected true or false, to compare with volume_spike',
    ],
    [
      'more than true',
      leaf('volume_spike', '>', true),
      'logic.condition: found ">", expected == or !=: volume_spike is true or false',
    ],
    ['a range of one', leaf('close', 'between', 5), 'logic.value: found 5, expected a list [from, to]'],
    [
      'a range upside down',
      leaf('close', 'between', [5, 3]),
      'logic.value[1]: found 3, expected at least 5, where the range begins',
    ],
    [
      'a range without between',
      leaf('close', '>', [3, 5]),
      'logic.value: found a list of 2, expected a number or an indicator',
    ],
    [
      'NOT over two',
      { operator: 'NOT', rules: [fine, fine] },
      'logic.rules: found a list of 2, expected exactly one rule under NOT',
    ],
    [
      'AND over none',
      { operator: 'AND', rules: [] },
      'logic.rules: found an empty list, expected at least one rule',
    ],
    ...(
      [
        ['=', '=='],
        ['=>', '>='],
        ['≤', '<='],
        ['<>', '!='],
        ['!==', '!='],
      ] as const
    ).map(([written, meant]): [string, unknown, string] => [
      `the condition ${written}`,
      { ...fine, condition: written },
      `logic.condition: found "${written}", expected one of > >= < <= == != crosses_above crosses_below between; did you mean "${meant}"?`,
    ]),
    [
      'a number in quotes',
      { ...fine, value: '30' },
      'logic.value: found "30", expected a known indicator, or a number without quotes: 30',
    ],
    [
      'an unknown operator',
      { operator: 'XOR', rules: [fine] },
      'logic.operator: found "XOR", expected "AND", "OR" or "NOT"; did you mean "OR"?',
    ],
    [
      'a key too many',
      { ...fine, values: 3 },
      'logic.values: found 3, expected no such key; known: indicator, condition, value; did you mean "value"?',
    ],
    [
      'a leaf that is half a group',
      { ...fine, operator: 'AND', rules: [fine] },
      'logic.indicator: found "close", expected no such key; known: operator, rules',
    ],
    [
      'no rule at all',
      7,
      'logic: found 7, expected a rule: { "operator", "rules" }, { "indicator", "condition", "value" } or { "pattern" }',
    ],
  ])('%s', (_, logic, expected) => {
    expect(logicProblems(logic)).toContain(expected);
  });

  it('come all at once, each with its path', () => {
    const rules = [
      leaf('emma9', '>', 'vwpa'),
      { operator: 'NOT', rules: [{ pattern: 'hammr' }] },
      fine,
      leaf('rsi14', '=>', 30),
    ];
    const paths = parseStrategies([
      named('a'),
      named('a', { logic: { operator: 'AND', rules }, entry_direction: 'UP' }),
      3,
    ]).problems;
    expect(paths.map(({ path }) => path)).toEqual([
      'strategies[1].strategy_name',
      'strategies[1].entry_direction',
      'strategies[1].logic.rules[0].indicator',
      'strategies[1].logic.rules[0].value',
      'strategies[1].logic.rules[1].rules[0].pattern',
      'strategies[1].logic.rules[3].condition',
      'strategies[2]',
    ]);
  });
});

describe('problems of a strategy', () => {
  it.each([
    [
      'a misspelt key',
      { timeframs: ['5m'] },
      'strategies[0].timeframs: found a list of 1, expected no such key; known: strategy_name, enabled, entry_direction, timeframes, symbols, session, trigger, logic, plan, risk; did you mean "timeframes"?',
    ],
    [
      'no timeframe',
      { timeframes: ['5x'] },
      'strategies[0].timeframes[0]: found "5x", expected a timeframe such as "30s", "5m", "1h"',
    ],
    [
      'a timeframe longer than a day',
      { timeframes: ['1d', '25h'] },
      'strategies[0].timeframes[1]: found "25h", expected at most 1d: candles end with their session',
    ],
    [
      'no timeframes',
      { timeframes: [] },
      'strategies[0].timeframes: found an empty list, expected at least one timeframe',
    ],
    [
      'a session upside down',
      { session: { from: '15:00', to: '09:20' } },
      'strategies[0].session.to: found "09:20", expected a time after "from"',
    ],
    [
      'a direction in small letters',
      { entry_direction: 'long' },
      'strategies[0].entry_direction: found "long", expected "LONG" or "SHORT"; did you mean "LONG"?',
    ],
    [
      'a name that would break an id',
      { strategy_name: 'a/b' },
      'strategies[0].strategy_name: found "a/b", expected a name of at most 80 letters, digits, spaces and _ - . ( ) + %',
    ],
    [
      'an unknown trigger',
      { trigger: 'egde' },
      'strategies[0].trigger: found "egde", expected "level" or "edge"; did you mean "edge"?',
    ],
    [
      'a distance of nothing',
      { plan: { stop: { percent: 0 } } },
      'strategies[0].plan.stop.percent: found 0, expected a number above 0',
    ],
    [
      'an unknown distance',
      { plan: { stop: { pct: 1 } } },
      'strategies[0].plan.stop: found an object, expected one of { "percent": n }, { "atr": n }, { "ticks": n }, n above 0',
    ],
    [
      'a misspelt key of plan',
      { plan: { fallbackr: 2 } },
      'strategies[0].plan.fallbackr: found 2, expected no such key; known: entry, entryOffset, stop, target, fallbackR; did you mean "fallbackR"?',
    ],
    [
      'an offset without a resting order',
      { plan: { entryOffset: { ticks: 1 } } },
      'strategies[0].plan.entryOffset: found an object, expected no offset with entry "market": only limit and stop have one',
    ],
    [
      'a fallback that never comes',
      { plan: { target: { r: 2 }, fallbackR: 1 } },
      'strategies[0].plan.fallbackR: found 1, expected nothing beside a target of its own, which never falls back',
    ],
    [
      'too much risk',
      { risk: { riskPct: 101 } },
      'strategies[0].risk.riskPct: found 101, expected at most 100 (percent of equity)',
    ],
    [
      'no logic',
      { logic: undefined },
      'strategies[0].logic: found nothing, expected a rule: { "operator", "rules" }, { "indicator", "condition", "value" } or { "pattern" }',
    ],
  ])('%s', (_, rest, expected) => {
    expect(problemsOf([named('s', rest)])).toEqual([expected]);
  });

  it('a name that is taken', () => {
    expect(problemsOf([named('s'), named('s')])).toEqual([
      'strategies[1].strategy_name: found "s", expected a name of its own; strategies[0] has this one',
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('the key %s', (key) => {
    const text = JSON.stringify([named('s')]).replace('{', `{"${key}":{"enabled":false},`);
    const logic = JSON.stringify([named('s')]).replace('"logic":{', `"logic":{"${key}":1,`);
    expect(problemsOf(JSON.parse(text))[0]).toContain(
      `strategies[0].${key}: found an object, expected no such key`,
    );
    expect(problemsOf(JSON.parse(logic))[0]).toContain(
      `strategies[0].logic.${key}: found 1, expected no such key`,
    );
  });

  it.each([[{}], [null], ['x'], [undefined]])('a file that is no list: %j', (json) => {
    expect(problemsOf(json)).toHaveLength(1);
    expect(problemsOf(json)[0]).toContain('expected a list of strategies');
  });
});

describe('bounds', () => {
  const nested = (levels: number) =>
    Array.from({ length: levels - 1 }).reduce<unknown>((rule) => ({ operator: 'AND', rules: [rule] }), fine);

  it('takes 64 levels of rules, not 65', () => {
    expect(logicProblems(nested(64))).toEqual([]);
    expect(logicProblems(nested(65))).toEqual([
      'strategies[0]: found an object, expected at most 64 levels of rules within rules',
    ]);
  });

  it('says so of 10,000 levels, and of lists in lists', () => {
    const text = `${'['.repeat(10_000)}1${']'.repeat(10_000)}`;
    expect(logicProblems(nested(10_000))).toHaveLength(1);
    expect(problemsOf(JSON.parse(text))).toHaveLength(1);
  });

  it('refuses what no hand has written', () => {
    expect(problemsOf(Array.from({ length: 1_001 }, (_, k) => named(`s${k}`)))).toEqual([
      'strategies: found a list of 1001, expected at most 1,000 strategies',
    ]);
    const rules = Array.from({ length: 60_000 }, () => fine);
    expect(logicProblems({ operator: 'AND', rules })).toEqual([
      'strategies: found a list of 1, expected at most 100,000 values in all',
    ]);
  });

  it('reads twenty thousand bad rules in seconds', () => {
    const rules = Array.from({ length: 20_000 }, () => leaf('emma9', '=>', 'vwpa'));
    expect(parseStrategies([named('s', { logic: { operator: 'AND', rules } })]).problems).toHaveLength(1_000);
  }, 5_000);

  it('never throws, whatever JSON it is given', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => Array.isArray(parseStrategies([json]).problems)));
    const keys = fc.constantFrom(
      'operator',
      'rules',
      'indicator',
      'condition',
      'value',
      'pattern',
      'name',
      'params',
      '__proto__',
    );
    const words = fc.constantFrom(
      'AND',
      'NOT',
      'close',
      'ema9',
      '>',
      'between',
      'doji',
      'time',
      '09:20',
      1,
      true,
      null,
    );
    const { rule } = fc.letrec((tie) => ({
      rule: fc.oneof(
        { maxDepth: 4 },
        words,
        fc.array(tie('rule'), { maxLength: 3 }),
        fc.dictionary(keys, tie('rule'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(fc.property(rule, (logic) => Array.isArray(parseStrategies([named('s', { logic })]).problems)));
  });
});
