/** What came closest to a trade: a sentence fragment with the numbers it was made from. */
export type NearMiss = {
  readonly symbol: string;
  readonly strategy: string;
  readonly at: number;
  readonly text: string;
  readonly values: Readonly<Record<string, number>>;
};

/** A number in a sentence: at most four significant decimals, no noise of floats. */
export function plain(value: number): string {
  return String(Number(value.toFixed(4)));
}
