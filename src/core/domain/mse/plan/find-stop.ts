import type { Distance } from '../../rules/strategy.ts';
import { tolerance } from '../../structure/tolerance.ts';
import type { PlanReason } from '../../trading/plan.ts';
import { orderPrice } from '../../trading/tick-grid.ts';
import { priceOf, wordsOf } from './distance.ts';
import { nameOf, ofObject, ofSetting, refuse } from './reasons.ts';
import { exitSide, type PlanRequest, type Reasoned, type Refusal, signOf } from './request.ts';

/** A stop stands this far beyond its pivot, in ATR, and at least 2 ticks. */
const BUFFER_ATR = 0.25;
/** The engine's own stops are at least this many round trips' costs away. */
const LEAST_COSTS = 4;

/** The strategy's own stop where it has one, else beyond the last confirmed pivot on the losing side of the close. */
export function findStop(request: PlanRequest): Reasoned | Refusal {
  const { stop } = request.strategyPlan;
  const found = stop === undefined ? stopAtPivot(request) : ownStop(stop, request);
  if ('reason' in found) return found;
  const risk = (request.price - found.price) * signOf(request.direction);
  if (risk > 0 && found.price > 0) return found;
  return refuse('NO_STOP', `a stop at ${found.price} protects nothing at ${request.price}`, found.reasons);
}

function ownStop(stop: Distance, request: PlanRequest): Reasoned {
  const price = stopAway(priceOf(stop, request), request.price, request);
  return { price, reasons: request.explains ? [whyOwn(price, stop, request)] : [] };
}

function whyOwn(price: number, stop: Distance, request: PlanRequest): PlanReason {
  const text = (): string => `stop ${price}: ${wordsOf(stop)} from the close ${request.price}`;
  return ofSetting(request, 'STOP_OWN', text, 'stop');
}

function stopAtPivot(request: PlanRequest): Reasoned | Refusal {
  const { structure } = request;
  const sign = signOf(request.direction);
  const pivot = structure?.lastPivotBeyond(sign === 1 ? -1 : 1, request.price);
  if (structure === undefined || pivot === undefined) {
    const missing = sign === 1 ? 'pivot low below' : 'pivot high above';
    return refuse('NO_STOP', `no confirmed ${missing} the close ${request.price}`);
  }
  const buffer = tolerance(BUFFER_ATR, structure.atr, request.instrument.tick);
  const price = stopAway(buffer, pivot.level, request);
  const text = (): string =>
    `stop ${price}: beyond the ${nameOf(pivot)} ${pivot.level} by 0.25 ATR, at least 2 ticks`;
  const reason = ofObject(request, 'STOP_AT_PIVOT', text, pivot);
  const widened = request.stopDistanceRule ? widen(price, request) : price;
  if (widened === price) return { price, reasons: [reason] };
  const why = (): string =>
    `stop widened from ${price} to ${widened}: ${LEAST_COSTS} × the cost of a round trip`;
  return { price: widened, reasons: [reason, ofObject(request, 'STOP_WIDENED', why, pivot)] };
}

function widen(stop: number, request: PlanRequest): number {
  const least = LEAST_COSTS * request.costPerUnit;
  const distance = (request.price - stop) * signOf(request.direction);
  return distance < least ? stopAway(least, request.price, request) : stop;
}

function stopAway(distance: number, from: number, { direction, instrument }: PlanRequest): number {
  return orderPrice(from - distance * signOf(direction), exitSide(direction), instrument);
}
