import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCandleFiles } from '../../../../src/core/adapters/feed/csv/read-candle-files.ts';
import { CHANNEL_WRITERS, channelOf } from '../../../../src/core/domain/events/channels.ts';
import { encode } from '../../../../src/core/domain/events/codec.ts';
import { decode } from '../../../../src/core/domain/events/decode.ts';
import type { CandleClosed, TradekitEvent } from '../../../../src/core/domain/events/events.ts';
import { candleId } from '../../../../src/core/domain/events/ids.ts';
import type { CandleColumns } from '../../../../src/core/domain/market/candle.ts';
import { createMarket } from '../../../../src/core/domain/market/presets/catalog.ts';
import { BUSY } from '../../../laws/strategies.ts';
import { MINUTE_MS, runEngine, strategiesOf } from '../../../run-engine.ts';
import { PROJECT } from '../../../shared.ts';

const CANDLE: CandleClosed = {
  id: 'SBIN/1m/1436154300000',
  v: 1,
  type: 'CANDLE_CLOSED',
  symbol: 'SBIN',
  at: 1436154360000,
  openAt: 1436154300000,
  timeframe: '1m',
  open: 268.5,
  high: 268.95,
  low: 268.4,
  close: 268.7,
  volume: 81_250,
};

/** Every event of the bundled month under busy strategies and those of the checkout, and its candles as events. */
async function realEvents(): Promise<readonly TradekitEvent[]> {
  const path = join(PROJECT, 'examples/data/nse-five-2015-07.csv.gz');
  const { columns } = await readCandleFiles([path], {}, createMarket('nse').calendar);
  const shipped = strategiesOf(JSON.parse(readFileSync(join(PROJECT, 'strategies.json'), 'utf8')));
  return [...columns.flatMap(candlesOf), ...runEngine({ columns, strategies: [...BUSY, ...shipped] }).events];
}

function candlesOf(of: CandleColumns): readonly CandleClosed[] {
  return Array.from(of.openAt, (openAt, index) => ({
    ...CANDLE,
    id: candleId(of.symbol, '1m', openAt),
    symbol: of.symbol,
    at: openAt + MINUTE_MS,
    openAt,
    open: of.open[index] ?? 0,
    high: of.high[index] ?? 0,
    low: of.low[index] ?? 0,
    close: of.close[index] ?? 0,
    volume: of.volume?.[index] ?? 0,
  }));
}

/** Fields that may be absent, and those whose names are free. */
const OPTIONAL = /(^|\.)(volume|squareOffAt|ref|knownAt|why|cutTo|values\.[^.]+|fees\.[^.]+)$/;
const FREE = /(^|\.)(values|fees)$/;

type Change = { readonly path: string; readonly changed: unknown };

/** The value with one thing in it wrong, for each thing that can be: null for a value, a field gone, a field too many. */
function changesOf(value: unknown, path: readonly string[] = []): readonly Change[] {
  const here = path.join('.');
  const itself = path.length === 0 ? [] : [{ path: here, changed: null }];
  if (typeof value !== 'object' || value === null) return itself;
  const keys = Object.keys(value);
  const put = (key: string, changed: unknown): unknown =>
    Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
  const inside = keys.flatMap((key) =>
    changesOf((value as Record<string, unknown>)[key], [...path, key]).map((of) => ({
      path: of.path,
      changed: put(key, of.changed),
    })),
  );
  if (Array.isArray(value)) return [...itself, ...inside];
  const without = keys
    .map((key) => ({ path: [...path, key].join('.'), changed: { ...value, [key]: undefined } }))
    .filter((change) => !OPTIONAL.test(change.path));
  const intruder = {
    path: FREE.test(here) ? `${here}.intruder` : `${here}+`,
    changed: put('intruder', null),
  };
  return [...itself, ...inside, ...without, intruder];
}

describe('decode', () => {
  let events: readonly TradekitEvent[] = [];
  beforeAll(async () => {
    events = await realEvents();
  });

  it('gives back every event of a real run, field by field and byte for byte', () => {
    const changed = events.filter((event) => {
      const line = encode(event);
      const back = decode(line);
      return !isDeepStrictEqual(back, event) || encode(back) !== line;
    });
    expect(changed).toEqual([]);
  });

  it('was shown every type of event and every channel', () => {
    const types = new Set(events.map(({ type }) => type));
    expect([...types].sort()).toEqual([
      'CANDLE_CLOSED',
      'FEED_ENDED',
      'NO_TRADE_PLAN',
      'ORDER_CANCELLED',
      'ORDER_FILLED',
      'ORDER_PLACED',
      'PLAN_REJECTED',
      'PLAN_VALIDATED',
      'POSITION_CLOSED',
      'POTENTIAL_SIGNAL',
      'SESSION_CLOSED',
      'SESSION_OPENED',
      'SQUARE_OFF',
      'TRADE_PLAN_PROPOSED',
    ]);
    expect([...new Set(events.map(channelOf))].sort()).toEqual(Object.keys(CHANNEL_WRITERS).sort());
  });

  it('refuses each of them with a field changed, taken away or added, however deep, and names it', () => {
    let changes = 0;
    for (const type of new Set(events.map((event) => event.type))) {
      const lengths = events.map((event) => (event.type === type ? JSON.stringify(event).length : 0));
      const fullest = events[lengths.indexOf(lengths.reduce((a, b) => Math.max(a, b)))];
      for (const { path, changed } of changesOf(fullest)) {
        changes += 1;
        expect(() => decode(JSON.stringify(changed)), `${type} ${path}`).toThrow(
          path === 'type' ? 'type: ' : path.endsWith('+') ? '"intruder"' : `(${path}: `,
        );
      }
    }
    expect(changes).toBeGreaterThan(400);
  });

  it('takes a candle without a volume', () => {
    const { volume: _, ...bare } = CANDLE;
    expect(decode(encode(bare))).toStrictEqual(bare);
  });

  const line = encode(CANDLE);
  it.each([
    ['no JSON', 'hello', /not JSON/],
    ['a list', '[]', /expected object/],
    ['no type', '{}', /type: no known type of event/],
    ['an unknown type', '{"type":"ALERT"}', /type: no known type of event/],
    ['another version', line.replace('"v":1', '"v":2'), /v: expected 1, the version/],
    ['a field too many', line.replace('}', ',"run":"july"}'), /"run"/],
    ['a prototype', line.replace('}', ',"__proto__":{"x":1}}'), /"__proto__"/],
    ['a field too few', line.replace('"symbol":"SBIN",', ''), /symbol: .*expected string/],
    ['a null', line.replace('268.5', 'null'), /open: .*expected number/],
    ['a number as text', line.replace('268.5', '"268.5"'), /open: .*expected number/],
    ['a number beyond all bounds', line.replace('268.5', '1e999'), /open: /],
    ['a minus zero', line.replace('268.5', '-0'), /open: must not be -0/],
    ['a name that is empty', line.replace('"SBIN"', '""'), /symbol: expected string of one/],
    ['an instant of minus zero', line.replace('1436154360000,"openAt"', '-0,"openAt"'), /at: expected int/],
    ['an instant that is not exact', line.replace('1436154360000', '9007199254740992'), /at: expected int/],
    ['half a millisecond', line.replace('1436154360000', '1436154360000.5'), /at: .*expected int/],
  ])('refuses %s, with the field and the line', (_what, foreign, why) => {
    expect(() => decode(foreign)).toThrow(
      expect.objectContaining({
        code: 'DATA',
        message: expect.stringMatching(why),
        hint: expect.stringContaining('version'),
      }),
    );
    expect(() => decode(foreign)).toThrow(foreign.slice(0, 20));
  });

  it('refuses an unknown word, and a name that is none, inside what is free otherwise', () => {
    const signal = events.find((event) => event.type === 'POTENTIAL_SIGNAL');
    const line = JSON.stringify({
      ...signal,
      direction: 'long',
      trace: [{ condition: 'x', result: 'true', values: { sma3: 1 } }],
    });
    expect(decode(line).type).toBe('POTENTIAL_SIGNAL');
    expect(() => decode(line.replace('"long"', '"sideways"'))).toThrow(
      '(direction: expected long or short, found string "sideways")',
    );
    expect(() => decode(line.replace('"sma3"', '""'))).toThrow('(trace.0.values.: a name must not be empty)');
  });

  it('shows the beginning of a long line only', () => {
    expect(() => decode('x'.repeat(100_000))).toThrow(/^.{100,200}…"\.$/);
  });
});
