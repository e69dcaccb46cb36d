import { describe, expect, it } from 'vitest';
import type { TradekitEvent } from '../../../src/core/domain/events/events.ts';
import { eventLine } from '../../../src/core/views/event-line.ts';
import { textWidth } from '../../../src/core/views/text-width.ts';
import {
  makeCancelled,
  makeClosed,
  makeFilled,
  makeNoPlan,
  makePlaced,
  makePlan,
  makeRejected,
  makeSignal,
  makeValidated,
} from '../domain/performance/make-event.ts';
import { OPEN_AT } from '../domain/performance/make-trade.ts';

function draw(event: TradekitEvent, own: { verbose?: boolean; width?: number; colour?: boolean } = {}) {
  return eventLine(event, {
    style: { width: own.width ?? 100, colour: own.colour ?? false },
    zone: 'Asia/Kolkata',
    money: { currency: 'INR', minorDigits: 2 },
    decimalsOf: () => 2,
    verbose: own.verbose ?? false,
  });
}

describe('event lines', () => {
  it('show orders, fills, cancellations and closes in exchange time', () => {
    expect(draw(makePlaced())).toBe(
      '07-06 09:20  INFY         → order       buy 100 market, at most 1002.50',
    );
    expect(draw(makePlaced({ side: 'sell', price: 997.5 }))).toContain('sell 100 market, at least 997.50');
    expect(draw(makePlaced({ kind: 'limit', price: 995 }))).toContain('buy 100 limit, at 995.00');
    // charges 20 + 0.35
    expect(draw(makeFilled())).toBe('07-06 09:20  INFY         ▲ bought      100 @ 1000.20  charges ₹20.35');
    expect(draw(makeFilled({ side: 'sell' }))).toContain('▼ sold');
    expect(draw(makeCancelled())).toBe(
      '07-06 09:20  INFY         × cancelled   buy market: price moved away',
    );
    expect(draw(makeClosed())).toBe(
      '07-06 09:50  INFY         + target      +₹1,914.50  +1.53 R  long 1000.20 → 1020.00  Breakout',
    );
  });

  it('tell loss from gain without colour', () => {
    const lost = draw(makeClosed({ netPnl: -1250, pnlR: -1, exitReason: 'stop', exitPrice: 990 }));
    expect(lost).toContain('- stop        -₹1,250.00  -1.00 R');
    expect(draw(makeClosed({ netPnl: 0, pnlR: 0 }))).toContain('= target      ₹0.00  0.00 R');
  });

  it('keep the rest for --verbose', () => {
    const quiet = [makeSignal(), makePlan(), makeNoPlan(), makeValidated(), makeRejected('LOCKED', [])];
    for (const event of quiet) expect(draw(event)).toBeUndefined();
    expect(quiet.map((event) => draw(event, { verbose: true, width: 120 })?.slice(26))).toEqual([
      '? signal      long @ 1000.00  5m Breakout',
      '· plan        long market 1000.00, stop 990.00, target 1020.00, reward:risk 2.00',
      '· no plan     no target pays enough',
      '· validated   100 units, risk ₹1,250.00 (0.13 %)',
      '· rejected    traded this session already',
    ]);
  });

  it('say which rule rejected, with its reading and limit', () => {
    const check = { rule: 'reward-risk', value: 1.23456, limit: 1.5, pass: false };
    expect(draw(makeRejected('REWARD_RISK', [check]), { verbose: true })).toContain(
      'reward:risk too small (reward-risk: 1.2346, limit 1.5)',
    );
  });

  it('show candles and marks when verbose', () => {
    const candle = {
      id: `INFY/1m/${OPEN_AT}`,
      v: 1,
      type: 'CANDLE_CLOSED',
      at: OPEN_AT + 60_000,
      symbol: 'INFY',
      openAt: OPEN_AT,
      timeframe: '1m',
      open: 1,
      high: 2,
      low: 0.5,
      close: 1.5,
      volume: 1200,
    } as const;
    expect(draw(candle, { verbose: true })).toBe(
      '07-06 09:16  INFY         · candle 1m   1.00 2.00 0.50 1.50  volume 1,200',
    );
    const mark = { id: 'x', v: 1, type: 'SESSION_CLOSED', at: OPEN_AT, session: '2015-07-06' } as const;
    expect(draw(mark, { verbose: true })).toContain('─ session     2015-07-06 closes');
    expect(draw({ id: 'x', v: 1, type: 'FEED_ENDED', at: OPEN_AT }, { verbose: true })).toContain(
      'data ended  2015-07-06',
    );
  });

  it('show seconds where there are any', () => {
    expect(draw(makePlaced({ at: OPEN_AT + 30_000 }))?.slice(0, 14)).toBe('07-06 09:15:30');
  });

  it('stay within the width and show what a symbol would do to a terminal', () => {
    const line =
      draw(makeClosed({ symbol: '\u001b[2J\u202e', strategy: 'x'.repeat(200) }), { width: 80 }) ?? '';
    expect(textWidth(line)).toBeLessThanOrEqual(80);
    expect(line).toContain('\\u{1b}[2J\\u{202e}');
    expect(line).not.toContain('\u001b');
  });
});
