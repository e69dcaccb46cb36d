import { describe, expect, it } from 'vitest';
import type { Direction } from '../../../../src/core/domain/trading/plan.ts';
import type { Prices } from '../../domain/structure/tape.ts';
import { type Drawn, legs, MIRROR, mirrored, planOf, saidOf, studyOfTape } from './drawn.ts';

/** Five drawn tapes and a second day, with what a chart reader would say of them: read off the drawing, not the program. */

type Read = {
  readonly name: string;
  readonly drawn: Drawn & { readonly direction: Direction };
  readonly said: readonly string[];
  readonly plan: string;
};

const NOTHING_BEFORE = 'The data has no whole session before this one.';
const NO_POOL = 'No equal highs or lows that still hold.';
const NO_GAP = 'No open fair value gap.';

//        116 ╷                Highs 109, 113, 117 on candles 7, 19, 31; lows 103, 107, 111 on 11, 23, 35.
//     112 ╱╲ ╱╲╱115           Closes above 109 on candle 17 and above 113 on candle 29.
//  108 ╱╲╱  112               Stop 111 − 0.25 × 2 = 110.50: 4.50 from the close 115.
//     ╱ 104 108
// 100
const TREND_UP: Read = {
  name: 'trend up',
  drawn: { tape: legs(100, 108, 104, 112, 108, 116, 112, 115), direction: 'long' },
  said: [
    'The trend is up.',
    'BOS up: a candle closed above the swing high 113.00. (formed 02:25, known 02:30)',
    'Last swing low 111.00, a higher low (HL). (formed 02:55, known 03:15)',
    'Last swing high 117.00, a higher high (HH). (formed 02:35, known 02:55)',
    'Nearest above: pivot high 117.00, 2.00 = 1.00 ATR = 0.44 R away. (formed 02:35, known 02:55)',
    'Nearest below: pivot low 111.00, 4.00 = 2.00 ATR = 0.89 R away. (formed 02:55, known 03:15)',
    NO_POOL,
    NO_GAP,
    NOTHING_BEFORE,
    'ATR(14) is 2.00.',
  ],
  plan: 'NO_TARGET',
};

// A rise to 110 on candle 15 that ends: highs 107, 111, 110, 105 on candles 5, 15, 22, 33; lows 102, 105, 100 on 8, 19, 30.
// Candle 13 closes above 107 (BOS up), 27 below 105 (the turn), 38 below 100 (BOS down).
// Stop 105 + 0.25 × 2 = 105.50: 6.50 from the close 99.
const TREND_DOWN: Read = {
  name: 'trend down',
  drawn: { tape: legs(100, 106, 103, 110, 106, 109, 101, 104, 99), direction: 'short' },
  said: [
    'The trend is down.',
    'BOS down: a candle closed below the swing low 100.00. (formed 03:10, known 03:15)',
    'Last swing high 105.00, a lower high (LH). (formed 02:45, known 03:05)',
    'Last swing low 100.00, a lower low (LL), broken at 03:15. (formed 02:30, known 02:50)',
    'Nothing untaken below 99.00.',
    'Nearest above: pivot high 105.00, 6.00 = 3.00 ATR = 0.92 R away. (formed 02:45, known 03:05)',
    NO_POOL,
    NO_GAP,
    NOTHING_BEFORE,
    'ATR(14) is 2.00.',
  ],
  plan: 'NO_TARGET',
};

// 105 ╱╲  ╱╲  ╱╲     Highs 106 on candles 4, 14, 24; lows 99 on 9, 19, 29. The second touch makes the pool.
//    ╱  ╲╱  ╲╱  ╲╱   Stop 99 − 0.25 × 2 = 98.50: 4.50 from the close 103.
// 100
const RANGE: Read = {
  name: 'range',
  drawn: { tape: legs(100, 105, 100, 105, 100, 105, 100, 103), direction: 'long' },
  said: [
    'No trend yet: no candle has closed beyond a swing.',
    'No swing has been broken yet.',
    'Last swing low 99.00, an equal low (HL). (formed 02:25, known 02:45)',
    'Last swing high 106.00, an equal high (LH). (formed 02:00, known 02:20)',
    'Nearest above: equal highs (3 touches) 106.00, 3.00 = 1.50 ATR = 0.67 R away. (formed 00:20, known 01:30)',
    'Nearest below: equal lows (3 touches) 99.00, 4.00 = 2.00 ATR = 0.89 R away. (formed 00:45, known 01:55)',
    'Equal highs 106.00, 3 touches: untaken. (formed 00:20, known 01:30)',
    'Equal lows 99.00, 3 touches: untaken. (formed 00:45, known 01:55)',
    NO_GAP,
    NOTHING_BEFORE,
    'ATR(14) is 2.00.',
  ],
  plan: 'NO_TARGET',
};

// The range again, then candle 29 reaches 97, through the equal lows 99, and closes at 100; from there up to 104.
// Its true range is 4: the ATR goes 2 → 2 + 2/14 = 2.1429, then back by 1/14 of what is over 2 on each of four candles:
// 0.142857 × (13/14)⁴ = 0.10621: 2.11. Stop 97 − 0.25 × 2.10621 = 96.473, down to the tick 96.47: 7.53 from 104.
// 2 ÷ 2.10621 = 0.95, 2 ÷ 7.53 = 0.27; 7 ÷ 2.10621 = 3.32, 7 ÷ 7.53 = 0.93.
const RANGE_OF_TWO_LOWS = legs(100, 105, 100, 105, 100, 105, 101);
const SWEEP: Read = {
  name: 'sweep and reclaim',
  drawn: { tape: [...RANGE_OF_TWO_LOWS, [101, 101, 97, 100], ...legs(100, 104)], direction: 'long' },
  said: [
    'No trend yet: no candle has closed beyond a swing.',
    'No swing has been broken yet.',
    'Last swing low 97.00, a lower low (LL). (formed 02:25, known 02:45)',
    'Last swing high 106.00, an equal high (LH). (formed 02:00, known 02:20)',
    'Nearest above: equal highs (3 touches) 106.00, 2.00 = 0.95 ATR = 0.27 R away. (formed 00:20, known 01:30)',
    'Nearest below: pivot low 97.00, 7.00 = 3.32 ATR = 0.93 R away. (formed 02:25, known 02:45)',
    'Equal highs 106.00, 3 touches: untaken. (formed 00:20, known 01:30)',
    'Equal lows 99.00 were swept at 02:30: traded below 99.00, closed back above. (formed 00:45, known 01:55)',
    NO_GAP,
    NOTHING_BEFORE,
    'ATR(14) is 2.11.',
  ],
  plan: 'NO_TARGET',
};

// High 121 on candle 3, down to lows 103 on candles 19 and 27 with a high 109 on 23 between; then candle 28 reaches 106,
// 29 runs from 105 to 109, and 30 stays above 108: a gap from 106 to 108, and a close at 110 above 109. Candle 31 comes
// back to 108, the gap's edge, and closes at 109.
// True ranges 5, 3, 2: the ATR goes 2.2143, 2.2704, 2.2511. Stop 103 − 0.5628 = 102.437, down to 102.43: 6.57 from 109.
// Target one tick before 121: 11.99 ÷ 6.57 = 1.82. 12 ÷ 2.2511 = 5.33, 12 ÷ 6.57 = 1.83; 6 ÷ 2.2511 = 2.67, 6 ÷ 6.57 = 0.91.
// Middle of the gap: 2 ÷ 2.2511 = 0.89.
const GAP: Read = {
  name: 'gap',
  drawn: {
    tape: [
      ...legs(116, 120, 104, 108, 104, 105),
      [105, 110, 105, 109],
      [109, 111, 108, 110],
      [110, 110, 108, 109],
    ],
    direction: 'long',
  },
  said: [
    'The trend is up.',
    'BOS up: a candle closed above the swing high 109.00. (formed 02:30, known 02:35)',
    'Last swing low 103.00, an equal low (HL). (formed 02:15, known 02:35)',
    'Last swing high 109.00, a lower high (LH), broken at 02:35. (formed 01:55, known 02:15)',
    'Nearest above: pivot high 121.00, 12.00 = 5.33 ATR = 1.83 R away. (formed 00:15, known 00:35)',
    'Nearest below: equal lows (2 touches) 103.00, 6.00 = 2.67 ATR = 0.91 R away. (formed 01:35, known 02:35)',
    'Equal lows 103.00, 2 touches: untaken. (formed 01:35, known 02:35)',
    'Open bullish gap 106.00 to 108.00, middle 107.00, 0.89 ATR below the close, entered at 02:40. (formed 02:25, known 02:35)',
    NOTHING_BEFORE,
    'ATR(14) is 2.25.',
  ],
  plan: 'Long at market from 109.00, stop 102.43 (6.57 away, 1 R), target 120.99: 1.82 R, 1.82 R net of costs. Good until 02:50.',
};

// A whole session of the range, then a second one, from candle 40 on: up to 105, where candle 44 touches 106, and on
// candle 45 to 107, through the high of the day before, closing at 105.
// ATR 2, then (3 − 2) ÷ 14 more: 2.07.
const RANGE_ALL_DAY = legs(100, 105, 100, 105, 100, 105, 100, 105, 100);
const SECOND_DAY: readonly Prices[] = [...RANGE_ALL_DAY, ...legs(100, 105), [105, 107, 104, 105]];

const ALL: readonly Read[] = [TREND_UP, TREND_DOWN, RANGE, SWEEP, GAP];

describe.each(ALL)('$name', ({ drawn, said, plan }) => {
  it('is told as a chart reader would', () => {
    const study = studyOfTape(drawn);
    expect(saidOf(study)).toEqual(said);
    expect(planOf(study)).toBe(plan);
  });

  it('turned over gives the sentences turned over', () => {
    const study = studyOfTape(mirrored(drawn));
    expect(saidOf(study)).toEqual(said.map(turned));
    expect(planOf(study)).toBe(turned(plan));
    const reasons = studyOfTape(drawn).outcome.reasons.map(({ code, text }) => [code, turned(text)]);
    expect(study.outcome.reasons.map(({ code, text }) => [code, text])).toEqual(reasons);
  });
});

describe('what happens on the way', () => {
  it('calls the close that ends a rise a change of character', () => {
    const study = studyOfTape({ ...TREND_DOWN.drawn, after: 28 });
    expect(saidOf(study).slice(0, 2)).toEqual([
      'The trend is down.',
      'CHoCH down: a candle closed below the swing low 105.00 and turned the trend. (formed 02:15, known 02:20)',
    ]);
  });

  it('knows nothing before it can', () => {
    const study = studyOfTape({ ...TREND_DOWN.drawn, after: 27 });
    expect(saidOf(study)[0]).toBe('The trend is up.');
  });

  it('tells a break that failed', () => {
    const tape: readonly Prices[] = [...RANGE_OF_TWO_LOWS, [101, 101, 97, 98], [98, 100, 98, 100]];
    expect(saidOf(studyOfTape({ tape }))).toContain(
      'Equal lows 99.00 were broken at 02:30: closed below 99.00; reclaimed at 02:35: closed back above, the break failed. (formed 00:45, known 01:55)',
    );
  });

  it('tells of a pool to which price has come back', () => {
    // Candle 24 touches 106 again; as a third touch it is known three candles later.
    const back = saidOf(studyOfTape({ ...RANGE.drawn, after: 25 }));
    expect(back).toContain(
      'Equal highs 106.00, 2 touches: price came back to it, not through. (formed 00:20, known 01:30)',
    );
    expect(saidOf(studyOfTape({ ...RANGE.drawn, after: 24 }))).toContain(
      'Equal highs 106.00, 2 touches: untaken. (formed 00:20, known 01:30)',
    );
  });

  it('keeps of two highs without a low between them the higher', () => {
    // Three candles rest below the high 109 of candle 7 without a pivot low; candle 14 makes 113.
    const rest: Prices = [108, 108, 107.5, 108];
    const tape: readonly Prices[] = [...legs(100, 108), rest, rest, rest, ...legs(108, 112, 109)];
    expect(studyOfTape({ tape, after: 11 }).swings.map(({ level }) => level)).toEqual([109]);
    expect(studyOfTape({ tape }).swings.map(({ level }) => level)).toEqual([113]);
  });

  it('begins anew where prices jump between sessions', () => {
    const halved = legs(100, 108, 104, 112).map(
      ([open, high, low, close]): Prices => [open / 2, high / 2, low / 2, close / 2],
    );
    const study = studyOfTape({ tape: [...RANGE_ALL_DAY, ...halved] });
    expect(study.candles).toHaveLength(halved.length);
    expect(study.swings.map(({ level }) => level)).toEqual([54.5, 51.5]);
    expect(saidOf(study)).toContain(NOTHING_BEFORE);
  });

  it('says so while it warms up', () => {
    const study = studyOfTape({ ...TREND_UP.drawn, after: 14 });
    expect(saidOf(study)).toContain('Warming up: ATR(14) needs 15 candles.');
    expect(planOf(study)).toBe('STRUCTURE_WARMING_UP');
  });

  it('takes the direction of the trend where none is given, long without one', () => {
    const directionOf = ({ drawn: { tape } }: Read) => studyOfTape({ tape }).direction;
    expect([TREND_UP, TREND_DOWN, RANGE].map(directionOf)).toEqual(['long', 'short', 'long']);
  });

  it('tells what became of the levels of the day before', () => {
    const said = saidOf(studyOfTape({ tape: SECOND_DAY }));
    expect(said).toContain(
      'High of day 0 106.00, swept at 03:50: traded above 106.00, closed back below. (formed 00:20, known 03:20)',
    );
    expect(said).toContain('Low of day 0 99.00, not reached since. (formed 00:45, known 03:20)');
    expect(said).toContain('ATR(14) is 2.07.');
    const touched = saidOf(studyOfTape({ tape: SECOND_DAY, after: 45 }));
    expect(touched).toContain(
      'High of day 0 106.00, touched at 03:45, not traded through. (formed 00:20, known 03:20)',
    );
  });
});

const OPPOSITES: readonly (readonly [string, string])[] = [
  ['up', 'down'],
  ['above', 'below'],
  ['high', 'low'],
  ['highs', 'lows'],
  ['higher', 'lower'],
  ['HH', 'LL'],
  ['HL', 'LH'],
  ['bullish', 'bearish'],
  ['Long', 'Short'],
];
const TURNED = new Map(OPPOSITES.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]));

/** Words become their opposites, prices (80 and more on these tapes, unlike any distance) their mirror; times stay. */
function turned(sentence: string): string {
  if (sentence === NO_POOL) return sentence; // of both sides
  const words = sentence.replace(/[A-Za-z]+/g, (word) => TURNED.get(word) ?? word);
  const prices = words.replace(/(?<![\d:.])(?:[89]\d|1\d\d)(?:\.\d+)?(?!\d|:\d)/g, (price) =>
    (MIRROR - Number(price)).toFixed(price.split('.')[1]?.length ?? 0),
  );
  return prices.replace(/gap (\S+) to ([\d.]+)/, 'gap $2 to $1');
}
