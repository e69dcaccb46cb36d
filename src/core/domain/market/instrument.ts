/** `index` is analysed but not traded, unless the user says `--trade-as`. */
export type InstrumentType = 'equity' | 'index' | 'future' | 'crypto' | 'fx';

/** What can be traded, and on which grid. */
export type Instrument = {
  readonly symbol: string;
  readonly type: InstrumentType;
  /** Smallest price step of our own orders, in quote currency. */
  readonly tick: number;
  /** Smallest quantity step, in units (1 share, 0.00001 BTC). */
  readonly lot: number;
  /** Decimals of the integer price grid on which money is reckoned: price × 10^decimals is a whole number. */
  readonly decimals: number;
};
