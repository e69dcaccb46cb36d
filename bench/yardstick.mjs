// The limit to measure against: a bare loop over typed columns that makes the same decisions (SMA 10/20 cross, next-open
// fill, 0.5 % stop and 1 % target of the decision close, stop first) with no validation, costs, events or names.
// Usage: node bench/yardstick.mjs COUNT
import { createCandles } from './candles.mjs';
import { timed } from './timed.mjs';

const feed = createCandles(Number(process.argv[2] ?? 1_000_000));

timed(
  'bare loop',
  feed.length,
  () => run(feed),
  ({ trades, sum }) => `${trades} trades, digest ${sum.toFixed(2)}`,
);

function run({ length, open, high, low, close }) {
  const fast = createSma(10);
  const slow = createSma(20);
  const equity = new Float64Array(length);
  const view = { open: 0, high: 0, low: 0, close: 0 };
  const state = {
    size: 0,
    entry: 0,
    stop: 0,
    target: 0,
    pending: false,
    cash: 100_000,
    trades: 0,
    sum: 0,
    above: 0,
  };
  const leave = (price) => {
    state.cash += state.size * price;
    state.sum += (price - state.entry) * (1 + (state.trades % 7));
    state.trades += 1;
    state.size = 0;
  };
  for (let i = 0; i < length; i += 1) {
    view.open = open[i];
    view.high = high[i];
    view.low = low[i];
    view.close = close[i];
    if (state.pending) {
      state.pending = false;
      state.size = Math.floor((state.cash * 0.95) / view.open);
      state.entry = view.open;
      state.cash -= state.size * view.open;
    }
    if (state.size !== 0) {
      if (view.open <= state.stop || view.open >= state.target) leave(view.open);
      else if (view.low <= state.stop) leave(state.stop);
      else if (view.high >= state.target) leave(state.target);
    }
    equity[i] = state.cash + state.size * view.close;
    decide(view, state, fast(view.close), slow(view.close));
  }
  return state;
}

function decide(view, state, a, b) {
  if (Number.isNaN(b)) return;
  const side = a > b + 1e-9 ? 1 : a < b - 1e-9 ? -1 : state.above;
  if (side === 1 && state.above === -1 && state.size === 0 && !state.pending) {
    state.pending = true;
    state.stop = view.close * 0.995;
    state.target = view.close * 1.01;
  }
  state.above = side;
}

function createSma(period) {
  const ring = new Float64Array(period);
  let at = 0;
  let seen = 0;
  let sum = 0;
  return (x) => {
    sum += x - ring[at];
    ring[at] = x;
    seen += 1;
    at += 1;
    if (at === period) {
      at = 0;
      sum = 0;
      for (let i = 0; i < period; i += 1) sum += ring[i];
    }
    return seen < period ? Number.NaN : sum / period;
  };
}
