import type {
  ExecutionEvent,
  Mark,
  PlanRejected,
  PlanValidated,
  RuleCheck,
  TradePlanProposed,
} from '../events/events.ts';
import { sessionOf } from '../events/marks.ts';
import type { Candle } from '../market/candle.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Session } from '../market/session.ts';
import type { Strategy } from '../rules/strategy.ts';
import type { FillSettings } from '../simulation/settings.ts';
import { unitCost } from '../simulation/unit-cost.ts';
import type { CostModel } from '../trading/costs.ts';
import { createNotional, fromMinor, moneyGrid, toMinor } from '../trading/money.ts';
import { createAccount } from './account.ts';
import { RULES } from './catalog.ts';
import { entryLimit } from './entry-limit.ts';
import type { Desk, Gate, Proposal, Quantity } from './proposal.ts';
import { comparePlans, fnv1a32, type RankedPlan } from './rank.ts';
import { createRivals, NO_RIVALS, type Rivals } from './rivals.ts';
import type { GateRule, Reading, Rule } from './rule.ts';
import type { RiskSettings } from './settings.ts';
import { createSizer } from './sizing.ts';
import { planRejected, planValidated } from './verdicts.ts';
import { createVolumeWindow } from './volume-window.ts';

export type RiskOptions = {
  readonly instruments: readonly Instrument[];
  readonly strategies: readonly Strategy[];
  readonly settings: RiskSettings;
  readonly fills: FillSettings;
  readonly costs: CostModel;
  readonly minorDigits: number;
  /** Whether someone reads checks: then all rules are evaluated and recorded, else the first failure ends it. */
  readonly records: boolean;
};

export type RiskVerdict = PlanValidated | PlanRejected;

/**
 * The risk guardian: decides all plans of an instant together, sizes those that pass, locks their symbols.
 *
 * Every rule is evaluated and recorded; the reason is the first that fails. Definitions: DESIGN §6, Risk.
 */
export interface Risk {
  /** Only the liquidity rule reads candles: it needs their volumes. */
  readonly readsCandles: boolean;
  /** Nothing is approved that is not closed or cancelled: no fact of execution can come before the next approval. */
  readonly holdsNothing: boolean;
  onCandle(candle: Candle): void;
  onMark(mark: Mark): void;
  handle(event: ExecutionEvent): void;
  /** Whether the rules that read only symbol, clock and account would let a plan of that symbol through. */
  admits(slot: number, at: number): boolean;
  /** Whether no plan of that symbol can pass whatever the time, until a fact of execution or a mark changes that. */
  isShut(slot: number): boolean;
  decide(plans: readonly TradePlanProposed[], at: number): readonly RiskVerdict[];
}

export function createRisk(options: RiskOptions): Risk {
  const { instruments, settings, costs, minorDigits, fills } = options;
  const off = new Set(settings.disabledRules);
  const rules = RULES.filter((rule) => !off.has(rule.name));
  const gates = rules.filter((rule) => rule.reads === 'gate');
  const timelessGates = gates.filter(({ readsClock }) => readsClock !== true);
  const planRules = rules.filter((rule) => rule.reads === 'plan');
  const slotOf = new Map(instruments.map((instrument, slot) => [instrument.symbol, slot]));
  const strategyOf = new Map(options.strategies.map((strategy) => [strategy.name, strategy]));
  const sizers = instruments.map((instrument) => createSizer(instrument, minorDigits));
  const volumes = createVolumeWindow(instruments.length, settings.volumeCandles);
  const account = createAccount({
    startingMinor: toMinor(settings.startingBalance, minorDigits),
    minorDigits,
    symbols: instruments.length,
    lock: settings.lock,
  });
  const desks = instruments.map((instrument, slot): Desk => {
    const grid = moneyGrid(instrument, minorDigits);
    return {
      slot,
      instrument,
      settings,
      account,
      costs,
      slippage: fills.slippage,
      notional: createNotional(grid),
      lotDecimals: grid.lotDecimals,
      minorDigits,
    };
  });
  let session: Session | undefined;
  let lossLatched = false;

  function latchLoss(): void {
    const limit = Math.floor((account.equityMinor * settings.maxDailyLossPct) / 100);
    if (account.realisedTodayMinor <= -limit && account.realisedTodayMinor < 0) lossLatched = true;
  }

  function rank(plan: TradePlanProposed, alone: boolean): RankedPlan {
    return {
      plan,
      slot: slotOf.get(plan.symbol) ?? -1,
      place: strategyOf.get(plan.strategy)?.place ?? Number.MAX_SAFE_INTEGER,
      tieBreak: alone ? 0 : fnv1a32(`${session?.date ?? ''}|${plan.symbol}`),
    };
  }

  function gateOf(desk: Desk, at: number, rivals: Rivals | undefined): Gate {
    const { slot } = desk;
    return {
      desk,
      at,
      session,
      heldBefore: account.heldOn(slot) - (rivals?.approvedNow(slot) ?? 0),
      lockedBefore: account.isLocked(slot) && rivals?.lockedNow(slot) !== true,
      maxDailyLossLatched: lossLatched,
    };
  }

  function passesAll(asked: readonly GateRule[], seen: Gate): boolean {
    for (let i = 0; i < asked.length; i += 1) if (asked[i]?.passes(seen) === false) return false;
    return true;
  }

  function propose(ranked: RankedPlan, gate: Gate, rivals: Rivals): Proposal {
    const { plan } = ranked;
    const { desk } = gate;
    const strategy = strategyOf.get(plan.strategy);
    const worstEntry = entryLimit(plan, fills, desk.instrument);
    return {
      desk,
      gate,
      plan,
      rivalry: rivals.of(ranked),
      worstEntry,
      minRewardRisk: strategy?.risk.minRewardRisk ?? settings.minRewardRisk,
      meanVolume: volumes.mean(desk.slot),
      quantity: quantityOf(plan, desk, worstEntry, strategy?.risk.riskPct ?? settings.riskPct),
    };
  }

  function quantityOf(plan: TradePlanProposed, desk: Desk, worstEntry: number, riskPct: number): Quantity {
    const { instrument } = desk;
    const sizer = sizers[desk.slot] ?? createSizer(instrument, minorDigits);
    const cost = unitCost(costs, fills.slippage, instrument, {
      date: session?.date ?? '',
      direction: plan.direction,
      kind: plan.entry.kind,
      entry: worstEntry,
      exit: plan.stop,
    });
    // A market entry's slippage is inside its limit already.
    const entrySlippage = plan.entry.kind === 'stop' ? cost.entrySlippage : 0;
    const size = sizer({
      equityMinor: account.equityMinor,
      riskPct,
      worstEntry,
      stop: plan.stop,
      costPerUnit: cost.charges + entrySlippage + cost.stopSlippage,
    });
    // Switched off, a budget that buys less than one lot trades one lot, which every other rule then weighs.
    const units = off.has('min-quantity') ? Math.max(size.qty, instrument.lot) : size.qty;
    return { units, riskMinor: size.riskMinor };
  }

  function assess(ranked: RankedPlan, rivals: Rivals, at: number): RiskVerdict {
    const { plan } = ranked;
    const desk = desks[ranked.slot];
    if (desk === undefined || !isFinitePlan(plan)) return planRejected(plan, 'MALFORMED', [], at);
    const gate = gateOf(desk, at, rivals);
    const proposal = propose(ranked, gate, rivals);
    const checks: RuleCheck[] = [];
    let reason: string | undefined;
    const asked = !options.records && passesAll(gates, gate) ? planRules : rules;
    for (let i = 0; i < asked.length; i += 1) {
      const rule = asked[i];
      if (rule === undefined) continue;
      const reading = readingOf(rule, proposal);
      if (options.records) checks.push({ rule: rule.name, ...reading });
      if (reading.pass || reason !== undefined) continue;
      reason = typeof rule.reason === 'string' ? rule.reason : rule.reason(proposal);
      if (!options.records) break;
    }
    if (reason !== undefined) return planRejected(plan, reason, checks, at);
    return approve(proposal, checks);
  }

  function approve(proposal: Proposal, checks: readonly RuleCheck[]): RiskVerdict {
    const { desk, gate, plan, quantity, worstEntry } = proposal;
    const qty = quantity.units;
    const riskMinor = quantity.riskMinor(qty);
    // Whatever is switched off: a trade has a quantity, and a risk that R can be measured by.
    if (qty < desk.instrument.lot || riskMinor < 1) return planRejected(plan, 'QUANTITY', checks, gate.at);
    const { slot } = desk;
    account.reserve(plan.correlationId, { slot, riskMinor, notionalMinor: desk.notional(qty, worstEntry) });
    const approval = {
      qty,
      entryLimit: worstEntry,
      riskAmount: fromMinor(riskMinor, minorDigits),
      riskPct: account.equityMinor > 0 ? (100 * riskMinor) / account.equityMinor : 0,
    };
    return planValidated(plan, approval, checks, gate.at);
  }

  return {
    readsCandles: !off.has('liquidity'),
    get holdsNothing() {
      return account.positions === 0;
    },
    onCandle: (candle) => volumes.add(candle.slot, candle.volume),
    onMark(mark) {
      if (mark.type === 'SESSION_OPENED') {
        session = sessionOf(mark);
        lossLatched = false;
        account.openSession(session.date);
      } else if (mark.type === 'SESSION_CLOSED') session = undefined;
    },
    handle(event) {
      account.handle(event);
      if (event.type === 'POSITION_CLOSED') latchLoss();
    },
    admits(slot, at) {
      const desk = desks[slot];
      return desk !== undefined && passesAll(gates, gateOf(desk, at, undefined));
    },
    isShut(slot) {
      const desk = desks[slot];
      return desk === undefined || !passesAll(timelessGates, gateOf(desk, Number.NaN, undefined));
    },
    decide(plans, at) {
      const only = plans[0];
      if (only !== undefined && plans.length === 1) return [assess(rank(only, true), NO_RIVALS, at)];
      const ranked = plans.map((plan) => rank(plan, false)).sort(comparePlans);
      const rivals = createRivals(ranked);
      return ranked.map((entry) => {
        const lockedAlready = account.isLocked(entry.slot);
        const verdict = assess(entry, rivals, at);
        if (verdict.type === 'PLAN_VALIDATED') rivals.approved(entry, !lockedAlready);
        return verdict;
      });
    },
  };
}

function readingOf(rule: Rule, proposal: Proposal): Reading {
  if (rule.reads === 'plan') return rule.check(proposal);
  return { ...rule.read(proposal.gate), pass: rule.passes(proposal.gate) };
}

/** Missing or NaN anywhere means rejected, whatever is switched off. */
function isFinitePlan(plan: TradePlanProposed): boolean {
  const target = plan.targets[0]?.price ?? Number.NaN;
  const { price, entry, stop, score } = plan;
  // A sum is finite where each of its terms is: prices and instants are far from overflowing.
  return (
    Number.isFinite(price + entry.price + entry.validUntil + stop + target + score) &&
    price > 0 &&
    entry.price > 0
  );
}
