import type { Strategy } from '../src/core/domain/rules/strategy.ts';
import { MINUTE } from './desk.ts';

/** A long at the market on 1m candles with nothing of its own, but for what is given. */
export function makeStrategy(own: Partial<Strategy> & Pick<Strategy, 'name'>): Strategy {
  return {
    place: 0,
    direction: 'long',
    timeframesMs: [MINUTE],
    symbols: undefined,
    session: undefined,
    trigger: 'edge',
    logic: { operator: 'AND', rules: [] },
    plan: { entry: 'market' },
    risk: {},
    ...own,
  };
}
