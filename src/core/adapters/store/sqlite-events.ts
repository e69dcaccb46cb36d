import type Database from 'libsql';
import type { Channel } from '../../domain/events/channels.ts';
import { packPosition, unpackPosition } from '../../domain/events/position.ts';
import { type Append, READ_MAX, type ReadRange, type StoredEvent } from '../../ports/store.ts';
import { rows } from './sqlite-rows.ts';

/**
 * How events lie in a store's file: one row each, but for candles. Those are nearly all events of a run and are never
 * asked for one by one, so those of one commit share a row: as rows of their own they take SQLite as long as the whole
 * pipeline takes to make them.
 */
export const EVENT_SCHEMA = `
  create table event (
    position integer primary key, channel text not null, line text not null, recorded_at integer not null
  ) strict;
  create table candle_block (
    last integer primary key, first integer not null, positions blob not null, lines text not null,
    recorded_at integer not null
  ) strict;
`;

const CANDLES: Channel = 'MARKET.CANDLE';

/** Candles in one block, at most: who asks for a few has so many read for him. */
const BLOCK = 256;
/** Blocks asked for at once. */
const BLOCKS = 8;
/** Rows in one statement, the most first: a call of libsql costs more than the row it inserts. */
const ROWS = [200, 20, 1] as const;

/** Appends the events of a commit, ascending, as recorded at that moment. */
export function eventWriter(db: Database.Database): (events: readonly Append[], recordedAt: number) => void {
  const inserts = ROWS.map((count) => insertRows(db, count));
  const insertBlock = db.prepare('insert into candle_block values (?, ?, ?, ?, ?)');

  function appendRows(events: readonly Append[], recordedAt: number): void {
    let from = 0;
    for (const { count, statement } of inserts)
      for (; from + count <= events.length; from += count)
        statement.run(valuesOf(events, from, from + count, recordedAt));
  }

  function appendBlock(candles: readonly Append[], recordedAt: number): void {
    const positions = Float64Array.from(candles, ({ position }) => packPosition(position));
    const lines = candles.map(({ line }) => line).join('\n');
    insertBlock.run(positions.at(-1), positions[0], Buffer.from(positions.buffer), lines, recordedAt);
  }

  return (events, recordedAt) => {
    const candles = events.filter(({ channel }) => channel === CANDLES);
    for (let from = 0; from < candles.length; from += BLOCK)
      appendBlock(candles.slice(from, from + BLOCK), recordedAt);
    if (candles.length === events.length) return;
    const others = candles.length === 0 ? events : events.filter(({ channel }) => channel !== CANDLES);
    appendRows(others, recordedAt);
  };
}

/** `?1` is when they were recorded, which all rows share: what is bound costs as much as what is written. */
function insertRows(db: Database.Database, count: number) {
  const rows = Array.from({ length: count }, (_, k) => `(?${3 * k + 2}, ?${3 * k + 3}, ?${3 * k + 4}, ?1)`);
  return { count, statement: db.prepare(`insert into event values ${rows.join(', ')}`) };
}

function valuesOf(events: readonly Append[], from: number, to: number, recordedAt: number) {
  const values: (number | string)[] = [recordedAt];
  for (let i = from; i < to; i += 1) {
    const event = events[i];
    if (event !== undefined) values.push(packPosition(event.position), event.channel, event.line);
  }
  return values;
}

/** An event with its position packed: the order in which rows and blocks are merged. */
type Packed = readonly [position: number, event: StoredEvent];

/** Reads ranges of events, in the order of positions. */
export function eventReader(db: Database.Database): (range: ReadRange) => readonly StoredEvent[] {
  const readRows = rowReader(db);
  const readCandles = candleReader(db);
  return (range) => {
    const { channels, max = READ_MAX } = range;
    const span = { after: packPosition(range.after), upTo: packPosition(range.upTo), max };
    const others = channels?.filter((name) => name !== CANDLES);
    const rows = others?.length === 0 ? [] : readRows(span, others);
    const candles = channels === undefined || channels.includes(CANDLES) ? readCandles(span) : [];
    return merge(rows, candles, max);
  };
}

type Span = { readonly after: number; readonly upTo: number; readonly max: number };

function merge(rows: readonly Packed[], candles: readonly Packed[], max: number): readonly StoredEvent[] {
  const all = [...rows, ...candles];
  if (rows.length > 0 && candles.length > 0) all.sort(([left], [right]) => left - right);
  return all.slice(0, max).map(([, event]) => event);
}

type EventRow = [position: number, channel: Channel, line: string, recordedAt: number];

/** One prepared statement per set of channels, of which a program uses a handful. */
function rowReader(db: Database.Database) {
  const prepared = new Map<string, (...parameters: readonly unknown[]) => readonly EventRow[]>();

  function select(channels: readonly Channel[] | undefined) {
    // Channels are names of ours, so they may stand in the text.
    const list = channels?.map((name) => `'${name}'`).join(', ');
    const where = list === undefined ? '' : ` and channel in (${list})`;
    const known = prepared.get(where);
    if (known !== undefined) return known;
    const made = rows<EventRow>(
      db,
      `select position, channel, line, recorded_at from event where position > ? and position <= ?${where} order by position limit ?`,
    );
    prepared.set(where, made);
    return made;
  }

  return ({ after, upTo, max }: Span, channels: readonly Channel[] | undefined): readonly Packed[] =>
    select(channels)(after, upTo, max).map(([position, channel, line, recordedAt]) => [
      position,
      { position: unpackPosition(position), channel, line, recordedAt },
    ]);
}

type BlockRow = [last: number, positions: Buffer, lines: string, recordedAt: number];

function candleReader(db: Database.Database): (span: Span) => readonly Packed[] {
  const select = rows<BlockRow>(
    db,
    `select last, positions, lines, recorded_at from candle_block
     where last > ? and first <= ? order by last limit ${BLOCKS}`,
  );
  return ({ after, upTo, max }) => {
    const candles: Packed[] = [];
    let from = after;
    while (candles.length < max) {
      const blocks = select(from, upTo);
      for (const block of blocks) addCandles(candles, block, after, upTo);
      const last = blocks.at(-1);
      if (last === undefined || blocks.length < BLOCKS) break;
      from = last[0];
    }
    return candles;
  };
}

function addCandles(to: Packed[], [, blob, text, recordedAt]: BlockRow, after: number, upTo: number): void {
  const positions = new Float64Array(Uint8Array.from(blob).buffer);
  const lines = text.split('\n');
  for (let k = 0; k < lines.length; k += 1) {
    const packed = positions[k] ?? Number.NaN;
    const line = lines[k];
    if (line === undefined || !(packed > after && packed <= upTo)) continue;
    to.push([packed, { position: unpackPosition(packed), channel: CANDLES, line, recordedAt }]);
  }
}
