import type { NoPlanReason, PotentialSignal } from '../../events/events.ts';
import { candleId, signalId } from '../../events/ids.ts';
import type { CandleColumns } from '../../market/candle.ts';
import type { Instrument } from '../../market/instrument.ts';
import { formatTimeframe } from '../../market/timeframe.ts';
import { formedAtOf } from '../../structure/objects.ts';
import type { Direction, PlanReason, TradePlan } from '../../trading/plan.ts';
import type { MseOptions } from '../mse.ts';
import { findStop } from '../plan/find-stop.ts';
import { proposePlan } from '../plan/propose-plan.ts';
import { type PlanRequest, signOf } from '../plan/request.ts';
import { foldUntil, STUDY } from './fold.ts';
import { decisionInstant, knownBy, type Timing } from './known.ts';
import { type Sight, sightOf } from './sight.ts';

export type StudyInput = Timing &
  Pick<MseOptions, 'costs' | 'fills' | 'minRewardRisk' | 'stopDistanceRule'> & {
    /** Every symbol of the feed, sorted: the clock runs by the candles of all of them. */
    readonly columns: readonly CandleColumns[];
    readonly symbol: string;
    readonly timeframeMs: number;
    readonly at: number;
    /** Undefined: with the trend, long where there is none. */
    readonly direction: Direction | undefined;
    instrument(columns: CandleColumns): Instrument;
  };

/** A reason with the time at which what it rests on formed. */
export type ReasonSeen = PlanReason & { readonly formedAt?: number };

/** What came of asking for a plan. `risk`: 1 R, from the close to the stop, in price; undefined without a stop. */
export type Outcome = { readonly reasons: readonly ReasonSeen[]; readonly risk: number | undefined } & (
  | { readonly plan: TradePlan }
  | { readonly plan: undefined; readonly refusal: NoPlanReason }
);

/** Market structure of one symbol as it stood when a candle closed, and what a signal would have come to there. */
export type Study = Sight & {
  readonly symbol: string;
  readonly instrument: Instrument;
  readonly timeframe: string;
  /** The instant of the decision; nothing later was looked at. */
  readonly at: number;
  readonly direction: Direction;
  readonly outcome: Outcome;
};

/** Undefined where no whole candle of the timeframe had closed by then. */
export function studyOf(input: StudyInput): Study | undefined {
  const own = input.columns.find(({ symbol }) => symbol === input.symbol);
  const at = own === undefined ? undefined : decisionInstant(own, input.at, input);
  if (own === undefined || at === undefined) return undefined;
  const columns = input.columns.map((of) => knownBy(of, at, input)).filter(({ length }) => length > 0);
  const instrument = input.instrument(knownBy(own, at, input));
  const { mse, seen, session } = foldUntil(at, { ...input, columns, instrument });
  const last = seen.candles.at(-1);
  if (last === undefined) return undefined;
  const ask = (direction: Direction): PlanRequest | undefined =>
    mse.requestOf(signalOf(input, direction, at, last.close));
  const structure = ask('long')?.structure;
  if (structure === undefined) return undefined;
  const direction = input.direction ?? (structure.trend === -1 ? 'short' : 'long');
  const request = ask(direction);
  if (request === undefined) return undefined;
  return {
    ...sightOf(seen, structure, session?.openAt ?? 0),
    symbol: input.symbol,
    instrument,
    timeframe: formatTimeframe(input.timeframeMs),
    at,
    direction,
    outcome: outcomeOf(request, last.openAt),
  };
}

function signalOf(
  { symbol, timeframeMs, baseTimeframeMs }: StudyInput,
  direction: Direction,
  at: number,
  price: number,
): PotentialSignal {
  const timeframe = formatTimeframe(timeframeMs);
  const id = signalId(symbol, STUDY, timeframe, at);
  return {
    id,
    v: 1,
    type: 'POTENTIAL_SIGNAL',
    symbol,
    at,
    correlationId: id,
    causationId: candleId(symbol, formatTimeframe(baseTimeframeMs), at - baseTimeframeMs),
    strategy: STUDY,
    direction,
    timeframe,
    price,
    trace: [],
  };
}

/** `decidedOn`: open of the last candle, on which settings rest. */
function outcomeOf(request: PlanRequest, decidedOn: number): Outcome {
  const proposed = proposePlan(request);
  const stop = findStop(request);
  const risk = 'price' in stop ? (request.price - stop.price) * signOf(request.direction) : undefined;
  const seen = (reason: PlanReason): ReasonSeen => {
    const formedAt = reason.ref?.startsWith('plan.') ? decidedOn : formedAtOf(reason.ref ?? '');
    return formedAt === undefined ? reason : { ...reason, formedAt };
  };
  if ('plan' in proposed) return { plan: proposed.plan, reasons: proposed.plan.reasons.map(seen), risk };
  return { plan: undefined, refusal: proposed.reason, reasons: proposed.reasons.map(seen), risk };
}
