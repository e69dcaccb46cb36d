import {
  comparePositions,
  endOfInstant,
  endOfRank,
  type Position,
  RANK,
} from '../../domain/events/position.ts';

/** Whether execution, at this mark, has met the candles of instant `n`. */
export function hasMet(execution: Position, n: number): boolean {
  return comparePositions(execution, endOfRank(n, RANK.met)) >= 0;
}

/** Whether execution, at this mark, has accepted the orders of instant `n`. */
export function hasAccepted(execution: Position, n: number): boolean {
  return comparePositions(execution, endOfRank(n, RANK.accepted)) >= 0;
}

/** Whether a service at this mark has published all of instant `n`. */
export function hasPassed(mark: Position, n: number): boolean {
  return comparePositions(mark, endOfInstant(n)) >= 0;
}
