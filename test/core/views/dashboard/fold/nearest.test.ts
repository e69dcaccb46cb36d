import { describe, expect, it } from 'vitest';
import { createNearest } from '../../../../../src/core/views/dashboard/fold/nearest.ts';
import { recordedSettings } from '../../../../dashboard/recorded.ts';
import { MINUTE, markOf } from '../../../../desk.ts';
import { strategiesOf } from '../../../../run-engine.ts';

const STRATEGIES = strategiesOf([
  {
    strategy_name: 'over vwap',
    entry_direction: 'LONG',
    timeframes: ['1m'],
    logic: {
      operator: 'AND',
      rules: [
        { indicator: 'close', condition: '>', value: 'vwap' },
        { indicator: 'close', condition: '>', value: 1000 },
      ],
    },
  },
]);

async function open(strategies = STRATEGIES) {
  const settings = await recordedSettings();
  const nearest = createNearest(settings, strategies);
  const symbol = settings.instruments[0]?.symbol ?? '';
  nearest.onMark(markOf('SESSION_OPENED', 0));
  nearest.endInstant();
  function candle(minute: number, openPrice: number, close: number): void {
    const high = Math.max(openPrice, close);
    const low = Math.min(openPrice, close);
    const openAt = minute * MINUTE;
    nearest.onCandle({
      slot: 0,
      openAt,
      closeAt: openAt + MINUTE,
      open: openPrice,
      high,
      low,
      close,
      volume: 10,
    });
  }
  return { nearest, candle, of: () => nearest.of(symbol) };
}

describe('nearest', () => {
  it('says what a strategy lacked at the last close of its timeframe', async () => {
    const { nearest, candle, of } = await open();
    candle(0, 100, 101);
    nearest.endInstant();
    expect(of()).toMatchObject([{ strategy: 'over vwap', at: MINUTE, held: 1, conditions: 2 }]);
    expect(of()[0]?.missing.map(({ condition }) => condition)).toEqual(['close > 1000']);
  });

  it('is reckoned once a judgement, however many pictures are drawn of it', async () => {
    const { nearest, candle, of } = await open();
    candle(0, 100, 101);
    nearest.endInstant();
    const [first] = of();
    expect(of()[0]).toBe(first);
    candle(1, 101, 90);
    nearest.endInstant();
    expect(of()).toMatchObject([{ at: 2 * MINUTE, held: 0 }]);
  });

  it('judges a candle by the session it closed in, where the next one opens at the same instant', async () => {
    const { nearest, candle, of } = await open();
    candle(0, 100, 100);
    nearest.endInstant();
    candle(374, 100, 101);
    nearest.onMark(markOf('SESSION_CLOSED', 375 * MINUTE));
    nearest.onMark(markOf('SESSION_OPENED', 375 * MINUTE, '2015-07-07'));
    nearest.endInstant();
    expect(of()).toMatchObject([{ at: 375 * MINUTE, held: 1 }]);
  });

  it('names a strategy once, also after prices jumped to another scale', async () => {
    const { nearest, candle, of } = await open();
    candle(0, 100, 101);
    nearest.onMark(markOf('SESSION_OPENED', 400 * MINUTE, '2015-07-07'));
    nearest.endInstant();
    candle(400, 10, 11);
    nearest.endInstant();
    expect(of()).toHaveLength(1);
    expect(of()[0]?.at).toBe(401 * MINUTE);
  });

  it('names the session window that keeps a strategy from firing, where its candle began outside of it', async () => {
    // The session opens at 09:15: its second minute is the only one of the window.
    const late = strategiesOf([
      {
        strategy_name: 'late',
        entry_direction: 'LONG',
        timeframes: ['1m'],
        session: { from: '09:16', to: '09:17' },
        logic: { operator: 'AND', rules: [{ indicator: 'close', condition: '>', value: 100 }] },
      },
    ]);
    const { nearest, candle, of } = await open(late);
    const seen = [0, 1, 2].map((minute) => {
      candle(minute, 100, 101);
      nearest.endInstant();
      return of()[0]?.outside;
    });
    const window = { fromMs: (9 * 60 + 16) * MINUTE, toMs: (9 * 60 + 17) * MINUTE };
    expect(seen).toEqual([window, undefined, window]);
    expect(of()).toMatchObject([{ held: 1, conditions: 1, missing: [] }]);
  });
});
