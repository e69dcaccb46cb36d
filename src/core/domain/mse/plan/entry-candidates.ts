import type { Distance } from '../../rules/strategy.ts';
import type { Gap } from '../../structure/objects.ts';
import type { Structure } from '../../structure/structure.ts';
import type { EntryKind, PlanReason } from '../../trading/plan.ts';
import { orderPrice } from '../../trading/tick-grid.ts';
import { priceOf, wordsOf } from './distance.ts';
import { nameOf, ofObject, ofSetting } from './reasons.ts';
import { entrySide, type PlanRequest, signOf } from './request.ts';

/** Entries that market structure suggests lie at most this far from the close, in ATR: an order lives 10 candles. */
const REACH_ATR = 2.5;

export type EntryCandidate = {
  readonly kind: EntryKind;
  readonly price: number;
  readonly reason: PlanReason;
};

/** Every entry that the strategy's kind allows. A strategy with an entry of its own has exactly one. */
export function entryCandidates(request: PlanRequest): readonly EntryCandidate[] {
  const { strategyPlan, structure } = request;
  const { entry, entryOffset } = strategyPlan;
  if (entry === 'market') return [atMarket(request)];
  if (entry !== 'auto' && entryOffset !== undefined) return [ownEntry(entry, entryOffset, request)];
  if (structure === undefined) return [];
  if (entry === 'limit') return atLevels(request, structure);
  if (entry === 'stop') return beyondSwing(request, structure);
  return [atMarket(request), ...atLevels(request, structure), ...beyondSwing(request, structure)];
}

function atMarket(request: PlanRequest): EntryCandidate {
  const { price } = request;
  const reason = ofSetting(request, 'ENTRY_MARKET', () => `entry at market from the close ${price}`, 'entry');
  return { kind: 'market', price, reason };
}

function ownEntry(kind: 'limit' | 'stop', offset: Distance, request: PlanRequest): EntryCandidate {
  const away = kind === 'limit' ? -signOf(request.direction) : signOf(request.direction);
  const price = entryAt(request.price + priceOf(offset, request) * away, request);
  const text = (): string => `${kind} entry ${price}: ${wordsOf(offset)} from the close ${request.price}`;
  return { kind, price, reason: ofSetting(request, 'ENTRY_OWN', text, 'entryOffset') };
}

/** Limits where price may come back to: the middle of the nearest open gap of the direction, the level last broken. */
function atLevels(request: PlanRequest, structure: Structure): readonly EntryCandidate[] {
  const sign = signOf(request.direction);
  const candidates: EntryCandidate[] = [];
  const gap = nearestGap(request, structure);
  if (gap !== undefined) {
    const price = entryAt(gap.level, request);
    const text = (): string => `limit entry ${price}: middle of the ${nameOf(gap)}`;
    candidates.push({ kind: 'limit', price, reason: ofObject(request, 'ENTRY_AT_GAP', text, gap) });
  }
  const { lastBreak } = structure;
  if (lastBreak?.dir === sign) {
    const price = entryAt(lastBreak.level, request);
    const text = (): string => `limit entry ${price}: retest of the level of the last ${nameOf(lastBreak)}`;
    candidates.push({ kind: 'limit', price, reason: ofObject(request, 'ENTRY_AT_RETEST', text, lastBreak) });
  }
  return candidates.filter(({ price }) => isWithinReach((request.price - price) * sign, structure));
}

function nearestGap(request: PlanRequest, structure: Structure): Gap | undefined {
  const sign = signOf(request.direction);
  let nearest: Gap | undefined;
  for (const gap of structure.openGaps(sign)) {
    if ((request.price - entryAt(gap.level, request)) * sign <= 0) continue;
    if (nearest === undefined || (gap.level - nearest.level) * sign > 0) nearest = gap;
  }
  return nearest;
}

/** A stop one tick beyond the last swing: the break itself is the entry. */
function beyondSwing(request: PlanRequest, structure: Structure): readonly EntryCandidate[] {
  const sign = signOf(request.direction);
  const swing = structure.lastSwing(sign);
  if (swing === undefined) return [];
  const price = entryAt(swing.level + request.instrument.tick * sign, request);
  if (!isWithinReach((price - request.price) * sign, structure)) return [];
  const text = (): string => `stop entry ${price}: one tick beyond the last ${nameOf(swing)} ${swing.level}`;
  return [{ kind: 'stop', price, reason: ofObject(request, 'ENTRY_BEYOND_SWING', text, swing) }];
}

function isWithinReach(distance: number, { atr }: Structure): boolean {
  return distance > 0 && distance <= REACH_ATR * atr;
}

function entryAt(price: number, { direction, instrument }: PlanRequest): number {
  return orderPrice(price, entrySide(direction), instrument);
}
