import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readCandleFiles } from '../../src/core/adapters/feed/csv/read-candle-files.ts';
import type { Candle, CandleColumns } from '../../src/core/domain/market/candle.ts';
import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';
import type { Session } from '../../src/core/domain/market/session.ts';
import { cutColumns, MINUTE_MS, type Run, runEngine, strategiesOf } from '../run-engine.ts';
import { PROJECT } from '../shared.ts';
import { candleAfter, setFuture } from './future.ts';

/**
 * The events of every prefix are exactly the prefix of the full run's events: on real candles, through the shipped
 * strategies, structure, risk and fills. What the end of the feed adds comes after and is left aside.
 */
const FILE = join(PROJECT, 'examples', 'data', 'nse-five-2015-07.csv.gz');
const WARM_UP_DAYS = 5;
const SHIPPED = JSON.parse(readFileSync(join(PROJECT, 'strategies.json'), 'utf8')) as unknown;

type Engine = { readonly runEngine: typeof runEngine; readonly strategiesOf: typeof strategiesOf };

type Window = { readonly columns: readonly CandleColumns[]; readonly from: number; readonly until: number };

let all: readonly CandleColumns[];
let sessions: readonly Session[];

beforeAll(async () => {
  const { calendar } = createMarket('nse');
  const read = await readCandleFiles([FILE], {}, calendar);
  all = read.columns;
  const first = Math.min(...all.map(({ openAt }) => openAt[0] ?? 0));
  sessions = calendar.sessions(first, first + 60 * 86_400_000);
});

/** Two full days of some symbols after five of warm-up, from session `start` on. */
function windowFrom(start: number, ...symbols: readonly string[]): Window {
  const session = (index: number): Session => sessions[start + index] as Session; // the data has 30 of them
  const begin = session(0).openAt;
  const until = session(WARM_UP_DAYS + 1).closeAt;
  const own = all.filter(({ symbol }) => symbols.includes(symbol));
  const columns = own.map((of) => cutColumns(dropBefore(of, begin), until));
  return { columns, from: session(WARM_UP_DAYS).openAt, until };
}

function dropBefore(of: CandleColumns, from: number): CandleColumns {
  const index = of.openAt.findIndex((openAt) => openAt >= from);
  const drop = (column: Float64Array): Float64Array => column.subarray(index);
  return {
    ...of,
    length: of.length - index,
    openAt: drop(of.openAt),
    open: drop(of.open),
    high: drop(of.high),
    low: drop(of.low),
    close: drop(of.close),
    volume: of.volume === undefined ? undefined : drop(of.volume),
  };
}

function run(engine: Engine, columns: readonly CandleColumns[]): Run {
  setFuture(columns);
  return engine.runEngine({ columns, strategies: engine.strategiesOf(SHIPPED) });
}

/** Where a prefix first differs from the full run; undefined where none does. */
function firstDifference(engine: Engine, { columns, from, until }: Window): string | undefined {
  const full = run(engine, columns);
  for (let at = from + MINUTE_MS; at <= until; at += MINUTE_MS) {
    const prefix = run(
      engine,
      columns.map((of) => cutColumns(of, at)),
    );
    const known = prefix.lines.slice(
      0,
      prefix.events.findIndex(({ type }) => type === 'FEED_ENDED'),
    );
    const lastAt = prefix.toldAt.at(-1) ?? 0;
    const expected = full.lines.slice(0, full.toldAt.filter((told) => told <= lastAt).length);
    if (at === until) expected.length = known.length; // the full run ends here too
    const index = known.findIndex((line, i) => line !== expected[i]);
    if (index !== -1) return `${at}: ${known[index]} is not ${expected[index]}`;
    if (known.length !== expected.length)
      return `${at}: ${known.length} events, ${expected.length} in the full run`;
  }
  return undefined;
}

describe('no prefix of the future changes the past', () => {
  it.each([
    ['FEDERALBNK', 0],
    ['FORTIS', 9],
  ])('over two days of real candles of %s from session %i', { timeout: 600_000 }, (symbol, start) => {
    const window = windowFrom(start, symbol);
    const { events, toldAt } = run({ runEngine, strategiesOf }, window.columns);
    const inWindow = (type: string) =>
      events.filter((event, i) => event.type === type && (toldAt[i] ?? 0) > window.from);
    expect(inWindow('TRADE_PLAN_PROPOSED').length).toBeGreaterThanOrEqual(3);
    expect(inWindow('ORDER_FILLED').length).toBeGreaterThanOrEqual(1);
    expect(inWindow('POSITION_CLOSED').length).toBeGreaterThanOrEqual(1);
    expect(firstDifference({ runEngine, strategiesOf }, window)).toBeUndefined();
  });
});

describe('a planted peek of one candle is found', () => {
  afterEach(() => {
    vi.doUnmock('../../src/core/domain/indicators/ema.ts');
    vi.doUnmock('../../src/core/domain/structure/pivots.ts');
    vi.doUnmock('../../src/core/domain/market/candle-builder.ts');
    vi.resetModules();
  });

  async function planted(): Promise<Engine> {
    vi.resetModules();
    return await import('../run-engine.ts');
  }

  it('in an indicator', { timeout: 600_000 }, async () => {
    vi.doMock('../../src/core/domain/indicators/ema.ts', async (original) => {
      const { ema } = await original<typeof import('../../src/core/domain/indicators/ema.ts')>();
      const create: typeof ema.create = (params, source) => {
        const honest = ema.create(params, source);
        const next = (candle: Candle): void =>
          honest.next({ ...candle, close: candleAfter(candle)?.close ?? candle.close });
        return { out: honest.out, next, why: () => honest.why() };
      };
      return { ema: { ...ema, create } };
    });
    expect(firstDifference(await planted(), windowFrom(0, 'FEDERALBNK'))).toBeDefined();
  });

  it('in a pivot', { timeout: 600_000 }, async () => {
    vi.doMock('../../src/core/domain/structure/pivots.ts', async (original) => {
      const { createPivots } = await original<typeof import('../../src/core/domain/structure/pivots.ts')>();
      return {
        createPivots(left: number, right: number) {
          const early = createPivots(left, right - 1);
          const peeking = Object.create(early, {
            next: {
              value(candle: Candle) {
                early.next(candle);
                // Confirmed one candle early, if the next one agrees: at the end of the data there is none to ask.
                const after = candleAfter(candle);
                peeking.high = after !== undefined && after.high <= early.high ? early.high : Number.NaN;
                peeking.low = after !== undefined && after.low >= early.low ? early.low : Number.NaN;
              },
            },
            high: { value: Number.NaN, writable: true },
            low: { value: Number.NaN, writable: true },
          });
          return peeking;
        },
      };
    });
    expect(firstDifference(await planted(), windowFrom(0, 'FEDERALBNK'))).toBeDefined();
  });

  it('in a higher timeframe', { timeout: 600_000 }, async () => {
    vi.doMock('../../src/core/domain/market/candle-builder.ts', async (original) => {
      const { createCandleBuilder } =
        await original<typeof import('../../src/core/domain/market/candle-builder.ts')>();
      return {
        createCandleBuilder(slot: number, timeframeMs: number) {
          const honest = createCandleBuilder(slot, timeframeMs);
          const take = (): Candle | undefined => {
            const candle = honest.take();
            return candle === undefined
              ? undefined
              : { ...candle, close: candleAfter(candle)?.close ?? candle.close };
          };
          return Object.create(honest, { take: { value: take }, endAt: { get: () => honest.endAt } });
        },
      };
    });
    expect(firstDifference(await planted(), windowFrom(0, 'FEDERALBNK'))).toBeDefined();
  });
});
