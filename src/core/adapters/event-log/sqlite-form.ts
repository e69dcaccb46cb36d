import type { FileForm } from '../store/sqlite-file.ts';

/** The application id reads `trlg` in ASCII. */
export const EVENT_LOG_FORM: FileForm = {
  noun: 'event log',
  applicationId: 0x74726c67,
  version: 1,
  maker: '`tradekit log`',
  schema: `
    create table run (
      key integer primary key, id text not null unique, config_hash text not null, feed text not null,
      mark integer not null, moved_at integer not null
    ) strict;
    create table event (
      run integer not null, position integer not null, id text not null, channel text not null, at integer,
      symbol text, strategy text, correlation_id text, line text not null, recorded_at integer not null,
      primary key (run, position, id)
    ) strict, without rowid;
    create unique index event_id on event (run, id);
    create index event_symbol on event (run, symbol, position) where channel <> 'MARKET.CANDLE';
    create index event_correlation on event (run, correlation_id, position) where correlation_id is not null;
  `,
};
