import type { CandleColumns } from '../domain/market/candle.ts';

/** What a stamp in a file stands for: the instant a candle opens, or the instant it closes. */
export type StampReading = 'start' | 'end';

/** Prices before `date` (exchange date, YYYY-MM-DD) are multiplied by `factor`, volumes divided by it: a 1:1 bonus is 0.5. */
export type Adjustment = { readonly symbol: string; readonly date: string; readonly factor: number };

/** One row that was left out or looks wrong: where it stands and the instant its candle opens. */
export type RowExample = { readonly path: string; readonly line: number; readonly openAt: number };

/** A change of over 20 % from one session's last close to the next session's first open, in the file's prices or in adjusted ones. */
export type PriceJump = {
  /** Exchange date of the later session. */
  readonly date: string;
  readonly openAt: number;
  /** As the file has it, like `toOpen`. */
  readonly fromClose: number;
  readonly toOpen: number;
  /** 100 × (toOpen ÷ fromClose − 1). */
  readonly changePct: number;
  /** Product of the adjustments of that date; undefined where there is none. */
  readonly factor: number | undefined;
  /** True where the change is still over 20 % after adjustment: whoever folds candles starts afresh here. */
  readonly remains: boolean;
};

/** How one file was read. Counts are rows. */
export type FileReport = {
  readonly path: string;
  readonly bytes: number;
  readonly gzip: boolean;
  readonly delimiter: string;
  readonly header: boolean;
  /** As written, e.g. `yyyy-MM-dd HH:mm:ss`, `epoch ms`. */
  readonly dateFormat: string;
  /** Field → header name, or the column's number from 1 where there is no header. */
  readonly columnsUsed: Readonly<Record<string, string>>;
  readonly columnsIgnored: readonly string[];
  readonly zone: string;
  /** Offsets in the stamps, epoch stamps, `--zone`, a header that says GMT, or the market's zone for want of anything better. */
  readonly zoneFrom: 'offset' | 'epoch' | 'flag' | 'header' | 'market';
  readonly stamps: StampReading;
  /** `date`: daily candles, where the stamp names the session's date and no more. */
  readonly stampsFrom: 'flag' | 'detected' | 'default' | 'date';
  readonly symbols: readonly string[];
  readonly rows: number;
  /** Rows of symbols that `--symbol` did not ask for. */
  readonly otherSymbols: number;
  readonly duplicates: number;
  readonly outOfOrder: number;
  readonly outsideSessions: number;
  /** Sentences a trader wants to know before believing the result. */
  readonly warnings: readonly string[];
};

/** What became of one symbol: rows = duplicates + outsideSessions + outsideRange + candles. */
export type SymbolReport = {
  readonly symbol: string;
  readonly rows: number;
  readonly duplicates: number;
  readonly outOfOrder: number;
  readonly outsideSessions: number;
  readonly outsideExamples: readonly RowExample[];
  /** Candles left out because of `--from` and `--to`. */
  readonly outsideRange: number;
  /** Opening instants of the first and last row in the files, outside sessions too, before `from` and `to` cut. */
  readonly span: readonly [firstAt: number, lastAt: number];
  readonly candles: number;
  /** Opening instants of the first and last candle; undefined when the range left none. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  /** Sessions with at least one candle. */
  readonly sessions: number;
  /** Base candles that sessions with data lack. */
  readonly missingCandles: number;
  /** Exchange dates of sessions between first and last candle without a single one. */
  readonly daysWithoutData: readonly string[];
  /** Exchange dates within `span`, `from` and `to` about which the calendar knows nothing. */
  readonly unknownDates: readonly string[];
  readonly jumps: readonly PriceJump[];
  /** Those that met a candle before their date. */
  readonly adjustments: readonly Adjustment[];
  /** Candles whose open or close lies outside high..low: kept as they are. */
  readonly inconsistent: number;
  readonly inconsistentExamples: readonly RowExample[];
  readonly hasVolume: boolean;
  /** Candles without a volume although the symbol has a volume column. */
  readonly volumeMissing: number;
  readonly priceDecimals: number;
  /** SHA-256 of the columns as returned. */
  readonly dataHash: string;
};

export type ReadReport = {
  readonly files: readonly FileReport[];
  /** In the order of the columns; also symbols that the range left without a candle, which have no columns. */
  readonly symbols: readonly SymbolReport[];
  readonly timeframeFrom: 'flag' | 'commonest step';
  /** Adjustments that met no candle before their date. */
  readonly unusedAdjustments: readonly Adjustment[];
};

export type ReadOptions = {
  /** Name of the one symbol; in a file with a symbol column, the only one to keep. */
  readonly symbol?: string;
  /** IANA zone of stamps that carry none. */
  readonly zone?: string;
  readonly stamps?: StampReading;
  /** Order of day and month where the file does not tell. */
  readonly dates?: 'dmy' | 'mdy';
  /** symbol, date, time, open, high, low, close, volume → header name, or number from 1. */
  readonly columns?: Readonly<Record<string, string | number>>;
  /** One character, or `tab`. */
  readonly delimiter?: string;
  /** Base timeframe in ms. */
  readonly timeframe?: number;
  /** Refuse what is otherwise sorted, dropped or kept with a warning. */
  readonly strict?: boolean;
  readonly adjust?: readonly Adjustment[];
  readonly onProgress?: (bytesRead: number, bytesTotal: number) => void;
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Keep candles with from ≤ openAt < to. */
  readonly from?: number;
  readonly to?: number;
};

export type ReadResult = {
  /** Sorted by symbol, code units. */
  readonly columns: readonly CandleColumns[];
  readonly baseTimeframeMs: number;
  readonly report: ReadReport;
};
