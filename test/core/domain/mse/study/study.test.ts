import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCandleFiles } from '../../../../../src/core/adapters/feed/csv/read-candle-files.ts';
import type { NoTradePlan, TradePlanProposed } from '../../../../../src/core/domain/events/events.ts';
import type { CandleColumns } from '../../../../../src/core/domain/market/candle.ts';
import { createMarket } from '../../../../../src/core/domain/market/presets/catalog.ts';
import { hintsOf } from '../../../../../src/core/domain/market/traded-instrument.ts';
import { takenAtOf } from '../../../../../src/core/domain/mse/study/sight.ts';
import { type Study, type StudyInput, studyOf } from '../../../../../src/core/domain/mse/study/study.ts';
import { DEFAULT_RISK_LIMITS } from '../../../../../src/core/domain/risk/settings.ts';
import { DEFAULT_FILLS } from '../../../../../src/core/domain/simulation/settings.ts';
import { formatPrice } from '../../../../../src/core/views/numbers.ts';
import { wordingOf } from '../../../../../src/core/views/structure/draw-study.ts';
import { sentencesOf } from '../../../../../src/core/views/structure/sentences.ts';
import { studyJson } from '../../../../../src/core/views/structure/study-json.ts';
import { cutColumns, MINUTE_MS, runEngine, strategiesOf } from '../../../../run-engine.ts';
import { PROJECT } from '../../../../shared.ts';

/** On the bundled candles: what is seen at an instant, against what the engine decided there and against other futures. */

const market = createMarket('nse');
const { zone } = market.calendar;
const FIVE_MINUTES = 5 * MINUTE_MS;
const DAY_MS = 86_400_000;
/** 2015-07-06 00:00 in Kolkata. */
const FIRST_DAY = Date.UTC(2015, 6, 5, 18, 30);

let week: readonly CandleColumns[];

beforeAll(async () => {
  const file = join(PROJECT, 'examples', 'data', 'nse-five-2015-07.csv.gz');
  const read = await readCandleFiles([file], { to: FIRST_DAY + 5 * DAY_MS }, market.calendar);
  week = read.columns;
});

function look(
  columns: readonly CandleColumns[],
  symbol: string,
  at: number,
  more: Partial<StudyInput> = {},
): Study {
  const study = studyOf({
    columns,
    sessions: market.calendar.sessions(FIRST_DAY, FIRST_DAY + 30 * DAY_MS),
    symbol,
    baseTimeframeMs: MINUTE_MS,
    timeframeMs: FIVE_MINUTES,
    at,
    direction: undefined,
    costs: market.costs,
    fills: DEFAULT_FILLS,
    minRewardRisk: DEFAULT_RISK_LIMITS.minRewardRisk,
    stopDistanceRule: true,
    instrument: (of) => market.instrument(hintsOf(of)),
    ...more,
  });
  if (study === undefined) throw new Error(`nothing to see at ${at}`);
  return study;
}

const seen = (study: Study): string => JSON.stringify(studyJson(study, zone));

/** Minutes after midnight of the n-th day. */
const instant = (day: number, minutes: number): number => FIRST_DAY + day * DAY_MS + minutes * MINUTE_MS;

/** Opens, closes, inside a bucket and at its end, between sessions. */
const INSTANTS = [
  instant(0, 11 * 60),
  instant(1, 9 * 60 + 20),
  instant(1, 10 * 60 + 3),
  instant(2, 11 * 60 + 10),
  instant(2, 15 * 60 + 30),
  instant(2, 20 * 60),
  instant(3, 9 * 60 + 16),
];

describe('nothing later is looked at', () => {
  it.each(['FEDERALBNK', 'FCEL'])('%s: the same with and without the candles that follow', (symbol) => {
    for (const at of INSTANTS) {
      const cut = week.map((of) => cutColumns(of, at)).filter(({ length }) => length > 0);
      expect(seen(look(cut, symbol, at))).toBe(seen(look(week, symbol, at)));
    }
  });

  it('the same with another future, on a finer grid', () => {
    for (const at of INSTANTS) {
      const other = week.map((of) => ({ ...noiseFrom(of, at), priceDecimals: 4 }));
      expect(seen(look(other, 'FRL', at))).toBe(seen(look(week, 'FRL', at)));
    }
  });

  it('of an instant inside a candle, the last one that closed decides', () => {
    const inside = look(week, 'FRL', instant(1, 10 * 60 + 3));
    expect(inside.at).toBe(instant(1, 10 * 60));
    expect(seen(inside)).toBe(seen(look(week, 'FRL', instant(1, 10 * 60))));
  });

  it('a candle whose last minutes nobody traded in is over at its end', () => {
    const alone = week.filter(({ symbol }) => symbol === 'FCEL');
    const [own] = alone;
    const minutes = new Set(own?.openAt);
    const ends = Array.from({ length: 60 }, (_, i) => instant(1, 9 * 60 + 30 + 5 * i));
    const quiet = ends.filter(
      (at) => !minutes.has(at - MINUTE_MS) && [2, 3, 4, 5].some((n) => minutes.has(at - n * MINUTE_MS)),
    );
    expect(quiet.length).toBeGreaterThan(0);
    for (const at of quiet) {
      const study = look(alone, 'FCEL', at);
      expect([study.at, study.candles.at(-1)?.openAt]).toEqual([at, at - FIVE_MINUTES]);
    }
  });

  it('what was taken is told newest first', () => {
    const times = look(week, 'FEDERALBNK', instant(4, 12 * 60)).taken.map(takenAtOf);
    expect(times.length).toBeGreaterThan(1);
    expect(times).toEqual(times.toSorted((a, b) => (b ?? 0) - (a ?? 0)));
    expect(new Set(times).size).toBeGreaterThan(1);
  });

  it('there is nothing before a whole candle has closed', () => {
    expect(() => look(week, 'FRL', instant(0, 9 * 60 + 19))).toThrow('nothing to see');
  });
});

/** Every candle that closes after `at` becomes another one. */
function noiseFrom(of: CandleColumns, at: number): CandleColumns {
  const after = (column: Float64Array, change: (value: number, i: number) => number): Float64Array =>
    column.map((value, i) => ((of.openAt[i] ?? 0) + MINUTE_MS > at ? change(value, i) : value));
  return {
    ...of,
    open: after(of.open, (value) => value * 1.0123),
    high: after(of.high, (value, i) => value * (1.05 + (i % 7) / 100)),
    low: after(of.low, (value, i) => value * (0.95 - (i % 5) / 100)),
    close: after(of.close, (value) => value * 0.9877),
  };
}

describe('the plan is the one that a backtest gets', () => {
  it('stop, target, reasons and times of every signal of a week', () => {
    const shown = JSON.parse(
      readFileSync(join(PROJECT, 'examples/strategies/vwap-cross.json'), 'utf8').replace(/^\s*\/\/.*$/gm, ''),
    ) as readonly Record<string, unknown>[];
    const strategies = strategiesOf([
      ...shown,
      { ...shown[0], strategy_name: 'short', entry_direction: 'SHORT' },
    ]);
    const { events } = runEngine({ columns: week, strategies });
    const isOutput = (event: { readonly type: string }): event is TradePlanProposed | NoTradePlan =>
      event.type === 'TRADE_PLAN_PROPOSED' || event.type === 'NO_TRADE_PLAN';
    const outputs = events.filter(isOutput).filter((_, i) => i % 3 === 0);
    expect(outputs.filter(({ type }) => type === 'TRADE_PLAN_PROPOSED').length).toBeGreaterThan(5);
    for (const event of outputs) {
      const { outcome } = look(week, event.symbol, event.at, { direction: event.direction });
      const reasons = outcome.reasons.map(({ formedAt: _, ...reason }) => reason);
      expect([event.id, reasons]).toEqual([event.id, event.reasons]);
      if (event.type === 'NO_TRADE_PLAN') expect(outcome).toMatchObject({ refusal: event.reason });
      else {
        const { entry, stop, targets, rewardRisk, score } = event;
        expect(outcome.plan).toMatchObject({ entry, stop, targets, rewardRisk, score });
      }
    }
  });
});

describe('sentences agree with their objects', () => {
  it.each(['FEDERALBNK', 'FORTIS', 'FSL'])('%s', (symbol) => {
    for (const at of INSTANTS) {
      const study = look(week, symbol, at);
      const json = studyJson(study, zone);
      const objects = new Map(objectsIn(json).map((object) => [object['id'], object]));
      const price = (value: unknown): string => formatPrice(Number(value), study.instrument.decimals);
      for (const { ref, text, formedAt = 0, knownAt = 0 } of sentencesOf(study, wordingOf(study, zone))) {
        if (ref === undefined) continue;
        const object = objects.get(ref);
        expect(object).toMatchObject({ formedAt, knownAt });
        if (object?.['kind'] !== 'gap') expect(text).toContain(price(object?.['level']));
        else {
          expect(text).toContain(`${price(object['bottom'])} to ${price(object['top'])}`);
          expect(Number(/middle ([\d.]+),/.exec(text)?.[1])).toBe(Number(Number(object['level']).toFixed(6)));
        }
        expect(formedAt).toBeLessThan(knownAt);
        expect(knownAt).toBeLessThanOrEqual(study.at);
      }
    }
  });
});

/** Every object of the JSON that bears an id. */
function objectsIn(value: unknown): readonly Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return 'id' in value ? [value as Record<string, unknown>, ...inside] : inside;
}
