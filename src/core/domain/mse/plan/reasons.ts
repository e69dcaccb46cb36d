import type { NoPlanReason } from '../../events/events.ts';
import { objectId, type StructureObject } from '../../structure/objects.ts';
import type { PlanReason } from '../../trading/plan.ts';
import type { PlanRequest, Refusal } from './request.ts';

export type ReasonCode =
  | 'ENTRY_MARKET'
  | 'ENTRY_OWN'
  | 'ENTRY_AT_GAP'
  | 'ENTRY_AT_RETEST'
  | 'ENTRY_BEYOND_SWING'
  | 'ENTRY_PASSED_OVER'
  | 'STOP_OWN'
  | 'STOP_AT_PIVOT'
  | 'STOP_WIDENED'
  | 'LEVEL_PASSED_OVER'
  | 'TARGET_OWN'
  | 'TARGET_AT_LEVEL'
  | 'TARGET_FALLBACK'
  | 'LAST_BREAK'
  | 'CLUSTER';

/** Whether someone reads reasons; without, none is worded. */
type Explained = Pick<PlanRequest, 'explains' | 'at'>;

const UNWORDED: PlanReason = { code: 'UNWORDED', text: '' };

/** A reason that rests on an object of market structure. */
export function ofObject(
  { explains }: Explained,
  code: ReasonCode,
  text: () => string,
  object: StructureObject,
): PlanReason {
  return explains ? { code, text: text(), ref: objectId(object), knownAt: object.knownAt } : UNWORDED;
}

/** A reason that rests on a setting of the strategy (`plan.stop`), reckoned from the decision close, which is known at `at`. */
export function ofSetting(
  { explains, at }: Explained,
  code: ReasonCode,
  text: () => string,
  setting: string,
): PlanReason {
  return explains ? { code, text: text(), ref: `plan.${setting}`, knownAt: at } : UNWORDED;
}

export function refuse(reason: NoPlanReason, text: string, before: readonly PlanReason[] = []): Refusal {
  return { reason, reasons: [...before, { code: reason, text }] };
}

/** Two decimals: R multiples in sentences. */
export function inR(multiple: number): string {
  return `${multiple.toFixed(2)} R`;
}

/** What a trader calls it, without its price. */
export function nameOf(object: StructureObject): string {
  const side = object.dir === 1 ? 'high' : 'low';
  switch (object.kind) {
    case 'pivot':
      return `pivot ${side}`;
    case 'swing':
      return `swing ${side}`;
    case 'pool':
      return `equal ${side}s (${object.touches} touches)`;
    case 'day':
      return `previous day's ${side} (${object.session})`;
    case 'break':
      return `${object.tag} ${object.dir === 1 ? 'up' : 'down'}`;
    case 'gap':
      return `${object.dir === 1 ? 'bullish' : 'bearish'} gap ${object.bottom} to ${object.top}`;
    case 'cluster':
      return `cluster of ${object.touches} pivots`;
  }
}
