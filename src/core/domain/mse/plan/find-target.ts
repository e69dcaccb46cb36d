import type { Distance } from '../../rules/strategy.ts';
import type { UntakenLevel } from '../../structure/structure.ts';
import type { PlanReason } from '../../trading/plan.ts';
import { orderPrice } from '../../trading/tick-grid.ts';
import { priceOf, wordsOf } from './distance.ts';
import { inR, nameOf, ofObject, ofSetting, refuse } from './reasons.ts';
import { exitSide, type PlanRequest, type Reasoned, type Refusal, signOf } from './request.ts';
import { grossRewardRisk, netRewardRisk, oddsFrom } from './reward-risk.ts';

/** Ratios that differ by less are equal: they are quotients of decimals. */
const EPSILON = 1e-9;

export type TargetQuery = {
  readonly stop: number;
  /** The target must lie beyond it. */
  readonly entry: number;
};

/**
 * The strategy's own target where it has one; else one tick before the first untaken level that pays enough, net and
 * from the decision close; else the strategy's fallback. Levels that were too near are told, each with its distance.
 */
export function findTarget(request: PlanRequest, query: TargetQuery): Reasoned | Refusal {
  const { target, fallbackR } = request.strategyPlan;
  if (target !== undefined) return ownTarget(target, request, query);
  const levels = request.structure?.untakenLevels(signOf(request.direction)) ?? [];
  const passedOver: PlanReason[] = [];
  for (const level of levels) {
    const weighed = weigh(level, request, query);
    if (weighed.fits) return { price: weighed.price, reasons: [...passedOver, weighed.reason] };
    passedOver.push(weighed.reason);
  }
  if (fallbackR !== undefined) return fallback(fallbackR, request, query, passedOver);
  const side = request.direction === 'long' ? 'above' : 'below';
  const text = `no untaken level ${side} ${request.price} reaches a net reward:risk of ${request.minRewardRisk}`;
  return refuse('NO_TARGET', text, passedOver);
}

type Weighed = { readonly fits: boolean; readonly price: number; readonly reason: PlanReason };

function weigh(level: UntakenLevel, request: PlanRequest, query: TargetQuery): Weighed {
  const sign = signOf(request.direction);
  const price = targetAt(level.level - request.instrument.tick * sign, request);
  const odds = oddsFrom(request.price, query.stop, price, request);
  const net = netRewardRisk(odds);
  const fits = net >= request.minRewardRisk - EPSILON && isBeyondEntry(price, request, query);
  const distance = `${inR(grossRewardRisk(odds))}, net ${inR(net)}`;
  const name = `${nameOf(level)} ${level.level}`;
  const reason = fits
    ? ofObject(
        request,
        'TARGET_AT_LEVEL',
        () => `target ${price}: one tick before the ${name}: ${distance}`,
        level,
      )
    : ofObject(
        request,
        'LEVEL_PASSED_OVER',
        () => `${name} passed over, a target ${price} is too near: ${distance}`,
        level,
      );
  return { fits, price, reason };
}

function ownTarget(
  target: Distance | { readonly r: number },
  request: PlanRequest,
  query: TargetQuery,
): Reasoned | Refusal {
  const distance = 'r' in target ? target.r * riskOf(request, query) : priceOf(target, request);
  const price = targetAt(request.price + distance * signOf(request.direction), request);
  const reasons = request.explains ? [whyOwn(price, target, request)] : [];
  return checked({ price, reasons }, request, query);
}

function whyOwn(price: number, target: Distance | { readonly r: number }, request: PlanRequest): PlanReason {
  const text = (): string =>
    `target ${price}: ${'r' in target ? `${target.r} R` : wordsOf(target)} from the close ${request.price}`;
  return ofSetting(request, 'TARGET_OWN', text, 'target');
}

function fallback(
  multiple: number,
  request: PlanRequest,
  query: TargetQuery,
  passedOver: readonly PlanReason[],
): Reasoned | Refusal {
  const sign = signOf(request.direction);
  const price = targetAt(request.price + multiple * riskOf(request, query) * sign, request);
  const text = (): string => `target ${price}: no level pays enough, so ${multiple} R`;
  const reason = ofSetting(request, 'TARGET_FALLBACK', text, 'fallbackR');
  return checked({ price, reasons: [...passedOver, reason] }, request, query);
}

function checked(found: Reasoned, request: PlanRequest, query: TargetQuery): Reasoned | Refusal {
  if (found.price > 0 && isBeyondEntry(found.price, request, query)) return found;
  const text = `a target at ${found.price} earns nothing from ${query.entry}`;
  return refuse('NO_TARGET', text, found.reasons);
}

function isBeyondEntry(price: number, request: PlanRequest, { entry }: TargetQuery): boolean {
  const sign = signOf(request.direction);
  return (price - entry) * sign > 0 && (price - request.price) * sign > 0;
}

function riskOf({ price, direction }: PlanRequest, { stop }: TargetQuery): number {
  return (price - stop) * signOf(direction);
}

function targetAt(price: number, { direction, instrument }: PlanRequest): number {
  return orderPrice(price, exitSide(direction), instrument);
}
