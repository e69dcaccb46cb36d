/** max(multiple × ATR, 2 ticks), in price: never a share of what the future will bring. 2 ticks while the ATR warms up. */
export function tolerance(multiple: number, atr: number, tick: number): number {
  const ofAtr = multiple * atr;
  return ofAtr > 2 * tick ? ofAtr : 2 * tick;
}

/** ATR as an object bears it: undefined while warming up. */
export function atrOrUndefined(atr: number): number | undefined {
  return Number.isNaN(atr) ? undefined : atr;
}
