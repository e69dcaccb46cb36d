import { describe, expect, it } from 'vitest';
import { SETTING_NAMES } from '../../../src/core/config/setting-table.ts';
import {
  resolveSettings,
  type SettingSources,
  settingsCanonical,
} from '../../../src/core/config/settings.ts';
import { settingsSchema } from '../../../src/core/config/settings-schema.ts';
import { TradekitError } from '../../../src/core/domain/error.ts';

const nse = { startingBalance: 1_000_000, leverage: 5 };

function marketDefaults(name: string) {
  if (name === 'nse') return nse;
  if (name === 'crypto') return { startingBalance: 100_000, leverage: 1 };
  throw new TradekitError('CONFIG', `Unknown market "${name}".`, { hint: 'Known: nse, crypto.' });
}

type Given = Partial<Pick<SettingSources, 'flags' | 'env'>> & {
  readonly file?: Readonly<Record<string, unknown>>;
};

function resolve({ flags = {}, env = {}, file }: Given = {}) {
  const settingsFile = file === undefined ? undefined : { path: 'tradekit.json', values: file };
  return resolveSettings({ flags, env, file: settingsFile, marketDefaults });
}

describe('origins', () => {
  const env = { TRADEKIT_RISK_PCT: '2', TRADEKIT_MIN_RR: '3', TRADEKIT_LOCK: 'position' };
  const file = { riskPct: 3, minRr: 4, maxPositions: 7, lock: 'session' };

  it('flag over environment over file over default', () => {
    const { risk } = resolve({ flags: { riskPct: '0.5' }, env, file });
    expect(risk).toMatchObject({ riskPct: 0.5, minRewardRisk: 3, lock: 'position', maxPositions: 7 });
    expect(risk).toMatchObject({ maxOpenRiskPct: 3, startingBalance: 1_000_000, leverage: 5 });
  });

  it('are told of what was not typed, each name where it counts', () => {
    const { elsewhere } = resolve({ flags: { riskPct: '0.5' }, env, file });
    expect(elsewhere).toEqual({
      file: { path: 'tradekit.json', names: ['maxPositions'] },
      variables: ['TRADEKIT_LOCK', 'TRADEKIT_MIN_RR'],
    });
    expect(resolve({ flags: { riskPct: '1' }, file: { riskPct: 2 } }).elsewhere).toEqual({
      file: undefined,
      variables: [],
    });
  });

  it('the market decides starting balance and leverage where the user did not', () => {
    expect(resolve({ env: { TRADEKIT_MARKET: 'crypto' } }).risk).toMatchObject({
      startingBalance: 100_000,
      leverage: 1,
    });
    expect(resolve({ flags: { market: 'crypto', equity: '500' } }).risk.startingBalance).toBe(500);
  });

  it('nothing of it can be changed afterwards', () => {
    const settings = resolve();
    expect(Object.isFrozen(settings.fills.slippage) && Object.isFrozen(settings.risk.disabledRules)).toBe(
      true,
    );
  });
});

describe('grammars, in a flag', () => {
  it.each([
    ['equity', '10,00,000', (s) => s.risk.startingBalance, 1_000_000],
    ['equity', '1,000,000.50', (s) => s.risk.startingBalance, 1_000_000.5],
    ['equity', '1000000', (s) => s.risk.startingBalance, 1_000_000],
    ['riskPct', '1%', (s) => s.risk.riskPct, 1],
    ['maxOpenRiskPct', '0.5 %', (s) => s.risk.maxOpenRiskPct, 0.5],
    ['maxDailyLossPct', '2.5%', (s) => s.risk.maxDailyLossPct, 2.5],
    ['maxPositionPct', '250%', (s) => s.risk.maxPositionPct, 250],
    ['maxVolumePct', '10%', (s) => s.risk.maxVolumePct, 10],
    ['slippage', '1tick,2bp', (s) => s.fills.slippage, { ticks: 1, bp: 2 }],
    ['slippage', '3 ticks', (s) => s.fills.slippage, { ticks: 3, bp: 0 }],
    ['slippage', '2.5bp', (s) => s.fills.slippage, { ticks: 0, bp: 2.5 }],
    ['slippage', '0', (s) => s.fills.slippage, { ticks: 0, bp: 0 }],
    ['from', '2015-07-06', (s) => s.data.from, { date: '2015-07-06', timeOfDayMs: undefined }],
    ['to', '2015-07-06T09:20', (s) => s.data.to, { date: '2015-07-06', timeOfDayMs: 33_600_000 }], // 9 h 20 min
    ['timeframe', '5m', (s) => s.data.timeframeMs, 300_000],
    ['delimiter', 'tab', (s) => s.data.delimiter, '\t'],
    ['columns', 'symbol=id,open=3', (s) => s.data.columns, { symbol: 'id', open: '3' }],
    [
      'adjust',
      'FEDERALBNK@2015-07-03=0.5,TCS@2018-05-31=0.25',
      (s) => s.data.adjust,
      [
        { symbol: 'FEDERALBNK', date: '2015-07-03', factor: 0.5 },
        { symbol: 'TCS', date: '2018-05-31', factor: 0.25 },
      ],
    ],
    ['entryAfterOpen', '0', (s) => s.market.entryAfterOpenMs, 0],
    ['squareOffBeforeClose', '18m', (s) => s.market.squareOffBeforeCloseMs, 1_080_000],
    ['squareOffBeforeClose', 'never', (s) => s.market.squareOffBeforeCloseMs, null],
    ['disable', 'reward-risk, liquidity', (s) => s.risk.disabledRules, ['liquidity', 'reward-risk']],
    ['speed', 'max', (s) => s.replay.speed, 'max'],
    ['zone', '+05:30', (s) => s.data.zone, '+05:30'],
  ] satisfies [string, string, (s: ReturnType<typeof resolve>) => unknown, unknown][])(
    '%s %s',
    (name, text, read, value) => {
      expect(read(resolve({ flags: { [name]: text } }))).toEqual(value);
      expect(read(resolve({ file: { [name]: text } }))).toEqual(value);
    },
  );

  it('tradekit.json may bear plain JSON instead', () => {
    const file = {
      equity: 5000,
      slippage: { bp: 3 },
      disable: ['liquidity'],
      columns: { symbol: 1 },
      strict: true,
    };
    const settings = resolve({ file });
    expect(settings.risk).toMatchObject({ startingBalance: 5000, disabledRules: ['liquidity'] });
    expect(settings.fills.slippage).toEqual({ ticks: 0, bp: 3 });
    expect(settings.data).toMatchObject({ columns: { symbol: '1' }, strict: true });
  });

  it('stop-distance, the one rule of the structure engine, leaves stops as they are', () => {
    const settings = resolve({ flags: { disable: 'stop-distance' } });
    expect(settings.structure.widenStops).toBe(false);
    expect(settings.risk.disabledRules).toEqual([]);
    expect(resolve().structure.widenStops).toBe(true);
  });
});

describe('problems', () => {
  it.each([
    [
      { flags: { riskPct: '0,5' } },
      '--risk-pct: "0,5" is not a percentage above 0 and at most 100 such as 0.5 or 0.5% (half a percent).',
    ],
    [{ flags: { riskPct: '101' } }, /^--risk-pct: "101" is not/],
    [{ env: { TRADEKIT_LOCK: 'day' } }, 'TRADEKIT_LOCK: "day" is not session or position.'],
    [
      { file: { maxPositions: 1.5 } },
      'tradekit.json: maxPositions: "1.5" is not a whole number of at least 1 such as 5.',
    ],
    [{ file: { riskPc: 1 } }, 'tradekit.json: there is no setting "riskPc". Did you mean "riskPct"?'],
    [{ file: JSON.parse('{ "__proto__": 1 }') }, 'tradekit.json: there is no setting "__proto__".'],
    [
      { env: { TRADEKIT_RISK_PC: '1' } },
      'there is no setting "TRADEKIT_RISK_PC". Did you mean "TRADEKIT_RISK_PCT"?',
    ],
    [
      { flags: { zone: 'Asia/Calcuta' } },
      '--zone: "Asia/Calcuta" is not a time zone such as Asia/Kolkata, UTC or +05:30.',
    ],
    [{ flags: { from: '2015-02-30' } }, /^--from: "2015-02-30" is not a date such as/],
    [{ flags: { from: '2015-07-06T25:00' } }, /^--from: /],
    [{ flags: { from: '2015-07-07', to: '2015-07-06' } }, '--from "2015-07-07" is after --to "2015-07-06".'],
    [
      { file: { from: '2015-07-07' }, env: { TRADEKIT_TO: '2015-07-06' } },
      'tradekit.json: from "2015-07-07" is after TRADEKIT_TO "2015-07-06".',
    ],
    [
      { flags: { from: '2015-07-06T12:00', to: '2015-07-06 10:30:15' } },
      '--from "2015-07-06 12:00:00" is after --to "2015-07-06 10:30:15".',
    ],
    [{ flags: { market: 'nsx' } }, 'Unknown market "nsx". Known: nse, crypto.'],
    [{ flags: { market: '__proto__' } }, 'Unknown market "__proto__". Known: nse, crypto.'],
    [{ flags: { fills: 'oracle' } }, /^--fills: "oracle" only serves tests/],
    [{ flags: { slippage: '1tick 2%' } }, /^--slippage: "1tick 2%" is not an amount/],
    [{ flags: { slippage: '0.5tick' } }, /^--slippage: "0.5tick" is not an amount/],
    [{ file: { slippage: { ticks: 0.5 } } }, /slippage: "{"ticks":0.5}" is not an amount/],
    [{ flags: { slippage: '' } }, /^--slippage: "" is not an amount/],
    [{ flags: { adjust: 'FEDERALBNK=0.5' } }, /^--adjust: "FEDERALBNK=0.5" is not a list such as/],
    [{ flags: { timeframe: '25h' } }, /^--timeframe: "25h" is not a length of time such as .*, at most 1d/],
    [
      { flags: { columns: 'open=O,open=P' } },
      /^--columns: "open=O,open=P" is not a list such as .*each field once/,
    ],
    [{ flags: { columns: 'opne=O' } }, /^--columns: "opne=O" is not a list such as/],
    [{ flags: { riskPct: '0%' } }, /^--risk-pct: "0%" is not/],
    [{ flags: { riskPct: '101%' } }, /^--risk-pct: "101%" is not/],
    [{ flags: { riskPct: '1%%' } }, /^--risk-pct: "1%%" is not/],
    [{ flags: { riskPct: '%' } }, /^--risk-pct: "%" is not/],
    [{ flags: { riskPct: '1,5%' } }, /^--risk-pct: "1,5%" is not/],
    [{ flags: { leverage: '5x' } }, '--leverage: "5x" is not a number above 0 such as 5.'],
    [{ flags: { collarRatio: '25%' } }, '--collar-ratio: "25%" is not a number of at least 0 such as 0.25.'],
    [{ flags: { speed: '600x' } }, '--speed: "600x" is not a number above 0 such as 600, or the word max.'],
    [
      { flags: { storeTimeout: '60s' } },
      '--store-timeout: "60s" is not a number of seconds above 0 such as 60.',
    ],
    [
      { flags: { equity: '₹500000' } },
      '--equity: "₹500000" is not an amount above 0 such as 1000000 or 10,00,000.',
    ],
    [{ flags: { equity: '5L' } }, /^--equity: "5L" is not an amount above 0 such as/],
    [{ flags: { equity: '1,0' } }, /^--equity: "1,0" is not an amount/],
    [
      { flags: { disable: 'reward-risc' } },
      /^--disable: "reward-risc" is not a rule. Did you mean "reward-risk"\? Rules: /,
    ],
    [{ env: { TRADEKIT_PROGRESS: 'off' } }, 'TRADEKIT_PROGRESS: "off" is not true or false.'],
  ] satisfies [Given, string | RegExp][])('%j', (given, message) => {
    expect(() => resolve(given)).toThrow(
      expect.objectContaining({
        code: 'CONFIG',
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    );
  });

  it('are told all at once, also where another origin wins', () => {
    const given = {
      flags: { riskPct: '1', lock: 'x' },
      env: { TRADEKIT_RISK_PCT: 'y' },
      file: { minRr: -1, what: 2 },
    };
    expect(() => resolve(given)).toThrow(
      [
        '4 settings cannot be used:',
        '  tradekit.json: there is no setting "what".',
        '  tradekit.json: minRr: "-1" is not a number of at least 0 such as 1.5.',
        '  TRADEKIT_RISK_PCT: "y" is not a percentage above 0 and at most 100 such as 0.5 or 0.5% (half a percent).',
        '  --lock: "x" is not session or position.',
      ].join('\n'),
    );
  });
});

describe('settingsCanonical', () => {
  it('does not know where a setting came from, nor what leaves results alone', () => {
    const other = resolve({
      env: { TRADEKIT_RISK_PCT: '1' },
      file: { out: 'x.csv', json: true, speed: 'max' },
    });
    expect(settingsCanonical(other)).toBe(settingsCanonical(resolve()));
  });

  it('is the same in whatever order things were named', () => {
    const [a, b] = ['liquidity,conflict', 'conflict,liquidity'].map((disable) =>
      settingsCanonical(resolve({ flags: { disable } })),
    );
    expect(a).toBe(b);
  });

  it('changes with a setting that changes results', () => {
    const canonicals = [
      {},
      { riskPct: '2' },
      { from: '2015-07-06' },
      { disable: 'stop-distance' },
      { slippage: '0' },
    ].map((flags) => settingsCanonical(resolve({ flags })));
    expect(new Set(canonicals).size).toBe(canonicals.length);
  });
});

it('the schema knows exactly the settings of the table', () => {
  expect(Object.keys(settingsSchema.shape).sort()).toEqual([...SETTING_NAMES].sort());
});

it('keeps what to do apart from the last of several problems of a market', () => {
  const refused = () => {
    throw new TradekitError('CONFIG', 'The market file has 2 problems:\n  a\n  b', {
      hint: 'It may hold: c.',
    });
  };
  expect(() => resolveSettings({ flags: {}, env: {}, marketDefaults: refused })).toThrow(
    /^ {2}b\nIt may hold: c\.$/m,
  );
});
