/** One setting. Its key is its name everywhere: `riskPct` in tradekit.json is `--risk-pct` and `TRADEKIT_RISK_PCT`. */
export type SettingRow = {
  readonly group: SettingGroup;
  /** What stands for the value in help: `<percent>`. Absent: a switch. */
  readonly value?: string;
  /** What a value must be, as in `"abc" is not …`. */
  readonly takes: string;
  readonly meaning: string;
  /** As help shows it: `by market` where the preset decides; absent where there is none. */
  readonly byDefault?: string;
  /** A value that works, for the file `tradekit init` writes; absent where the default serves. */
  readonly example?: string;
};

export type SettingGroup =
  | 'Strategies'
  | 'Data'
  | 'Market'
  | 'Risk'
  | 'Fills'
  | 'Results'
  | 'Replay'
  | 'Services'
  | 'Run'
  | 'Log';

export type SettingName = keyof typeof SETTINGS;

const SWITCH = 'true or false';
const PERCENT = 'a percentage above 0 and at most 100 such as 0.5 or 0.5% (half a percent)';
const COUNT = 'a whole number of at least 1 such as 5';

/**
 * Every setting there is: flags, help and the settings table of the docs are made from it. Plain data without imports,
 * because `--help` reads it. Values are checked in settings-schema.ts; the defaults themselves stand in settings.ts.
 */
export const SETTINGS = {
  strategies: {
    group: 'Strategies',
    value: 'file',
    takes: 'a file name',
    meaning: 'rules to evaluate',
    byDefault: './strategies.json, then the shipped ones',
    example: 'strategies.json',
  },

  symbol: {
    group: 'Data',
    value: 'name',
    takes: 'a symbol',
    meaning: 'symbol of files that do not name one',
    byDefault: "the file's name",
    example: 'NIFTY',
  },
  from: {
    group: 'Data',
    value: 'date',
    takes: 'a date such as 2015-07-06, or a date and exchange time such as 2015-07-06T09:15',
    meaning: 'first day to trade, or date and exchange time',
    example: '2015-07-06',
  },
  to: {
    group: 'Data',
    value: 'date',
    takes: 'a date such as 2015-07-06, or a date and exchange time such as 2015-07-06T15:30',
    meaning: 'last day to trade, included, or date and exchange time',
    example: '2015-07-31',
  },
  timeframe: {
    group: 'Data',
    value: 'length',
    takes: 'a length of time such as 1m or 5m, at most 1d',
    meaning: 'length of the candles in the files',
    byDefault: 'the commonest step',
    example: '1m',
  },
  zone: {
    group: 'Data',
    value: 'zone',
    takes: 'a time zone such as Asia/Kolkata, UTC or +05:30',
    meaning: 'time zone of times that bear no offset',
    byDefault: 'by market',
    example: 'Asia/Kolkata',
  },
  stamps: {
    group: 'Data',
    value: 'start|end',
    takes: 'start or end',
    meaning: 'whether a time is the start or the end of its candle',
    byDefault: 'what fits the data, else start',
    example: 'end',
  },
  dates: {
    group: 'Data',
    value: 'dmy|mdy',
    takes: 'dmy or mdy',
    meaning: 'whether 03/07/2015 is the 3rd of July or the 7th of March',
    byDefault: 'what the data shows',
    example: 'dmy',
  },
  columns: {
    group: 'Data',
    value: 'field=header,…',
    takes:
      'a list such as symbol=id,open=O (each field once: symbol, date, time, open, high, low, close, volume; of ticks: price, size)',
    meaning: 'columns that bear other names; numbers from 1 do too',
    example: 'symbol=id,open=O',
  },
  delimiter: {
    group: 'Data',
    value: 'character',
    takes: 'one character, or the word tab',
    meaning: 'what separates the columns',
    byDefault: 'as in the header',
    example: ';',
  },
  adjust: {
    group: 'Data',
    value: 'SYMBOL@date=factor,…',
    takes: 'a list such as FEDERALBNK@2015-07-03=0.5',
    meaning: 'splits and bonuses: factor on the prices before a date',
    example: 'FEDERALBNK@2015-07-03=0.5',
  },
  strict: { group: 'Data', takes: SWITCH, meaning: 'refuse files that need rows sorted or dropped' },

  market: {
    group: 'Market',
    value: 'name',
    takes: 'a market',
    meaning: 'clock, calendar, grid and money: nse, us, crypto, or the file of your own',
    byDefault: 'nse',
  },
  costs: {
    group: 'Market',
    value: 'name',
    takes: 'the name of a cost model',
    meaning: 'whose charges: zerodha, ibkr-fixed, binance-vip0, percent:0.05 or none',
    byDefault: 'by market',
    example: 'zerodha',
  },
  state: {
    group: 'Market',
    value: 'name',
    takes: 'the name of a state',
    meaning: 'whose stamp duty is paid (India)',
    byDefault: 'by market',
    example: 'Maharashtra',
  },
  rounding: {
    group: 'Market',
    value: 'note|calculator',
    takes: 'note or calculator',
    meaning: "charges as on the contract note, or as by the broker's web calculator (India)",
    byDefault: 'note',
  },
  exchange: {
    group: 'Market',
    value: 'NSE|BSE',
    takes: 'NSE or BSE',
    meaning: 'whose transaction charges are paid (India)',
    byDefault: 'NSE',
  },
  tradeAs: {
    group: 'Market',
    value: 'equity|future',
    takes: 'equity or future',
    meaning: 'trade an index as if it were one of these',
    byDefault: 'an index is only analysed',
    example: 'equity',
  },
  entryAfterOpen: {
    group: 'Market',
    value: 'length',
    takes: 'a length of time such as 5m, or 0',
    meaning: 'no entry sooner after the open',
    byDefault: 'by market',
    example: '5m',
  },
  entryBeforeClose: {
    group: 'Market',
    value: 'length',
    takes: 'a length of time such as 45m, or 0',
    meaning: 'no entry nearer to the close',
    byDefault: 'by market',
    example: '45m',
  },
  squareOffBeforeClose: {
    group: 'Market',
    value: 'length',
    takes: 'a length of time such as 18m, or the word never',
    meaning: 'when open positions are squared off',
    byDefault: 'by market',
    example: '18m',
  },

  equity: {
    group: 'Risk',
    value: 'money',
    takes: 'an amount above 0 such as 1000000 or 10,00,000',
    meaning: 'starting balance',
    byDefault: 'by market',
    example: '1000000',
  },
  riskPct: {
    group: 'Risk',
    value: 'percent',
    takes: PERCENT,
    meaning: 'risk per trade, of equity',
    byDefault: '1',
  },
  minRr: {
    group: 'Risk',
    value: 'ratio',
    takes: 'a number of at least 0 such as 1.5',
    meaning: 'least net reward ÷ risk',
    byDefault: '1.5',
  },
  leverage: {
    group: 'Risk',
    value: 'factor',
    takes: 'a number above 0 such as 5',
    meaning: 'exposure is at most equity × this',
    byDefault: 'by market',
    example: '5',
  },
  lock: {
    group: 'Risk',
    value: 'session|position',
    takes: 'session or position',
    meaning: 'one entry per symbol and session, or until the position closes',
    byDefault: 'session',
  },
  maxPositions: {
    group: 'Risk',
    value: 'count',
    takes: COUNT,
    meaning: 'positions and working entries at one time',
    byDefault: '5',
  },
  maxOpenRiskPct: {
    group: 'Risk',
    value: 'percent',
    takes: PERCENT,
    meaning: 'risk of all of them together, of equity',
    byDefault: '3',
  },
  maxDailyLossPct: {
    group: 'Risk',
    value: 'percent',
    takes: PERCENT,
    meaning: 'no more entries in a session after losing this, of equity',
    byDefault: '3',
  },
  maxPositionPct: {
    group: 'Risk',
    value: 'percent',
    takes: 'a percentage above 0 such as 100 or 100%',
    meaning: 'size of one position, of equity',
    byDefault: '100',
  },
  maxVolumePct: {
    group: 'Risk',
    value: 'percent',
    takes: PERCENT,
    meaning: 'quantity, of the mean volume of recent candles',
    byDefault: '10',
  },
  volumeCandles: {
    group: 'Risk',
    value: 'count',
    takes: COUNT,
    meaning: 'how many recent candles that mean is of',
    byDefault: '20',
  },
  disable: {
    group: 'Risk',
    value: 'rule,…',
    takes: 'a list of rules such as reward-risk,liquidity',
    meaning: 'rules to switch off, which every report then says',
    example: 'reward-risk,liquidity',
  },

  fills: {
    group: 'Fills',
    value: 'model',
    takes: 'pessimistic or neutral',
    meaning: 'limits fill when traded through (pessimistic) or on touch (neutral)',
    byDefault: 'pessimistic',
  },
  slippage: {
    group: 'Fills',
    value: 'amount',
    takes: 'an amount such as 1tick, 2bp, 1tick,2bp (the larger counts) or 0',
    meaning: 'lost on market, stop and square-off fills',
    byDefault: '1tick,2bp',
  },
  collarRatio: {
    group: 'Fills',
    value: 'ratio',
    takes: 'a number of at least 0 such as 0.25',
    meaning: 'how far a market entry may run, as a share of |entry − stop|',
    byDefault: '0.25',
  },
  marketLifeCandles: {
    group: 'Fills',
    value: 'count',
    takes: COUNT,
    meaning: 'how many candles a market entry waits for the next price',
    byDefault: '2',
  },
  entryLifeCandles: {
    group: 'Fills',
    value: 'count',
    takes: COUNT,
    meaning: 'how many candles a limit or stop entry lives',
    byDefault: '10',
  },

  out: {
    group: 'Results',
    value: 'file',
    takes: 'a file name',
    meaning: 'where the trades are written',
    byDefault: 'backtest_trades.csv',
  },
  equityOut: {
    group: 'Results',
    value: 'file',
    takes: 'a file name',
    meaning: 'where the equity curve is written',
    example: 'equity.csv',
  },
  json: { group: 'Results', takes: SWITCH, meaning: 'print the summary as JSON' },
  progress: { group: 'Results', takes: SWITCH, meaning: 'progress bar, on a terminal', byDefault: 'true' },

  feed: {
    group: 'Replay',
    value: 'kind:what',
    takes:
      'csv:FILE (candles; more files behind commas), ticks:FILE (trades) or random:SEED (invented shares)',
    meaning: 'where candles come from: csv:FILE, ticks:FILE or random:SEED',
    byDefault: 'the bundled candles, else random:42',
    example: 'csv:data.csv',
  },
  speed: {
    group: 'Replay',
    value: 'factor',
    takes: 'a number above 0 such as 600, or the word max',
    meaning: 'times faster than the market was',
    byDefault: 'about 30 s in all',
    example: '600',
  },
  verbose: { group: 'Replay', takes: SWITCH, meaning: 'print every event' },

  redis: {
    group: 'Services',
    value: 'url',
    takes: 'a URL such as redis://localhost:6379 or rediss://user@host:6380',
    meaning: 'the Redis that the services share (with a password rather as TRADEKIT_REDIS)',
    example: 'redis://localhost:6379',
  },
  redisCa: {
    group: 'Services',
    value: 'file',
    takes: 'a file name',
    meaning: 'certificate of the authority that signed the Redis server (rediss://)',
    example: 'ca.crt',
  },
  mongo: {
    group: 'Log',
    value: 'url',
    takes: 'a URL such as mongodb://localhost:27017/tradekit',
    meaning: 'the MongoDB to which every event is copied (with a password rather as TRADEKIT_MONGO)',
    example: 'mongodb://localhost:27017/tradekit',
  },
  run: {
    group: 'Run',
    value: 'name',
    takes: 'a name of letters, digits, dots and dashes',
    meaning: 'name of a new run',
    byDefault: 'date and time of its start',
    example: 'july',
  },
  takeOver: {
    group: 'Services',
    takes: SWITCH,
    meaning: 'take the place of a copy that still runs',
  },
  storeTimeout: {
    group: 'Services',
    value: 'seconds',
    takes: 'a number of seconds above 0 such as 60',
    meaning: 'how long a store that is away is waited for',
    byDefault: '60',
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS);

export function isSettingName(name: unknown): name is SettingName {
  return typeof name === 'string' && Object.hasOwn(SETTINGS, name);
}

/** Every setting by its group; groups and settings in the order in which the table names them first. */
export function settingsByGroup(): ReadonlyMap<
  SettingGroup,
  readonly (readonly [SettingName, SettingRow])[]
> {
  const groups = new Map<SettingGroup, (readonly [SettingName, SettingRow])[]>();
  for (const [name, row] of Object.entries<SettingRow>(SETTINGS)) {
    if (isSettingName(name)) groups.set(row.group, [...(groups.get(row.group) ?? []), [name, row]]);
  }
  return groups;
}

/** `riskPct` → `--risk-pct`. A switch that is on by default is there to be switched off: `--no-progress`. */
export function flagOf(name: SettingName): string {
  const row: SettingRow = SETTINGS[name];
  const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return row.value === undefined && row.byDefault === 'true' ? `--no-${words}` : `--${words}`;
}

/** `riskPct` → `TRADEKIT_RISK_PCT`. */
export function environmentOf(name: string): string {
  return `TRADEKIT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
