// Rules that fire at about one candle in a hundred.
export const SPARSE = [
  {
    strategy_name: 'SMA 20-60 cross',
    entry_direction: 'LONG',
    timeframes: ['1m'],
    logic: { operator: 'AND', rules: [{ indicator: 'sma20', condition: 'crosses_above', value: 'sma60' }] },
    plan: { entry: 'market', stop: { percent: 0.5 }, target: { percent: 1 } },
  },
];
