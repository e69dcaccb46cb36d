import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStrategiesFile } from '../../../../src/core/config/strategies-file.ts';
import type { TraceItem } from '../../../../src/core/domain/events/events.ts';
import { PROJECT } from '../../../shared.ts';
import { type Drawn, path, tape } from './make-tape.ts';
import { runProgram } from './run-program.ts';

const SHIPPED = readStrategiesFile(join(PROJECT, 'strategies.json'));

/** A tape that makes a strategy fire on its last candle, and tapes that differ in one candle and do not. */
type Scenario = {
  readonly fires: readonly Drawn[];
  /** What no longer holds, as the long strategy says it, and the tape with one candle changed. */
  readonly nearMisses: readonly (readonly [failing: readonly string[], drawn: readonly Drawn[]])[];
};

/** The tape with one candle drawn otherwise; -1 is the last. */
function but(drawn: readonly Drawn[], at: number, candle: Drawn): readonly Drawn[] {
  return drawn.with(at, candle);
}

const quiet = (count: number): readonly Drawn[] =>
  Array.from({ length: count }, () => [100, 101, 99, 100, 1_000]);
/** Closes that rise by 0.5: ema9 runs above ema20, the close above both. The last close is 114.5. */
const rising = path(Array.from({ length: 30 }, (_, k) => 100 + k / 2));
/** Body 0.2, lower wick 1.8, no upper wick. */
const pinbar = (close: number, volume = 1_000): Drawn => [close - 0.2, close, close - 2, close, volume];

const reclaim: readonly Drawn[] = [
  ...quiet(20),
  [100, 100.5, 98.5, 99, 1_000],
  [98.9, 101.2, 98.8, 101, 2_500],
];
const pullback: readonly Drawn[] = [...rising, pinbar(115)];
const breakout: readonly Drawn[] = [...quiet(20), [100.5, 102.5, 100.4, 102, 2_000]];
const climax: readonly Drawn[] = [...rising, pinbar(115, 3_000)];

/** Low 89 on candle 3, high 111 on candle 9, known on 12; a falling candle; a rising one that covers it. */
const middles = [96, 94, 92, 90, 94, 98, 102, 105, 108, 110, 109, 108, 107];
const retest: readonly Drawn[] = [
  ...middles.map((middle): Drawn => [middle, middle + 1, middle - 1, middle]),
  [107.5, 108, 106.5, 107],
  [106.9, 112.5, 106.5, 112],
];

/** A plunge to 80, a rally, a slow slide to 79.5 (candle 40), and a sharp turn that lifts ema9 over ema20. */
const sway = Array.from({ length: 18 }, (_, k) => 100 + (k % 2));
const plunge = [95, 90, 85, 80, 88, 96, 103, 106];
const slide = [105, 103, 101, 99, 97, 95, 93, 91, 89, 87, 85, 83, 81, 80.5, 79.5];
const divergence = [...sway, ...plunge, ...slide, 95, 105, 115, 120].map(
  (close): Drawn => [close, close + 0.25, close - 0.25, close, 1_000],
);
const lowAt = sway.length + plunge.length + slide.length - 1;

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  vwap_reclaim: {
    fires: reclaim,
    nearMisses: [
      // A long upper wick lifts the typical price, and with it vwap, over the close.
      [['close > vwap'], but(reclaim, -1, [98.9, 104, 98.8, 100, 2_500])],
      [['rvol >= 2'], but(reclaim, -1, [98.9, 101.2, 98.8, 101, 1_999])],
    ],
  },
  ema_pullback: {
    fires: pullback,
    nearMisses: [
      // A spike long ago is remembered longer by ema20 than by ema9.
      [['ema9 > ema20'], but(pullback, 12, [105.5, 410, 105.5, 406, 1_000])],
      [['close > ema9'], but(pullback, -1, pinbar(111))],
      [['pinbar(long)'], but(pullback, -1, [114.8, 115, 114.45, 115, 1_000])],
    ],
  },
  opening_range_breakout: {
    fires: breakout,
    nearMisses: [
      [['close > orb_high'], but(breakout, -1, [100.5, 102.5, 100.4, 101, 2_000])],
      // rvol ≥ 1.5 and a spike of 1.5 are one condition: they fail together.
      [['volume_spike == true', 'rvol >= 1.5'], but(breakout, -1, [100.5, 102.5, 100.4, 102, 1_499])],
    ],
  },
  breakout_retest: {
    fires: retest,
    nearMisses: [
      [['close > prev_swing_high'], but(retest, -1, [106.9, 112.5, 106.5, 111])],
      // (111 - 102.5) ÷ 22 = 0.386
      [['pullback_depth <= 0.382'], but(retest, -2, [107.5, 108, 102.5, 107])],
      [['bullish_engulfing'], but(retest, -1, [107.1, 112.5, 106.5, 112])],
    ],
  },
  rsi_divergence: {
    fires: divergence,
    nearMisses: [
      [['bullish_rsi_div == true'], but(divergence, lowAt, [80, 80.25, 79.75, 80, 1_000])],
      [['ema9 > ema20'], but(divergence, -1, [81, 81.25, 80.75, 81, 1_000])],
    ],
  },
  volume_climax_reversal: {
    fires: climax,
    nearMisses: [
      [['climax_volume == true'], but(climax, -1, pinbar(115, 2_999))],
      // Mean before: (19 × 1,000 + 3,900) ÷ 20 = 1,145; three times that is 3,435: enough, but 3,900 was more.
      [
        ['climax_volume == true'],
        but(but(climax, 20, withVolume(climax[20], 3_900)), -1, pinbar(115, 3_500)),
      ],
      [['pinbar(long)'], but(climax, -1, [114.8, 115, 114.45, 115, 3_000])],
      [['close > ema9'], but(climax, -1, pinbar(111, 3_000))],
    ],
  },
};

function withVolume(candle: Drawn | undefined, volume: number): Drawn {
  const [open, high, low, close] = candle ?? [0, 0, 0, 0];
  return [open, high, low, close, volume];
}

/** Everything upside down, for the short mirror. */
function mirrored(drawn: readonly Drawn[]): readonly Drawn[] {
  const turned = (price: number) => 500 - price;
  return drawn.map(([open, high, low, close, volume]) => [
    turned(open),
    turned(low),
    turned(high),
    turned(close),
    volume ?? 0,
  ]);
}

/** The words of a short strategy in those of its long mirror. */
function asLong(condition: string): string {
  const words = {
    orb_low: 'orb_high',
    prev_swing_low: 'prev_swing_high',
    'pullback_depth(short)': 'pullback_depth',
    'pinbar(short)': 'pinbar(long)',
    bearish: 'bullish',
  };
  const turned = condition.startsWith('pullback') ? condition : condition.replace('<', '>');
  return Object.entries(words).reduce((text, [short, long]) => text.replace(short, long), turned);
}

/** Truth and conditions that do not hold, at the last candle. */
function outcome(name: string, drawn: readonly Drawn[]) {
  const strategy = SHIPPED.find((each) => each.name === name);
  if (strategy === undefined) throw new Error(`no strategy ${name}`);
  const read = runProgram(strategy, [tape(drawn)], {
    read: (rule, at) => ({ truth: rule.evaluate(at), trace: rule.trace(at) }),
  });
  const { truth, trace } = read.at(-1) as { truth: number; trace: readonly TraceItem[] }; // what `read` gives
  return {
    truth,
    failing: trace.filter(({ result }) => result !== 'true').map(({ condition }) => asLong(condition)),
  };
}

describe('strategies.json as shipped', () => {
  it('has six strategies and a mirror of each', () => {
    const names = Object.keys(SCENARIOS).flatMap((name) => [`${name}_long`, `${name}_short`]);
    expect(SHIPPED.map(({ name }) => name).sort()).toEqual(names.sort());
    for (const { name, direction } of SHIPPED) expect(name.endsWith(`_${direction}`)).toBe(true);
  });

  it('leaves everything else at its default', () => {
    for (const strategy of SHIPPED) {
      expect(strategy).toMatchObject({
        timeframesMs: [300_000],
        trigger: 'edge',
        plan: { entry: 'market' },
        risk: {},
      });
      expect([strategy.symbols, strategy.session]).toEqual([undefined, undefined]);
    }
  });
});

describe.each(Object.entries(SCENARIOS))('%s', (name, { fires, nearMisses }) => {
  const sides = [
    [`${name}_long`, (drawn: readonly Drawn[]) => drawn],
    [`${name}_short`, mirrored],
  ] as const;

  it.each(sides)('fires: %s', (side, turn) => {
    expect(outcome(side, turn(fires))).toMatchObject({ truth: 1 });
  });

  describe.each(sides)('%s does not fire', (side, turn) => {
    it.each(nearMisses)('without %j', (failing, drawn) => {
      expect(outcome(side, turn(drawn))).toEqual({ truth: 0, failing });
    });
  });
});

describe('conditions that another one settles', () => {
  it('vwap_reclaim: a volume of twice the mean is a spike already, so the engulfing candle is not needed', () => {
    const noEngulfing = but(reclaim, -1, [99.1, 101.2, 98.8, 101, 2_500]);
    expect(outcome('vwap_reclaim_long', noEngulfing)).toEqual({ truth: 1, failing: ['bullish_engulfing'] });
  });

  it('opening_range_breakout: no candle that starts before 09:20 can close above a range it belongs to', () => {
    const { truth, failing } = outcome('opening_range_breakout_long', [[100, 110, 99, 109, 9_000]]);
    expect(truth).toBe(0);
    expect(failing).toEqual(expect.arrayContaining(['time >= 09:20', 'close > orb_high']));
  });
});
