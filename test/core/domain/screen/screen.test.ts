import { describe, expect, it } from 'vitest';
import { createCandleView } from '../../../../src/core/domain/market/candle.ts';
import { createScreen } from '../../../../src/core/domain/screen/screen.ts';
import { MINUTE, markOf, SESSION_MINUTES } from '../../../desk.ts';
import { strategiesOf } from '../../../run-engine.ts';

/** Minutes are counted from the open of a session at 0; the next session opens a day later. */
const DAY = 24 * 60;

function strategy(over: object = {}) {
  return {
    strategy_name: 'above',
    entry_direction: 'LONG',
    timeframes: ['5m'],
    logic: { operator: 'AND', rules: [{ indicator: 'close', condition: '>', value: 100 }] },
    plan: { stop: { ticks: 10 }, target: { r: 2 } },
    ...over,
  };
}

/** A screen of one or two symbols, and what it fired: `symbol@minute`. */
function open(strategies: readonly object[], symbols: readonly string[] = ['ACME']) {
  const screen = createScreen({
    symbols: symbols.map((symbol) => ({ symbol, hasVolume: true })),
    baseTimeframeMs: MINUTE,
    strategies: strategiesOf(strategies),
    traces: true,
  });
  const fired: string[] = [];
  const traces: string[] = [];
  const view = createCandleView(0);
  const of = {
    fired,
    traces,
    session(day = 0, fromMinute = 0) {
      const mark = markOf(
        'SESSION_OPENED',
        (day * DAY + fromMinute) * MINUTE,
        `2015-07-0${6 + day}`,
        day * DAY * MINUTE,
      );
      screen.onMark(mark);
      return of;
    },
    /** Closes of candles that open at these minutes: one instant each, at the candle's close. */
    candles(from: number, closes: readonly number[], slot = 0) {
      for (const [i, close] of closes.entries()) {
        const openAt = (from + i) * MINUTE;
        Object.assign(view, {
          slot,
          openAt,
          closeAt: openAt + MINUTE,
          open: close,
          high: close,
          low: close,
          close,
          volume: 10,
        });
        screen.onCandle(view, view.closeAt);
        of.instant(from + i + 1);
      }
      return of;
    },
    instant(minute: number) {
      for (const signal of screen.evaluate(minute * MINUTE)) {
        fired.push(`${signal.symbol}@${minute}`);
        traces.push(signal.trace.map(({ condition, result }) => `${condition}: ${result}`).join());
        expect(signal.at).toBe(minute * MINUTE);
      }
      return of;
    },
  };
  return of;
}

describe('a higher timeframe', () => {
  it('is judged when its candle closes, and a forming one changes nothing', () => {
    const whole = open([strategy()]).session().candles(0, [99, 99, 99, 99, 101]);
    expect(whole.fired).toEqual(['ACME@5']);
    // 101 for four minutes of the next candle, then 99 at its close: it never held at a close.
    const forming = open([strategy()]).session().candles(0, [99, 99, 99, 99, 99, 101, 101, 101, 101]);
    expect(forming.fired).toEqual([]);
    expect(forming.candles(9, [99]).fired).toEqual([]);
  });

  it('closes late at the next instant of any symbol, which is then the signal’s instant', () => {
    const screen = open([strategy()], ['ACME', 'BETA']).session().candles(0, [101, 101, 101, 101]);
    expect(screen.fired).toEqual([]);
    screen.candles(5, [90], 1);
    expect(screen.fired).toEqual(['ACME@6']);
  });

  it('closes at a mark where no symbol trades', () => {
    const screen = open([strategy()])
      .session()
      .candles(SESSION_MINUTES - 5, [101, 101]);
    expect(screen.instant(SESSION_MINUTES).fired).toEqual([`ACME@${SESSION_MINUTES}`]);
  });

  it('judges only the later of two candles that close at one instant, and folds both', () => {
    // Nothing trades from minute 1 to 9: the candle of 0 to 5 closes at 10, together with that of 5 to 10.
    const screen = open([strategy({ trigger: 'level' })])
      .session()
      .candles(0, [101])
      .candles(9, [102]);
    expect(screen.fired).toEqual(['ACME@10']);
  });

  it('leaves out a candle that began before the feed did', () => {
    const screen = open([strategy({ trigger: 'level' })])
      .session(0, 3)
      .candles(3, [101, 101, 101, 101, 101, 101, 101]);
    expect(screen.fired).toEqual(['ACME@10']);
  });
});

describe('the trigger', () => {
  const held = [101, 101, 101, 101, 101];

  it('edge fires once while the logic holds, and again after it did not', () => {
    const screen = open([strategy({ timeframes: ['1m'] })])
      .session()
      .candles(0, [101, 102, 99, 101, 101]);
    expect(screen.fired).toEqual(['ACME@1', 'ACME@4']);
  });

  it('edge starts anew with each session', () => {
    const screen = open([strategy()]).session().candles(370, held).session(1).candles(DAY, held);
    expect(screen.fired).toEqual(['ACME@375', `ACME@${DAY + 5}`]);
  });

  it('level fires at every close while the logic holds', () => {
    const screen = open([strategy({ timeframes: ['1m'], trigger: 'level' })])
      .session()
      .candles(0, [101, 102, 99, 101]);
    expect(screen.fired).toEqual(['ACME@1', 'ACME@2', 'ACME@4']);
  });
});

describe('a strategy', () => {
  it('fires only on candles that start inside its session window', () => {
    // 09:15 + 5 is 09:20: candles that start at 09:20 and 09:21, not 09:19 or 09:22.
    const windowed = strategy({
      timeframes: ['1m'],
      trigger: 'level',
      session: { from: '09:20', to: '09:22' },
    });
    const screen = open([windowed]).session().candles(4, [101, 101, 101, 101]);
    expect(screen.fired).toEqual(['ACME@6', 'ACME@7']);
  });

  it('fires only for its symbols', () => {
    const own = strategy({ timeframes: ['1m'], symbols: ['BETA'] });
    const screen = open([own], ['ACME', 'BETA']).session().candles(0, [101], 0).candles(0, [101], 1);
    expect(screen.fired).toEqual(['BETA@1']);
  });

  it('does not fire on NOT over a reading that does not exist yet', () => {
    const rules = [{ operator: 'NOT', rules: [{ indicator: 'close', condition: '>', value: 'sma5' }] }];
    const never = strategy({ timeframes: ['1m'], logic: { operator: 'AND', rules } });
    const screen = open([never]).session().candles(0, [100, 100, 100, 100]);
    expect(screen.fired).toEqual([]);
    // The fifth close makes sma5 99.8 and close 99: NOT (close > sma5) holds.
    expect(screen.candles(4, [99]).fired).toEqual(['ACME@5']);
    expect(screen.traces).toEqual(['NOT close > sma5: true']);
  });

  it('starts its readings anew after a jump of scale between sessions', () => {
    const mean = strategy({
      timeframes: ['1m'],
      logic: { operator: 'AND', rules: [{ indicator: 'close', condition: '<', value: 'sma3' }] },
    });
    // 150 → 75 overnight: against the old mean every close would be below; the new one needs three closes first.
    const screen = open([mean])
      .session()
      .candles(0, [150, 150, 150])
      .session(1)
      .candles(DAY, [75, 75, 75, 74]);
    expect(screen.fired).toEqual([`ACME@${DAY + 4}`]);
    // A fall of 20 % or less is a move, not a jump.
    const fall = open([mean]).session().candles(0, [150, 150, 150]).session(1).candles(DAY, [121]);
    expect(fall.fired).toEqual([`ACME@${DAY + 1}`]);
  });
});

describe('found by review', () => {
  it('a rise at the earlier of two candles that close together is not lost', () => {
    // 0 to 5 rises above 100, 5 to 10 stays there; both are known at 10 only.
    const screen = open([strategy()]).session().candles(0, [101]).candles(9, [102]);
    expect(screen.fired).toEqual(['ACME@10']);
    // It fired, and holds still: at 15 nothing rises.
    expect(screen.candles(10, [103, 103, 103, 103, 103]).fired).toEqual(['ACME@10']);
  });

  it('a fall at the earlier of two candles that close together lets the later one rise', () => {
    const screen = open([strategy()]).session().candles(0, [101, 101, 101, 101, 101]);
    expect(screen.fired).toEqual(['ACME@5']);
    // 5 to 10 falls below 100, 10 to 15 rises again; both are known at 15 only.
    expect(screen.candles(5, [99]).candles(14, [102]).fired).toEqual(['ACME@5', 'ACME@15']);
  });

  it('a symbol whose data begins inside a session is as one whose feed begins there', () => {
    const level = strategy({
      trigger: 'level',
      logic: { operator: 'AND', rules: [{ indicator: 'close', condition: '>=', value: 'vwap' }] },
    });
    const screen = open([level], ['ACME', 'BETA']).session().candles(0, [101, 101, 101], 0);
    // BETA begins at 3: its candle 0 to 5 is partial, and its vwap undefined to the session's end.
    screen.candles(3, [50, 51, 52, 53, 54, 55, 56], 1);
    expect(screen.fired.filter((of) => of.startsWith('BETA'))).toEqual([]);
    screen.session(1).candles(DAY, [50, 51, 52, 53, 54], 1);
    expect(screen.fired.at(-1)).toBe(`BETA@${DAY + 5}`);
    // One whose data begins at the very open misses nothing.
    const whole = open([level]).session().candles(0, [50, 51, 52, 53, 54]);
    expect(whole.fired).toEqual(['ACME@5']);
  });
});
