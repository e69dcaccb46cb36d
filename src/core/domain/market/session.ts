/** One trading session of one market: half-open [openAt, closeAt), with the offsets that bind an intraday trader. */
export type Session = {
  /** Exchange date, YYYY-MM-DD. */
  readonly date: string;
  readonly openAt: number;
  readonly closeAt: number;
  /** Milliseconds from exchange-local midnight to the open: what `time >= "09:20"` is reckoned from. */
  readonly openTimeOfDayMs: number;
  /** New entries may be decided at instants in [entryFromAt, entryUntilAt]. */
  readonly entryFromAt: number;
  readonly entryUntilAt: number;
  /** When positions are squared off; undefined where the market never does (crypto). */
  readonly squareOffAt: number | undefined;
};
