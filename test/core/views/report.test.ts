import { describe, expect, it } from 'vitest';
import { createConditionTally } from '../../../src/core/domain/performance/condition-tally.ts';
import { createFunnel } from '../../../src/core/domain/performance/funnel.ts';
import { diagnoseNoTrade } from '../../../src/core/domain/performance/no-trade.ts';
import type { BacktestResult } from '../../../src/core/domain/performance/result.ts';
import { createRuleTally } from '../../../src/core/domain/performance/rule-tally.ts';
import type { Trade } from '../../../src/core/domain/trading/trade.ts';
import { drawReport } from '../../../src/core/views/report.ts';
import { drawRunSummary } from '../../../src/core/views/run-summary.ts';
import { textWidth } from '../../../src/core/views/text-width.ts';
import { makePlan, makeRejected, makeSignal } from '../domain/performance/make-event.ts';
import { MINUTE_MS, makeTrade, OPEN_AT } from '../domain/performance/make-trade.ts';
import { makeResult } from './make-result.ts';

const draw = (result: BacktestResult, width = 100) => drawReport(result, { width, colour: false });

/** One figure's line, found by how it begins. */
function line(report: string, start: string): string {
  return report.split('\n').find((of) => of.trimStart().startsWith(start)) ?? `no line begins with ${start}`;
}

/** The block under a title. */
function section(report: string, title: string): readonly string[] {
  const lines = report.split('\n');
  const from = lines.indexOf(title);
  if (from < 0) return [];
  const end = lines.indexOf('', from);
  return lines.slice(from + 1, end);
}

/** Won ₹960.00, lost ₹560.00, in this order, on ₹10,00,000.00. */
const TWO: readonly Trade[] = [
  makeTrade({ grossPnl: 100_000, fees: { brokerage: 4_000 }, riskPct: 0.8 }),
  makeTrade({
    grossPnl: -50_000,
    slippage: 2_000,
    fees: { brokerage: 3_000, stt: 1_000 },
    exitReason: 'stop',
    strategy: 'Retest',
    direction: 'short',
    symbol: 'TCS',
    entryAt: OPEN_AT + 60 * MINUTE_MS,
    exitAt: OPEN_AT + 70 * MINUTE_MS,
    riskPct: 0.4,
    ambiguous: 1,
  }),
];

describe('backtest report', () => {
  const report = draw(makeResult(TWO));

  it('names what is traded also where no file was read', () => {
    const plain = makeResult([]);
    const symbols = ['AAA', 'BBB', 'CCC', 'DDD', 'EEE'];
    const titled = draw({ ...plain, data: [], assumptions: { ...plain.assumptions, symbols } });
    expect(titled.split('\n')[0]).toBe('AAA, BBB, CCC, and 2 more · nse · 1m candles');
  });

  it('gives the verdict in the first twelve lines', () => {
    // net 960 − 560 = 400 = 0.04 %; R (0.96 − 0.56) ÷ 2 = 0.20, sd = √(2 × 0.76²) = 1.0748, ÷ √2 = 0.76
    // fall 560 from 1,000,960: 0.0559 %; profit factor 960 ÷ 560 = 1.714
    const top = report.split('\n').slice(0, 12).join('\n');
    expect(line(top, 'PROFIT')).toBe('PROFIT, on too little to judge (5 days).');
    expect(line(top, 'Net P&L')).toMatch(/\+₹400\.00 +\+0\.04 % of ₹10,00,000\.00$/);
    expect(line(top, 'Trades')).toMatch(/2 trades +win rate 50\.0 % \(95 %: 9\.5 to 90\.5\) · 1 won$/);
    expect(line(top, 'Expectancy')).toMatch(/\+0\.20 R ± 0\.76 +\+₹200\.00 a trade · profit factor 1\.71$/);
    expect(line(top, 'Max drawdown')).toMatch(/0\.06 % +-₹560\.00, 2015-07-06 to 2015-07-06, not made good$/);
    expect(line(top, 'Sharpe')).toMatch(/n\/a +under 20 sessions: 5 days$/);
    expect(line(top, 'Fills')).toMatch(/pessimistic +neutral: \+₹400\.00 · 1 ambiguous candle$/);
  });

  it('goes from gross through charges by item and slippage to net', () => {
    // gross 1,000 − 500; charges 40 + 40; slippage 20; costs 100 of 500
    expect(section(report, 'Gross to net').map((of) => of.trim())).toEqual([
      'gross P&L      ₹500.00',
      '- charges      -₹80.00  brokerage 70.00 · STT 10.00',
      '- slippage     -₹20.00',
      '= net P&L      ₹400.00  costs took 20.0 % of gross',
    ]);
  });

  it('shows each cut with the total under the strategies', () => {
    const lines = section(report, 'By strategy').filter((of) => !of.includes('No room here'));
    const rows = lines.map((of) => of.split(/ {2,}/).slice(1, 8));
    expect(rows).toEqual([
      ['trades', 'win', 'gross', 'charges', 'slippage', 'net ₹', 'R'],
      ['Breakout', '1', '100.0 %', '1,000.00', '40.00', '0.00', '960.00'],
      ['Retest', '1', '0.0 %', '-500.00', '40.00', '20.00', '-560.00'],
      ['total', '2', '50.0 %', '500.00', '80.00', '20.00', '400.00'],
    ]);
    for (const title of [
      'By exit reason',
      'By strategy × exit reason',
      'By symbol',
      'By direction',
      'By month of close',
      'By hour of entry',
    ]) {
      expect(section(report, title).length, title).toBeGreaterThan(1);
    }
    expect(section(report, 'By hour of entry').map((of) => of.trim().split(' ')[0])).toEqual([
      'trades',
      '09:00',
      '10:00',
    ]);
  });

  it('says once which columns have no room, and how wide a terminal has room for all of them', () => {
    const drawn = (width: number) => draw(makeResult(TWO), width).replaceAll(/\s+/g, ' ');
    const [, titles = '', width = ''] =
      /No room here for (.*?): a terminal of (\d+) columns/.exec(drawn(80)) ?? [];
    expect(drawn(80).match(/No room here/g)).toHaveLength(1);
    for (const title of titles.split(', ')) {
      expect(drawn(80).match(new RegExp(` ${title}\\b`, 'g'))?.length ?? 0, title).toBeLessThan(
        drawn(Number(width)).match(new RegExp(` ${title}\\b`, 'g'))?.length ?? 0,
      );
    }
    expect(drawn(Number(width))).not.toContain('No room here');
    expect(drawn(Number(width) - 1)).toContain('No room here');
  });

  it('shows the funnel with reasons and counts', () => {
    // per trade one rejected and one cancelled signal beside it
    expect(section(report, 'Funnel').map((of) => of.trim())).toEqual([
      'signals        6',
      '→ plans        6',
      '→ validated    4  lost 2: reward:risk too small 2',
      '→ filled       2  lost 2: price moved away 2',
      '→ closed       2  stop 1, target 1',
    ]);
  });

  it('says what was read, dropped and sorted', () => {
    const [, row = '', note] = section(report, 'Data');
    expect(row.trim().split(/ {2,}/)).toEqual([
      'INFY',
      '1,900',
      '1,875',
      '25',
      '3',
      '0',
      '5',
      '2015-07-06 09:15',
      '2015-07-10 15:29',
    ]);
    expect(note).toBe('  · INFY: dropped 10 exact duplicates, 15 outside sessions');
  });

  it('shows no time of a symbol that has no candle between --from and --to', () => {
    const { data, ...result } = makeResult(TWO);
    const none = data.map((of) => ({ ...of, symbol: 'AAA', candles: 0, firstAt: null, lastAt: null }));
    const report = draw({ ...result, data: [...none, ...data] }, 120);
    expect(report.split('\n')[0]).toBe('AAA, INFY · 2015-07-06 to 2015-07-10 · nse · 1m candles');
    expect(line(report, 'AAA  ').trim().split(/ {2,}/).slice(-2)).toEqual(['n/a', 'n/a']);
    expect(draw({ ...result, data: none }, 120).split('\n')[0]).toBe('AAA · nse · 1m candles');
  });

  it('keeps every figure of the data on 80 columns', () => {
    const lines = section(draw(makeResult(TWO), 80), 'Data').slice(0, 4);
    expect(lines.map((of) => of.trim().split(/ {2,}/))).toEqual([
      ['symbol', 'rows', 'used', 'dropped', 'sorted', 'missing', 'sessions'],
      ['INFY', '1,900', '1,875', '25', '3', '0', '5'],
      ['symbol', 'from', 'to'],
      ['INFY', '2015-07-06 09:15', '2015-07-10 15:29'],
    ]);
  });

  it('says once how files were read that are alike, and what holds of several symbols', () => {
    const result = makeResult(TWO);
    const [first] = result.data;
    if (first === undefined) throw new Error('no data');
    const reading = 'yyyyMMdd HH:mm:ss, zone Asia/Kolkata (the market’s), end stamps (detected)';
    const plain = { ...first, duplicates: 0, outsideSessions: 0, notes: ['no volume'] };
    const data = ['INFY', 'TCS'].map((symbol) => ({
      ...plain,
      symbol,
      files: [
        { path: 'both.csv', reading: 'epoch ms' },
        { path: `${symbol}.csv`, reading },
      ],
    }));
    expect(section(draw({ ...result, data }, 120), 'Data').slice(3)).toEqual([
      '  · both.csv: epoch ms',
      `  · INFY.csv, TCS.csv: ${reading}`,
      '  · INFY, TCS: no volume',
    ]);
  });

  it('breaks its title between words, set in', () => {
    const data = ['A', 'B', 'C'].map((letter) => ({
      ...makeResult(TWO).data[0],
      symbol: letter.repeat(12),
    })) as BacktestResult['data'];
    // 3 × 12 + 2 × 2 = 40, with their dots 27 of dates, 6 of the market and 13 of candles: 86 columns
    const [first, second] = draw({ ...makeResult(TWO), data }, 80).split('\n');
    expect(first).toBe('AAAAAAAAAAAA, BBBBBBBBBBBB, CCCCCCCCCCCC · 2015-07-06 to 2015-07-10 · nse · 1m');
    expect(second).toBe('  candles');
  });

  it('shows risk really taken, buy and hold, both models and the manifest', () => {
    // median of 0.8 and 0.4
    expect(line(report, 'risk taken')).toContain('0.60 %');
    expect(line(report, 'this account, net')).toContain('+0.04 %');
    expect(section(report, 'Against holding').at(-1)).toMatch(/INFY +\+2\.50 % +1000 +1025$/);
    expect(
      section(report, 'Fill models')
        .slice(1)
        .map((of) => of.trim().split(/ {2,}/).slice(0, 5)),
    ).toEqual([
      ['pessimistic', '2', '1', '50.0 %', '400.00'],
      ['neutral', '2', '1', '50.0 %', '400.00'],
    ]);
    expect(line(report, 'result')).toContain('eeeeeeee55555555');
  });

  it('shows a small risk with figures enough to hold it against its setting', () => {
    const { assumptions } = makeResult([]);
    const result = makeResult([makeTrade({ riskPct: 0.0049 })], {
      assumptions: { ...assumptions, riskPct: 0.005 },
    });
    expect(line(draw(result), 'risk taken')).toMatch(
      /0\.0049 % +of equity, median; the setting is 0\.005 %,/,
    );
  });

  it('says that costs ate the edge, and that the model decides the sign', () => {
    const lost = makeTrade({ grossPnl: 1_000, fees: { brokerage: 4_000 } });
    const text = draw(makeResult([lost], { beside: { model: 'neutral', trades: [makeTrade()] } }));
    expect(text.split('\n')[1]).toBe(
      'LOSS: costs ate the edge, gross was +₹10.00. The sign depends on the fill model.',
    );
  });

  it('shows only losses as losses', () => {
    const text = draw(makeResult([makeTrade({ grossPnl: -100_000 }), makeTrade({ grossPnl: -50_000 })]));
    expect(text.split('\n')[1]).toBe('LOSS: before costs too, gross was -₹1,500.00.');
    expect(line(text, 'Expectancy')).toContain('profit factor 0.00');
    expect(line(text, 'average win')).toMatch(/none +average loss -₹750\.00$/);
    expect(line(text, 'losing streak')).toContain('2 trades');
  });

  it('shows one trade without inventing an error or a profit factor', () => {
    const text = draw(makeResult([makeTrade()]));
    expect(line(text, 'Expectancy')).toMatch(
      /\+1\.00 R +\+₹1,000\.00 a trade · profit factor n\/a, no loss$/,
    );
    expect(section(text, 'By symbol')).toEqual([]);
    expect(section(text, 'Drawdown')).toEqual([]);
  });

  it('measures profit against chance from 20 days on', () => {
    const day = (d: number, grossPnl: number) => {
      const entryAt = OPEN_AT + d * 1440 * MINUTE_MS;
      return makeTrade({ entryAt, exitAt: entryAt + MINUTE_MS, grossPnl });
    };
    const steady = Array.from({ length: 40 }, (_, d) => day(d, d % 2 === 0 ? 200_000 : -100_000));
    // daily ratio ≈ 0.33, error ≈ √(1.05 ÷ 40) = 0.162: about 2.0 errors
    expect(draw(makeResult(steady, {}, 40)).split('\n')[1]).toMatch(
      /^PROFIT.*Sharpe is 2\.0 standard errors above zero\.$/,
    );
    // mean 25, sd 125 × √(40/39) = 126.6: 0.197 a day, error √(1.0195 ÷ 40) = 0.160: 1.2 errors
    const likely = Array.from({ length: 40 }, (_, d) => day(d, d % 2 === 0 ? 150_000 : -100_000));
    expect(draw(makeResult(likely, {}, 40)).split('\n')[1]).toMatch(
      /^PROFIT, but within chance: Sharpe is 1\.2 /,
    );
    const noisy = Array.from({ length: 40 }, (_, d) => day(d, d % 2 === 0 ? 110_000 : -100_000));
    expect(draw(makeResult(noisy, {}, 40)).split('\n')[1]).toMatch(
      /^PROFIT, but within chance: Sharpe is 0\.3 /,
    );
  });

  it('keeps every line within 80 and 120 columns, also of long tables and long names', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      makeTrade({
        strategy: `${'Very long name of a strategy '.repeat(3)}${i}`,
        symbol: `貴州茅台${i}`,
        grossPnl: -1e11 + i,
      }),
    );
    const warnings = [
      { code: 'data', text: 'x'.repeat(300) },
      ...Array(9).fill({ code: 'data', text: 'y' }),
    ] as const;
    for (const width of [80, 120]) {
      const text = draw(makeResult(many, { warnings }), width);
      for (const of of text.split('\n')) expect(textWidth(of), of).toBeLessThanOrEqual(width);
      expect(text).toContain('… and 56 more');
      expect(text).toContain('… and 5 more warnings');
    }
  });
});

describe('report of a run without trades', () => {
  it('names the rule that bound, how often, the nearest miss and what to try', () => {
    const funnel = createFunnel();
    const rules = createRuleTally();
    const checks = [{ rule: 'reward-risk', value: 1.42, limit: 1.5, pass: false }];
    for (let i = 0; i < 3; i += 1) {
      for (const event of [makeSignal(), makePlan(), makeRejected('REWARD_RISK', checks)]) {
        funnel.count(event);
        rules.count(event);
      }
    }
    const noTrade = diagnoseNoTrade({ funnel: funnel.read(), rules });
    const text = draw(makeResult([], { funnel: funnel.read(), noTrade }));
    expect(text.split('\n')[1]).toBe('NO TRADE.');
    expect(section(text, 'Why nothing traded').map((of) => of.trim())).toEqual([
      'bound most     reward:risk too small (REWARD_RISK): 3 of 3 signals, 100.0 %',
      'nearest miss   INFY 2015-07-06 09:20, Breakout: reward-risk 1.42, limit 1.5',
      'rule         plans that failed it  failed nothing else',
      'reward-risk                     3                    3',
      'try            A lower --min-rr or a wider target; --disable reward-risk shows what would have',
      'traded.',
    ]);
    expect(text).not.toContain('By strategy');
  });

  it('offers to switch off no rule where none bound', () => {
    for (const reason of ['square_off', 'SOMETHING_NEW']) {
      const lost = {
        ...createFunnel().read(),
        signals: 3,
        plans: 3,
        validated: 3,
        cancelled: { [reason]: 3 },
      };
      const text = draw(makeResult([], { noTrade: diagnoseNoTrade({ funnel: lost }) }));
      expect(text).toMatch(/ {2}try {12}\S/);
      expect(text).not.toContain('--disable');
    }
  });

  it('names the conditions that never held where nothing fired', () => {
    const conditions = createConditionTally();
    const trace = [{ condition: 'rvol >= 2', result: 'false', values: { rvol: 1.5 } }] as const;
    conditions.count({ strategy: 'A', symbol: 'INFY', at: OPEN_AT, trace });
    const text = draw(
      makeResult([], { noTrade: diagnoseNoTrade({ funnel: createFunnel().read(), conditions }) }),
    );
    expect(text).toContain('no strategy fired in 1 evaluation');
    expect(text).toContain('INFY 2015-07-06 09:15, A: 0 of 1 conditions held; missing rvol >= 2 (rvol 1.5)');
    expect(text).toContain('Loosen a condition that never held');
  });

  it('cuts nothing of a reason on 80 columns', () => {
    const conditions = createConditionTally();
    const why = 'nothing traded in the 20 candles before';
    const trace = [{ condition: 'volume_spike == true', result: 'undefined', values: {}, why }] as const;
    conditions.count({ strategy: 'opening_range_breakout_long', symbol: 'INFY', at: OPEN_AT, trace });
    const noTrade = diagnoseNoTrade({ funnel: createFunnel().read(), conditions });
    const lines = section(draw(makeResult([], { noTrade }), 80), 'Why nothing traded');
    const from = lines.findIndex((of) => of.includes('volume_spike') && of.includes('opening_ra'));
    const [first = '', ...more] = lines.slice(from, lines.length - 2).map((of) => of.trim());
    const reason = [first.split(/ {2,}/)[1], ...more].join(' ');
    expect(reason).toContain(`volume_spike == true (${why})`);
  });
});

describe('hostile text', () => {
  it.each(['\u001b]0;x\u0007', 'a\nb', '\u202egnp.exe', '\u009b31m', '\ud800', '__proto__'])(
    '%j never reaches the terminal raw, wherever it stands',
    (evil) => {
      const trades = [
        makeTrade({ symbol: evil, strategy: evil, fees: { [evil]: 100 } }),
        makeTrade({ strategy: 'B' }),
      ];
      const plain = makeResult(trades);
      const result: BacktestResult = {
        ...plain,
        assumptions: {
          ...plain.assumptions,
          market: evil,
          costs: evil,
          strategiesFile: evil,
          settings: [{ name: evil, value: evil, isDefault: false }],
        },
        data: plain.data.map((of) => ({ ...of, symbol: evil, notes: [evil] })),
        buyAndHold: [{ symbol: evil, firstOpen: 1, lastClose: 2, grossPct: 100 }],
        warnings: [{ code: 'data', text: evil }],
        manifest: { ...plain.manifest, data: [{ symbol: evil, hash: evil }], codeVersion: evil },
      };
      const summary = drawRunSummary(
        result,
        { interrupted: { openPositions: 0, markedMinor: 0 }, next: [{ command: evil, does: evil }] },
        { width: 100, colour: false },
      );
      for (const text of [draw(result), summary]) {
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }
    },
  );
});

describe('summary of a replay', () => {
  it('gives verdict, funnel, strategies, exit reasons and the way to net', () => {
    const text = drawRunSummary(
      makeResult(TWO),
      { next: [{ command: 'tradekit look', does: 'looks at it' }] },
      { width: 100, colour: false },
    );
    const titles = ['Funnel', 'By strategy', 'By exit reason', 'Gross to net', 'Next'];
    for (const title of titles) expect(section(text, title).length, title).toBeGreaterThan(0);
    expect(line(text, 'Net P&L')).toContain('+₹400.00');
    expect(text).not.toContain('Interrupted');
  });

  it('says what it rests on where something was chosen or switched off, and only there', () => {
    const result = makeResult(TWO);
    const plain = { ...result.assumptions, settings: [] };
    const summary = (own: Partial<typeof plain>) =>
      drawRunSummary(
        { ...result, assumptions: { ...plain, ...own } },
        { next: [] },
        { width: 100, colour: false },
      );
    expect(summary({})).not.toContain('Assumptions');
    const text = summary({
      disabledRules: ['max-daily-loss'],
      chosenElsewhere: ['tradekit.json: collarRatio', 'environment: TRADEKIT_LOCK'],
    });
    expect(line(text, 'switched off')).toContain('max-daily-loss');
    expect(line(text, 'chosen in')).toContain('tradekit.json: collarRatio · environment: TRADEKIT_LOCK');
    for (const own of [{ riskPct: 2 }, { slippage: { ticks: 0, bp: 0 } }, { fillModel: 'neutral' as const }])
      expect(summary(own)).toContain('Assumptions');
  });

  it('says what to do next, what each command does beside it, or below a long one', () => {
    const next = [
      { command: 'tradekit run-all --redis redis://localhost:6379/12', does: 'goes on' },
      {
        command: 'tradekit log query',
        does: 'the events of this run, by channel, symbol, strategy or signal',
      },
      { command: 'tradekit init', does: 'files to change' },
    ];
    const text = drawRunSummary(makeResult(TWO), { next }, { width: 70, colour: false });
    expect(section(text, 'Next')).toEqual([
      '  tradekit run-all --redis redis://localhost:6379/12',
      '    goes on',
      '  tradekit log query   the events of this run, by channel, symbol,',
      '                       strategy or signal',
      '  tradekit init        files to change',
    ]);
  });

  it('says when it was interrupted, wrapped at words', () => {
    const options = { interrupted: { openPositions: 3, markedMinor: 137_536 }, next: [] };
    const said =
      'Interrupted: the run so far; 3 positions open, marked +₹1,375.36, in equity but not in net P&L.';
    const top = (width: number) =>
      drawRunSummary(makeResult(TWO), options, { width, colour: false }).split('\n');
    expect(top(100)[0]).toBe(said);
    expect(top(80).slice(0, 2).join(' ')).toBe(said);
  });
});
