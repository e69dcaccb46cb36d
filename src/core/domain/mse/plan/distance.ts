import type { Distance } from '../../rules/strategy.ts';
import type { PlanRequest } from './request.ts';

/** A strategy's own length as price, reckoned at the decision close. */
export function priceOf(distance: Distance, request: PlanRequest): number {
  if ('percent' in distance) return (request.price * distance.percent) / 100;
  if ('atr' in distance) return request.atr * distance.atr;
  return request.instrument.tick * distance.ticks;
}

/** `0.5 %`, `2 ATR`, `20 ticks`. */
export function wordsOf(distance: Distance): string {
  if ('percent' in distance) return `${distance.percent} %`;
  if ('atr' in distance) return `${distance.atr} ATR`;
  return `${distance.ticks} ticks`;
}
