// Seeded synthetic one-minute candles on a cent grid, as typed columns: a random walk around 100.
export function createCandles(count, seed = 42) {
  const columns = Object.fromEntries(
    ['openAt', 'open', 'high', 'low', 'close', 'volume'].map((name) => [name, new Float64Array(count)]),
  );
  const random = mulberry32(seed);
  const cents = (price) => Math.round(price * 100) / 100;
  let price = 100;
  let at = Date.UTC(2005, 0, 3);
  for (let i = 0; i < count; i += 1, at += 60_000) {
    const step = (random() + random() + random() + random() - 2) * 0.0012;
    const pull = price < 100 ? 2e-6 : -2e-6;
    const open = cents(price);
    const close = cents(Math.min(950, Math.max(20, price * (1 + step + pull))));
    columns.openAt[i] = at;
    columns.open[i] = open;
    columns.close[i] = close;
    columns.high[i] = cents(Math.max(open, close) * (1 + random() * 0.0006));
    columns.low[i] = cents(Math.min(open, close) * (1 - random() * 0.0006));
    columns.volume[i] = 1000 + Math.floor(random() * 90_000);
    price = close;
  }
  return { symbol: 'BENCH', length: count, priceDecimals: 2, ...columns };
}

function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
