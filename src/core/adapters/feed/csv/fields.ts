/** What a column may hold. `stamp` carries the date (and mostly the time); `clock` a time of day beside a date. */
export type Field =
  | 'symbol'
  | 'stamp'
  | 'clock'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'volume'
  | 'price'
  | 'size';

export const PRICE_FIELDS = ['open', 'high', 'low', 'close'] as const;

/** What `--columns` may name; `time` is the clock when there is a date beside it. */
export const COLUMN_FLAG_FIELDS = [
  'symbol',
  'date',
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'price',
  'size',
] as const;

/** Header names of a field after `plainName`, the likeliest first. */
export const FIELD_NAMES: Readonly<Record<Exclude<Field, 'clock'>, readonly string[]>> = {
  symbol: ['symbol', 'ticker'],
  stamp: [
    'datetime',
    'gmttime',
    'utctime',
    'localtime',
    'timestamp',
    'opentime',
    'starttime',
    'unix',
    'unixtime',
    'unixtimestamp',
    'exchangetime',
    'exchangetimestamp',
    'tradetime',
    'lasttradetime',
    'ltt',
    'date',
    'time',
    'start',
    'index',
    '',
  ],
  open: ['open', 'o', 'openprice', 'priceopen'],
  high: ['high', 'h', 'highprice', 'pricehigh'],
  low: ['low', 'l', 'lowprice', 'pricelow'],
  close: ['close', 'c', 'closeprice', 'priceclose'],
  volume: ['volume', 'vol', 'v', 'volumetraded', 'qty', 'quantity', 'tickvol', 'tickvolume'],
  price: ['price', 'ltp', 'lastprice', 'lasttradedprice', 'tradeprice', 'last', 'p'],
  size: [
    'size',
    'qty',
    'quantity',
    'ltq',
    'lastsize',
    'lasttradedquantity',
    'tradesize',
    'amount',
    'volume',
    'vol',
    'v',
    'q',
  ],
};

export const CLOCK_NAMES: readonly string[] = ['time', 'clock', 'timeofday'];

/** Headers that say the stamps are UTC though they carry no offset. */
export const UTC_NAMES: readonly string[] = ['gmttime', 'utctime'];

/** `<TICKVOL>`, `Tick Vol`, `tick_vol`, `Tick/Vol` → `tickvol`. */
export function plainName(header: string): string {
  return header
    .trim()
    .toLowerCase()
    .replaceAll(/[<>\s_./-]/g, '');
}
