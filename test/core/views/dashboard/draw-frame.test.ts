import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../../../src/core/domain/events/decode.ts';
import type { TradekitEvent } from '../../../../src/core/domain/events/events.ts';
import { createDashboard, type Dashboard } from '../../../../src/core/views/dashboard/controller.ts';
import { createRunFold } from '../../../../src/core/views/dashboard/fold/run-fold.ts';
import { FIRST_UI, VIEWS, type View } from '../../../../src/core/views/dashboard/ui.ts';
import { textWidth } from '../../../../src/core/views/text-width.ts';
import { aroundAt, busyInstant, feed, foldUpTo, recordedSettings } from '../../../dashboard/recorded.ts';
import { recordedRun } from '../../../recorded-run.ts';
import { strategiesOf } from '../../../run-engine.ts';

const SIZES = [
  [60, 16],
  [80, 24],
  [100, 30],
  [149, 40],
  [150, 50],
  [200, 60],
] as const;

function frame(dashboard: Dashboard, view: View, [width, height]: readonly [number, number], colour = false) {
  dashboard.press({ character: String(VIEWS.indexOf(view) + 1) });
  return dashboard.frame({ width, height, colour });
}

describe('a picture', () => {
  let busy: Dashboard;
  let halted: Dashboard;
  let empty: Dashboard;
  beforeAll(async () => {
    const n = await busyInstant();
    const fold = await foldUpTo(n);
    const common = { canHalt: true, onEffect: () => {} };
    busy = createDashboard({ ...common, fold, around: () => aroundAt(n) });
    halted = createDashboard({ ...common, fold, around: () => aroundAt(n, 'fat finger') });
    empty = createDashboard({
      ...common,
      fold: createRunFold(await recordedSettings()),
      around: () => aroundAt(0),
    });
  });

  it('says of a signal which conditions were not needed, as no failed ones', async () => {
    const lines = (await recordedRun()).map(({ position, line }) => ({ position, event: decode(line) }));
    const signal = lines.find(({ event }) => event.type === 'POTENTIAL_SIGNAL');
    if (signal?.event.type !== 'POTENTIAL_SIGNAL') return expect.unreachable('no signal was recorded');
    const fold = createRunFold(await recordedSettings());
    const trace = [
      { condition: 'hammer', result: 'true', values: {} },
      { condition: 'bullish_engulfing', result: 'false', values: {} },
    ] as const;
    fold.take([{ n: signal.position.n, event: { ...signal.event, trace }, recordedAt: 0 }]);
    const dashboard = createDashboard({
      fold,
      around: () => aroundAt(signal.position.n),
      canHalt: false,
      onEffect: () => {},
      ui: { ...FIRST_UI, view: 'detail', subject: signal.event.correlationId },
    });
    const text = dashboard.frame({ width: 100, height: 30, colour: false }).join('\n');
    expect(text).toMatch(/✓ hammer *\n +· bullish_engulfing: not held, not needed/);
    expect(text).not.toContain('✗');
  });

  it('says of a strategy outside its session window that this is what it lacks', async () => {
    const strategies = strategiesOf([
      {
        strategy_name: 'first minute',
        entry_direction: 'LONG',
        timeframes: ['1m'],
        session: { from: '09:15', to: '09:16' },
        logic: { operator: 'AND', rules: [{ indicator: 'close', condition: '>', value: 0 }] },
      },
    ]);
    const fold = createRunFold({ ...(await recordedSettings()), strategies });
    feed(
      fold,
      (await recordedRun()).filter(({ position }) => position.n <= 60),
    );
    const dashboard = createDashboard({
      fold,
      around: () => aroundAt(60),
      canHalt: false,
      onEffect: () => {},
    });
    const text = frame(dashboard, 'watch', [100, 30]).join('\n');
    expect(text).toContain('1/1 ▲ first minute');
    expect(text).toContain('lacks a candle inside its session 09:15 to 09:16');
    expect(text).not.toContain('all conditions hold');
  });

  it.each(SIZES)('fills %i columns and %i lines in every view, and no line is wider', (...size) => {
    for (const dashboard of [busy, halted, empty]) {
      for (const view of VIEWS) {
        const lines = frame(dashboard, view, size);
        expect(lines, view).toHaveLength(size[1]);
        for (const line of lines) expect(textWidth(line), `${view}: ${line}`).toBeLessThanOrEqual(size[0]);
      }
    }
  });

  it.each(VIEWS)('cuts no line of %s at 80 by 24', (view) => {
    expect(frame(busy, view, [80, 24]).filter((line) => line.includes('…'))).toEqual([]);
    expect(frame(halted, view, [80, 24]).filter((line) => line.includes('…'))).toEqual([]);
  });

  it.each(['run', 'display'] as const)(
    'cuts no line of the help, which says that p pauses the %s',
    async (pauses) => {
      const common = {
        fold: await foldUpTo(1),
        around: () => aroundAt(1),
        canHalt: true,
        onEffect: () => {},
      };
      const dashboard = createDashboard({ ...common, pauses });
      dashboard.press({ character: 'p' }, { character: '?' });
      const lines = dashboard.frame({ width: 80, height: 24, colour: false });
      expect(lines.filter((line) => line.includes('…'))).toEqual([]);
      expect(lines.find((line) => line.startsWith('  p '))).toContain(`pause the ${pauses}`);
      expect(lines[1]).toContain(pauses === 'run' ? '‖ paused' : '● running  ‖ display paused');
      expect(lines.at(-1)).toContain('p go on  . step');
    },
  );

  it.each(VIEWS)('says in %s with colour what it says without', (view) => {
    const painted = frame(busy, view, [80, 24], true);
    expect(painted.join('\n')).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken off
    expect(painted.map((line) => line.replace(/\u001b\[[0-9;]*m/g, ''))).toEqual(frame(busy, view, [80, 24]));
  });

  it('has no escape where there is no colour', () => {
    for (const view of VIEWS) expect(frame(halted, view, [80, 24]).join('')).not.toContain('\u001b');
  });

  it('shows the kill switch over the whole width, in every view, as long as it is set', () => {
    for (const view of VIEWS) {
      const lines = frame(halted, view, [80, 24]);
      expect(lines.filter((line) => line === '█'.repeat(80))).toHaveLength(2);
      expect(lines.join('\n')).toContain('KILL SWITCH SET: no new entry, exits go on  fat finger');
      expect(frame(busy, view, [80, 24]).join('\n')).not.toContain('KILL SWITCH SET');
    }
  });

  it('shows what was said of the run last, in one line or two, and everything else still', async () => {
    const n = await busyInstant();
    for (const text of [
      'exec: process 48213 died of SIGKILL; starting it again in 0.25 s.',
      'exec: run 2026-07-06-091500 on redis://localhost:6379, from instant 1,234, epoch 2, process 48213.',
      `log: ${'far too much to say '.repeat(20)}`,
    ]) {
      const noticing = createDashboard({
        fold: await foldUpTo(n),
        around: () => aroundAt(n),
        notice: () => ({ text, at: aroundAt(n).now - 4000 }),
        canHalt: true,
        onEffect: () => {},
      });
      const lines = frame(noticing, 'now', [80, 24]);
      const from = lines.findIndex((line) => line.startsWith('Notice    '));
      const to = lines.findIndex((line) => line.startsWith('Positions'));
      const said = lines.slice(from, to).map((line) => line.slice(10));
      expect(`4s ago: ${text}`.startsWith(said.join(' '))).toBe(true);
      if (text.length < 120) expect(said.join(' ')).toBe(`4s ago: ${text}`);
      else expect(said).toHaveLength(2);
      expect(lines.slice(-6, -1).every((line) => /^ {2}\d\d:\d\d /.test(line))).toBe(true);
      const { positions } = noticing.figures;
      expect(positions.length).toBeGreaterThan(1);
      for (const { symbol } of positions)
        expect(lines.some((line) => line.includes(symbol) && line.includes('→'))).toBe(true);
    }
  });

  it('names times under the chart whole, also where few candles are there', async () => {
    for (const n of [3, 70]) {
      const common = { around: () => aroundAt(n), canHalt: true, onEffect: () => {} };
      const times = frame(createDashboard({ ...common, fold: await foldUpTo(n) }), 'chart', [80, 24]).at(-3);
      // 2015-07-06 opens at 09:15; twelve columns of five minutes are an hour.
      expect(times).toBe(n === 3 ? '09:15' : '09:15       10:15');
    }
  });

  it('is a note where the terminal is too small', () => {
    expect(frame(busy, 'now', [59, 24])[0]).toContain('needs 60 columns');
    expect(frame(busy, 'now', [80, 10])).toHaveLength(10);
  });
});

/** Everything that a terminal obeys, or that draws over its neighbours. */
const HOSTILE = `\u001b]0;pwned\u0007\u001b[2J\u001b[31mX\u202eevil\u202c\u200b\r\n\t\u009b1m👩‍👩‍👧‍👦🚀${'W'.repeat(200)}`;

describe('hostile text', () => {
  const hostile = (event: TradekitEvent, symbol: string): TradekitEvent =>
    ({ ...event, symbol }) as TradekitEvent;

  it('never reaches the terminal raw, in no view, whatever bears it', async () => {
    const settings = await recordedSettings();
    const [first] = settings.instruments;
    const symbol = first?.symbol ?? '';
    const bad = `${symbol}${HOSTILE}`;
    const instruments = settings.instruments.map((of) =>
      of.symbol === symbol ? { ...of, symbol: bad } : of,
    );
    const fold = createRunFold({ ...settings, id: HOSTILE, instruments, doubts: [HOSTILE] });
    const whole = await foldUpTo(await busyInstant());
    const events = (await recordedRun()).filter(({ position }) => position.n <= whole.n);
    fold.take(
      events.map(({ line, position }) => {
        const event = decode(line);
        return {
          n: position.n,
          recordedAt: 0,
          event: spoil('symbol' in event && event.symbol === symbol ? hostile(event, bad) : event),
        };
      }),
    );
    for (const colour of [false, true]) {
      for (const view of VIEWS) {
        for (const query of ['', '\u001b[31m', symbol]) {
          const ui = { ...FIRST_UI, view, query, isTyping: query !== '' };
          const around = () => aroundAt(whole.n, HOSTILE);
          const dashboard = createDashboard({ fold, around, canHalt: true, onEffect: () => {}, ui });
          const lines = dashboard.frame({ width: 80, height: 24, colour });
          // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours
          const shown = lines.map((line) => line.replace(/\u001b\[\d+m/g, ''));
          expect(shown.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          for (const line of shown) expect(textWidth(line)).toBeLessThanOrEqual(80);
        }
      }
    }
  });
});

/** Spoils every text of others that a view may show. */
function spoil(event: TradekitEvent): TradekitEvent {
  const texts = ['strategy', 'reason', 'exitReason', 'timeframe', 'kind', 'session'];
  const spoilt = Object.fromEntries(
    Object.entries(event).map(([key, value]) => [key, texts.includes(key) ? `${value}${HOSTILE}` : value]),
  );
  if ('trace' in event)
    spoilt['trace'] = event.trace.map((of) => ({ ...of, condition: HOSTILE, why: HOSTILE }));
  if ('reasons' in event)
    spoilt['reasons'] = event.reasons.map((of) => ({ ...of, text: HOSTILE, code: HOSTILE }));
  if ('checks' in event)
    spoilt['checks'] = event.checks.map((of) => ({ ...of, rule: HOSTILE, value: HOSTILE }));
  if ('fees' in event) spoilt['fees'] = { [HOSTILE]: 1, ...event.fees };
  return spoilt as unknown as TradekitEvent;
}
