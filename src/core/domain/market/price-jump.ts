/** A close-to-open change between sessions above this, without an adjustment, is a split or a bonus, not a move. */
const PRICE_JUMP_RATIO = 0.2;

/** Whether indicators and structure must start anew: prices before and after are not of one scale. */
export function isPriceJump(previousClose: number, open: number): boolean {
  return Math.abs(open / previousClose - 1) > PRICE_JUMP_RATIO;
}
