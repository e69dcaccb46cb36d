import { expect } from 'vitest';
import { facetsOf } from '../../../src/core/domain/events/facets.ts';
import { comparePositions } from '../../../src/core/domain/events/position.ts';
import type { LogQuery } from '../../../src/core/ports/event-log.ts';
import type { Append } from '../../../src/core/ports/store.ts';
import { RECORDED, recordedRun } from '../../recorded-run.ts';
import { at, collect, type LogCase, markOf, type OpenedReader } from './opened.ts';

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf({ line }: Append): Fields {
  return JSON.parse(line) as Fields; // a line of ours
}

/** What the log must find, said another way: by a look at every event. */
type Find = readonly [
  what: string,
  query: Partial<LogQuery>,
  fits: (event: Append, fields: Fields) => boolean,
];

async function findsOf(events: readonly Append[]): Promise<readonly Find[]> {
  const fill = events.find(({ channel }) => channel === 'EXECUTION.ORDER_FILLED');
  const { symbol, correlationId, at: filledAt } = fieldsOf(fill ?? events[0] ?? missing());
  const strategy = String(correlationId).split('/')[1] ?? '';
  const ofSignal = (fields: Fields) => String(fields['correlationId']).split('/')[1] === strategy;
  const from = Number(filledAt);
  const to = from + 20 * 60_000;
  const given = { symbol: String(symbol), correlationId: String(correlationId) };
  const isWithin = (fields: Fields) => Number(fields['at']) >= from && Number(fields['at']) <= to;
  return [
    ['all of it', {}, () => true],
    ['one channel', { channels: ['SIGNALS.MSE_OUTPUT'] }, ({ channel }) => channel === 'SIGNALS.MSE_OUTPUT'],
    ['no channel', { channels: [] }, () => false],
    [
      'two channels',
      { channels: ['EXECUTION.ORDER_FILLED', 'MARKET.CANDLE'] },
      ({ channel }) => channel === 'EXECUTION.ORDER_FILLED' || channel === 'MARKET.CANDLE',
    ],
    ['a symbol', { symbol: given.symbol }, (_, fields) => fields['symbol'] === symbol],
    ['a symbol that is not there', { symbol: `${given.symbol}.` }, () => false],
    ['a strategy, its orders too', { strategy }, (_, fields) => ofSignal(fields)],
    ['part of a strategy’s name', { strategy: strategy.slice(1) }, () => false],
    [
      'a signal',
      { correlationId: given.correlationId },
      (_, fields) => fields['correlationId'] === correlationId,
    ],
    ['times, both ends included', { fromAt: from, toAt: to }, (_, fields) => isWithin(fields)],
    [
      'all of these together',
      { symbol: given.symbol, strategy, fromAt: from, toAt: to, channels: ['SIGNALS.RISK_REJECTED'] },
      ({ channel }, fields) =>
        channel === 'SIGNALS.RISK_REJECTED' &&
        ofSignal(fields) &&
        fields['symbol'] === symbol &&
        isWithin(fields),
    ],
    [
      'beyond a position and up to one',
      { after: at(100, 2, 0), upTo: at(200) },
      ({ position }) =>
        comparePositions(position, at(100, 2)) > 0 && comparePositions(position, at(200)) <= 0,
    ],
  ];
}

function missing(): never {
  throw new Error('The run has no event.');
}

function places(events: readonly Append[]): readonly string[] {
  return events.map(({ position: { n, rank, i } }) => `${n}.${rank}.${i}`);
}

/** What readers find. */
export const READ_CASES: readonly LogCase<OpenedReader>[] = [
  {
    title: 'finds what is asked for, in the order of positions',
    async check({ fill, reader }) {
      const events = await recordedRun();
      await fill(events);
      const look = await reader();
      for (const [what, query, fits] of await findsOf(events)) {
        const wanted = events.filter((event) => fits(event, fieldsOf(event)));
        expect(places(await collect(look, query)), what).toEqual(places(wanted));
        for (const last of [1, 3, 5000]) {
          const newest = places(await collect(look, { ...query, last }));
          expect(newest, `${what}, the last ${last}`).toEqual(places(wanted.slice(-last)));
        }
      }
    },
  },
  {
    title: 'finds the orders of a strategy whose name is like a path',
    async check({ fill, reader }) {
      const order = (i: number, strategy: string): Append => {
        const correlationId = `BTC/USD/${strategy}/5m/1436154300000`;
        const fields = { id: `${correlationId}#order`, at: 1, symbol: 'BTC/USD', correlationId };
        return { position: at(1, 5, i), channel: 'EXECUTION.ORDER_PLACED', line: JSON.stringify(fields) };
      };
      const events = [order(0, 'b'), order(1, 'a/b'), order(2, 'a.b'), order(3, 'a+b')];
      await fill(events);
      const look = await reader();
      for (const [i, strategy] of ['b', 'a/b', 'a.b', 'a+b'].entries()) {
        expect(places(await collect(look, { strategy }))).toEqual([`1.5.${i}`]);
      }
      expect(facetsOf(fieldsOf(events[1] ?? missing())).strategy).toBe('a/b');
    },
  },
  {
    title: 'tells which run there is, and that it has all of it',
    async check({ fill, reader }) {
      const events = await recordedRun();
      await fill(events);
      const look = await reader();
      expect(await look.runs()).toMatchObject([RECORDED]);
      const mark = await markOf(look);
      expect(mark?.n).toBe(events.at(-1)?.position.n);
      expect(await collect(look, { run: 'another' })).toEqual([]);
    },
  },
  {
    title: 'may be left in the middle, and read again',
    async check({ fill, reader }) {
      const events = await recordedRun();
      await fill(events);
      const look = await reader();
      for (const enough of [1, 1500]) {
        let seen = 0;
        for await (const { line } of look.read({ run: RECORDED.id })) {
          expect(line).toBe(events[seen]?.line);
          seen += 1;
          if (seen === enough) break;
        }
        expect(seen).toBe(enough);
      }
    },
  },
  {
    title: 'follows a run from its mark',
    async check({ fill, reader }) {
      const events = await recordedRun();
      await fill(events);
      const stop = new AbortController();
      const look = await reader();
      const marks = look.watch(RECORDED.id, stop.signal)[Symbol.asyncIterator]();
      const { value } = await marks.next();
      expect(value).toEqual(await markOf(look));
      const next = marks.next();
      stop.abort();
      expect((await next).done).toBe(true);
    },
  },
];
