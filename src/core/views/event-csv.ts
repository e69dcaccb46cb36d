import { stringify } from 'csv-stringify/sync';
import type { Channel } from '../domain/events/channels.ts';
import { facetsOf } from '../domain/events/facets.ts';
import { formatPosition, type Position } from '../domain/events/position.ts';
import { formatLocal } from '../domain/market/zone.ts';
import { numberCell, textCell } from './csv-cell.ts';

/** An event as a log has it. */
export type LoggedEvent = {
  readonly run: string;
  readonly position: Position;
  readonly channel: Channel;
  readonly line: string;
};

/** Single values of events that have a column of their own; lists (trace, reasons, checks, fees) have none. */
const FIELDS = [
  'id',
  'correlationId',
  'causationId',
  'session',
  'direction',
  'timeframe',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'leg',
  'side',
  'kind',
  'qty',
  'filledQty',
  'price',
  'entryPrice',
  'exitPrice',
  'stop',
  'rewardRisk',
  'score',
  'riskAmount',
  'riskPct',
  'reason',
  'exitReason',
  'grossPnl',
  'slippage',
  'netPnl',
  'pnlR',
  'mae',
  'mfe',
] as const;

const LEADING = ['run', 'position', 'channel', 'type', 'at', 'symbol', 'strategy'];

export function eventCsvHeader(): string {
  return stringify([[...LEADING, ...FIELDS.map(snakeCase)]]);
}

/** One row per event; times are exchange time with offset. */
export function eventCsvRow({ run, position, channel, line }: LoggedEvent, zone: string): string {
  const fields = JSON.parse(line) as Readonly<Record<string, unknown>>; // an event is an object
  const { at, symbol, strategy } = facetsOf(fields);
  const leading = [
    run,
    formatPosition(position),
    channel,
    fields['type'],
    formatLocal(zone, at),
    symbol,
    strategy,
  ];
  return stringify([[...leading, ...FIELDS.map((name) => fields[name])].map(cell)]);
}

function cell(value: unknown): string {
  if (typeof value === 'number') return numberCell(value);
  return typeof value === 'string' ? textCell(value) : '';
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
