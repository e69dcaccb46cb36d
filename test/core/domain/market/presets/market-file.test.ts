import { describe, expect, it } from 'vitest';
import { TradekitError } from '../../../../../src/core/domain/error.ts';
import { createMarketFromFile } from '../../../../../src/core/domain/market/presets/market-file.ts';
import { moveTicks } from '../../../../../src/core/domain/trading/tick-grid.ts';

const LSE = {
  name: 'lse',
  zone: 'Europe/London',
  currency: 'GBP',
  open: '08:00',
  close: '16:30',
  holidays: ['2024-12-25', '2024-12-26'],
  halfDays: { '2024-12-24': '12:30' },
  specialSessions: { '2024-12-28': [['10:00', '11:00']] },
  tick: 0.01,
  costs: 'percent:0.05',
};

function sessionsOf(
  market: ReturnType<typeof createMarketFromFile>,
  from: number,
  to: number,
): readonly string[] {
  return market.calendar
    .sessions(from, to)
    .map(({ openAt, closeAt }) => `${iso(openAt)}/${iso(closeAt).slice(11)}`);
}

function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}

function errorOf(json: unknown): TradekitError {
  try {
    createMarketFromFile(json);
  } catch (error) {
    if (error instanceof TradekitError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('createMarketFromFile', () => {
  it('makes a market of the user’s own', () => {
    const market = createMarketFromFile(LSE);
    expect(market).toMatchObject({
      name: 'lse',
      currency: 'GBP',
      minorDigits: 2,
      startingBalance: 100_000,
      leverage: 1,
    });
    expect(market.costs.name).toBe('percent:0.05');
    expect(sessionsOf(market, Date.UTC(2024, 11, 23), Date.UTC(2024, 11, 31))).toEqual([
      '2024-12-23T08:00/16:30',
      '2024-12-24T08:00/12:30',
      '2024-12-27T08:00/16:30',
      '2024-12-28T10:00/11:00',
      '2024-12-30T08:00/16:30',
    ]);
    // British Summer Time
    expect(sessionsOf(market, Date.UTC(2024, 6, 1), Date.UTC(2024, 6, 1, 23))).toEqual([
      '2024-07-01T07:00/15:30',
    ]);
  });

  it('takes entry window, square-off, days, coverage and instruments from the file', () => {
    const market = createMarketFromFile({
      ...LSE,
      days: ['Sun', 'Mon'],
      coverage: { from: '2024-01-01', to: '2024-12-31' },
      entryFromMinutes: 0,
      entryUntilMinutes: 30,
      squareOffMinutes: null,
      instruments: { FTSE: { type: 'index' }, VOD: { tick: 0.02, lot: 10, decimals: 3 } },
    });
    const at = Date.UTC(2024, 0, 7, 10);
    const [session] = market.calendar.sessions(at, at);
    expect(session).toMatchObject({
      date: '2024-01-07',
      entryFromAt: Date.UTC(2024, 0, 7, 8),
      entryUntilAt: Date.UTC(2024, 0, 7, 16),
      squareOffAt: undefined,
    });
    expect(market.calendar.unknownDates(Date.UTC(2025, 0, 1), Date.UTC(2025, 0, 7))).toEqual([
      '2025-01-05',
      '2025-01-06',
    ]);
    const hints = { firstAt: 0, firstPrice: 100, priceDecimals: 2, hasVolume: true };
    expect(market.instrument({ symbol: 'FTSE', ...hints })).toMatchObject({
      type: 'index',
      tick: 0.01,
      lot: 1,
    });
    expect(market.instrument({ symbol: 'VOD', ...hints })).toMatchObject({
      tick: 0.02,
      lot: 10,
      decimals: 3,
    });
  });

  it.each([
    ['a finer tick', { tick: 0.0005 }, 4],
    ['fewer decimals than the tick has', { tick: 0.05, decimals: 1 }, 2],
    ['fewer decimals than the prices have', { tick: 1, decimals: 0 }, 2],
  ])('reckons an instrument with %s on a grid on which each of its prices stands', (_, own, decimals) => {
    const market = createMarketFromFile({ ...LSE, instruments: { VOD: own } });
    const hints = { symbol: 'VOD', firstAt: 0, firstPrice: 100, priceDecimals: 2, hasVolume: true };
    const vod = market.instrument(hints);
    expect(vod).toMatchObject({ tick: own.tick, decimals });
    expect(moveTicks(100, 1, vod)).toBe(100 + own.tick);
  });

  it('has a year of 365 trading days where it trades on all days of the week, whatever its zone', () => {
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    expect(createMarketFromFile({ ...LSE, days }).tradingDaysPerYear).toBe(365);
    expect(createMarketFromFile({ ...LSE, zone: 'UTC' }).tradingDaysPerYear).toBe(252);
    expect(
      createMarketFromFile({ ...LSE, days: ['Sun', 'Sun', ...days.slice(0, 5)] }).tradingDaysPerYear,
    ).toBe(252);
  });

  it('lets options win over the file', () => {
    const market = createMarketFromFile(LSE, { leverage: 3, costs: 'none', squareOffOffsetMs: 0 });
    expect(market.leverage).toBe(3);
    expect(market.costs.name).toBe('none');
  });

  it('reports every problem at once, each with its path', () => {
    const error = errorOf({
      ...LSE,
      zone: 'Europe/Londn',
      holidays: ['2024-12-25', '2024-02-30'],
      halfDays: { '24-12-2024': '12:30' },
      open: '8:00',
      tick: -1,
      levrage: 2,
    });
    expect(error.code).toBe('CONFIG');
    expect(error.message).toMatch(/^The market file has 6 problems:/);
    expect(error.message).toContain('zone: "Europe/Londn" is no time zone.');
    expect(error.message).toContain('holidays[1]: "2024-02-30" is no date. Write YYYY-MM-DD.');
    expect(error.message).toContain('halfDays.24-12-2024: ');
    expect(error.message).toContain('open: "8:00" is no time of day.');
    expect(error.message).toContain('tick: ');
    expect(error.message).toContain('levrage');
    expect(error.hint).toContain('leverage');
  });

  it.each([
    ['a close before the open', { close: '07:00' }, 'close: The close must come after the open.'],
    ['an unknown cost model', { costs: 'free' }, 'costs: Unknown cost model "free". Known: zerodha'],
    [
      'an unknown state',
      { costs: 'zerodha', costOptions: { state: 'Bombay' } },
      'costs: Unknown state "Bombay".',
    ],
    [
      'a half day that ends before it opens',
      { halfDays: { '2024-12-24': '07:00' } },
      'halfDays.2024-12-24: ',
    ],
  ])('refuses %s', (_what, change, message) => {
    expect(errorOf({ ...LSE, ...change }).message).toContain(message);
  });

  it('says what is missing', () => {
    const { tick: _, ...rest } = LSE;
    expect(errorOf(rest).message).toContain('tick: missing: it is a number');
  });

  it('names the file, and says in words of ours what is wrong', () => {
    const of = { ...LSE, tick: 0, lot: 'one', levrage: 2, days: ['Monday'], minorDigits: 2.5, leverage: 200 };
    const wrong = { ...of, instruments: { VOD: { tik: 1 } }, halfDays: { '24-12-2024': '12:30' } };
    expect(() => createMarketFromFile(wrong, {}, 'my/lse.json')).toThrow(
      expect.objectContaining({
        message: [
          'The market file "my/lse.json" has 8 problems:',
          '  minorDigits: "2.5" is not a whole number.',
          '  days[0]: "Monday" is none of: Sun, Mon, Tue, Wed, Thu, Fri, Sat.',
          '  halfDays.24-12-2024: "24-12-2024" is no date. Write YYYY-MM-DD.',
          '  tick: "0" has to be above 0.',
          '  lot: "one" is not a number.',
          '  instruments.VOD: there is no "tik" here.',
          '  leverage: "200" has to be at most 100.',
          '  file: there is no "levrage" here. Did you mean "leverage"?',
        ].join('\n'),
        hint: expect.stringMatching(/entryUntilMinutes and squareOffMinutes count back from the close\.$/),
      }),
    );
  });

  it('reports the order of open and close beside other problems', () => {
    const { message } = errorOf({ ...LSE, close: '07:00', tick: 0 });
    expect(message).toContain('close: The close');
    expect(message).toContain('tick: ');
  });

  it.each([undefined, null, [], 'nse', 7])('refuses %s', (json) => {
    expect(errorOf(json).message).toContain('The market file has a problem');
  });

  it('wants the costs said aloud', () => {
    const { costs: _costs, ...rest } = LSE;
    expect(errorOf(rest).message).toContain('costs: ');
  });

  it('is not led astray by __proto__', () => {
    const json: unknown = JSON.parse(
      '{"name":"x","zone":"UTC","currency":"USD","open":"09:00","close":"10:00","tick":1,"costs":"none","instruments":{"__proto__":{"tick":9}}}',
    );
    const market = createMarketFromFile(json);
    expect(
      market.instrument({ symbol: 'A', firstAt: 0, firstPrice: 1, priceDecimals: 0, hasVolume: false }).tick,
    ).toBe(1);
  });
});
