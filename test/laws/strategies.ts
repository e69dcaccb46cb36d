import { strategiesOf } from '../run-engine.ts';

/** Pairs that mirror each other and fire often: own plans of every entry kind, and plans left to structure. */
export const BUSY = strategiesOf([
  pair('LONG', 'cross', '1m', 'crosses_above', { entry: 'market', stop: { ticks: 24 }, target: { r: 2 } }),
  pair('SHORT', 'cross', '1m', 'crosses_below', { entry: 'market', stop: { ticks: 24 }, target: { r: 2 } }),
  pair('LONG', 'dip', '3m', 'crosses_above', {
    entry: 'limit',
    entryOffset: { ticks: 6 },
    stop: { ticks: 30 },
    target: { ticks: 60 },
  }),
  pair('SHORT', 'dip', '3m', 'crosses_below', {
    entry: 'limit',
    entryOffset: { ticks: 6 },
    stop: { ticks: 30 },
    target: { ticks: 60 },
  }),
  pair('LONG', 'burst', '5m', 'crosses_above', {
    entry: 'stop',
    entryOffset: { ticks: 4 },
    stop: { ticks: 20 },
    target: { r: 3 },
  }),
  pair('SHORT', 'burst', '5m', 'crosses_below', {
    entry: 'stop',
    entryOffset: { ticks: 4 },
    stop: { ticks: 20 },
    target: { r: 3 },
  }),
  pair('LONG', 'structure', '5m', 'crosses_above', { fallbackR: 2 }),
  pair('SHORT', 'structure', '5m', 'crosses_below', { fallbackR: 2 }),
]);

function pair(
  entry_direction: 'LONG' | 'SHORT',
  name: string,
  timeframe: string,
  condition: string,
  plan: object,
) {
  return {
    strategy_name: `${name} ${entry_direction.toLowerCase()}`,
    entry_direction,
    timeframes: [timeframe],
    logic: {
      operator: 'AND',
      rules: [
        {
          indicator: { name: 'sma', params: { period: 4 } },
          condition,
          value: { name: 'sma', params: { period: 16 } },
        },
      ],
    },
    plan,
  };
}
