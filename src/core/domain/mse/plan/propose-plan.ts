import type { PlanReason, TradePlan } from '../../trading/plan.ts';
import { contextOf } from './context.ts';
import { type EntryCandidate, entryCandidates } from './entry-candidates.ts';
import { findStop } from './find-stop.ts';
import { findTarget } from './find-target.ts';
import { needsAtr, needsStructure } from './needs.ts';
import { inR, refuse } from './reasons.ts';
import { type PlanRequest, type Reasoned, type Refusal, signOf } from './request.ts';
import { grossRewardRisk, netRewardRisk, oddsFrom } from './reward-risk.ts';

/** An entry with the target that fits it. */
type Draft = { readonly entry: EntryCandidate; readonly target: Reasoned };

/** Of several: net reward:risk as if filled at its own price is what competing entries are chosen by. */
type ScoredDraft = Draft & { readonly score: number };

/**
 * The plan of a signal: entry, stop, target, and the object that each of them rests on; or why there is none.
 *
 * The strategy's own distances win; what it leaves out market structure decides. Reward:risk is reckoned from the
 * decision close, also for limit and stop entries, and the plan's score is the net one. Where several entries compete
 * (`auto`, or `limit` without an offset) that ratio would be the same for all but the target, so they are compared by
 * the net ratio from their own price; of equals the nearer to the close wins, then market before limit before stop.
 */
export function proposePlan(request: PlanRequest): { readonly plan: TradePlan } | Refusal {
  const { structure, strategyPlan } = request;
  if (needsAtr(strategyPlan) && Number.isNaN(request.atr)) return warmingUp();
  if (!needsStructure(strategyPlan))
    return propose(structure === undefined ? request : { ...request, structure: undefined });
  if (structure === undefined || Number.isNaN(structure.atr)) return warmingUp();
  return propose(request);
}

function warmingUp(): Refusal {
  return refuse('STRUCTURE_WARMING_UP', 'market structure is warming up: ATR(14) needs 15 candles');
}

/** The plan of a signal whose strategy leaves nothing to market structure, or whose structure is there. */
export function propose(request: PlanRequest): { readonly plan: TradePlan } | Refusal {
  const stop = findStop(request);
  if ('reason' in stop) return stop;
  const drafts = draftsOf(entryCandidates(request), stop.price, request);
  if ('reason' in drafts) return drafts;
  return { plan: planOf(drafts, stop, request) };
}

/** What competed, `others` in their order after the best. */
type Drafts = { readonly best: Draft; readonly others: readonly ScoredDraft[] };

const NO_OTHERS: readonly ScoredDraft[] = [];

function draftsOf(
  candidates: readonly EntryCandidate[],
  stop: number,
  request: PlanRequest,
): Drafts | Refusal {
  const first = candidates[0];
  if (first === undefined || candidates.length > 1) return competing(candidates, stop, request);
  const draft = draftOf(first, stop, request);
  return 'reason' in draft ? draft : { best: draft, others: NO_OTHERS };
}

function competing(
  candidates: readonly EntryCandidate[],
  stop: number,
  request: PlanRequest,
): Drafts | Refusal {
  const drafts: ScoredDraft[] = [];
  const refusals: Refusal[] = [];
  for (const entry of candidates) {
    const draft = draftOf(entry, stop, request);
    if ('reason' in draft) refusals.push(draft);
    else drafts.push({ ...draft, score: scoreOf(draft, stop, request) });
  }
  const distance = ({ entry }: Draft): number => Math.abs(entry.price - request.price);
  const [best, ...others] = drafts.sort((a, b) => b.score - a.score || distance(a) - distance(b));
  if (best !== undefined) return { best, others };
  const whyNot = refusals.find(({ reason }) => reason !== 'NO_ENTRY') ?? refusals[0];
  return (
    whyNot ??
    refuse('NO_ENTRY', `market structure offers no ${request.strategyPlan.entry} entry near ${request.price}`)
  );
}

function scoreOf({ entry, target }: Draft, stop: number, request: PlanRequest): number {
  return netRewardRisk(oddsFrom(entry.price, stop, target.price, request));
}

function draftOf(entry: EntryCandidate, stop: number, request: PlanRequest): Draft | Refusal {
  if ((entry.price - stop) * signOf(request.direction) <= 0) {
    const text = `the ${entry.kind} entry ${entry.price} lies beyond the stop ${stop}`;
    return refuse('NO_ENTRY', text, [entry.reason]);
  }
  const target = findTarget(request, { stop, entry: entry.price });
  return 'reason' in target ? target : { entry, target };
}

function planOf(drafts: Drafts, stop: Reasoned, request: PlanRequest): TradePlan {
  const { entry, target } = drafts.best;
  const { kind, price } = entry;
  const { market, order } = request.validUntil;
  const odds = oddsFrom(request.price, stop.price, target.price, request);
  // Objects within an object's literal would be copied by the runtime, at several times the price.
  const planEntry = { kind, price, validUntil: kind === 'market' ? market : order };
  const planTarget = { price: target.price, share: 1 };
  return {
    entry: planEntry,
    stop: stop.price,
    targets: [planTarget],
    rewardRisk: grossRewardRisk(odds),
    score: netRewardRisk(odds),
    reasons: request.explains ? reasonsOf(drafts, stop, request) : [],
  };
}

function reasonsOf({ best, others }: Drafts, stop: Reasoned, request: PlanRequest): readonly PlanReason[] {
  return [
    best.entry.reason,
    ...others.map(passedOver),
    ...stop.reasons,
    ...best.target.reasons,
    ...contextOf(request),
  ];
}

function passedOver({ entry, score }: ScoredDraft): PlanReason {
  const text = `${entry.reason.text} passed over: net ${inR(score)} from there`;
  return { ...entry.reason, code: 'ENTRY_PASSED_OVER', text };
}
