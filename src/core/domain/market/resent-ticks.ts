/**
 * Tells ticks that are sent again after a reconnect from trades that are equal.
 *
 * Trades bear no name here, so nothing but the occasion tells them apart: while a connection lasts, equal ticks are two
 * trades. After a reconnect each tick heard before it may come once more, and that one is no trade. Only ticks of the
 * last two minutes before the newest are remembered.
 */
export interface ResentTicks {
  /** Whether this tick was heard before the reconnect and is now heard again; else it is remembered. */
  isResent(slot: number, at: number, price: number, size: number): boolean;
  reconnected(): void;
}

const MEMORY_MS = 120_000;
const SPAN_MS = 1_000;

/** How often each tick was heard. */
type Counts = Map<string, number>;

export function createResentTicks(): ResentTicks {
  /** By second of exchange time. */
  const heard = new Map<number, Counts>();
  let expected: Counts = new Map();
  let newest = Number.NEGATIVE_INFINITY;

  function forget(): void {
    for (const second of heard.keys()) {
      if (second * SPAN_MS < newest - MEMORY_MS) heard.delete(second);
    }
  }

  function remember(key: string, at: number): void {
    const second = Math.floor(at / SPAN_MS);
    const counts = heard.get(second) ?? new Map<string, number>();
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (heard.has(second)) return;
    heard.set(second, counts);
    newest = Math.max(newest, at);
    forget();
  }

  return {
    isResent(slot, at, price, size) {
      const key = `${slot} ${at} ${price} ${size}`;
      const left = expected.get(key) ?? 0;
      if (left > 0) expected.set(key, left - 1);
      else remember(key, at);
      return left > 0;
    },
    reconnected() {
      expected = new Map([...heard.values()].flatMap((counts) => [...counts]));
    },
  };
}
