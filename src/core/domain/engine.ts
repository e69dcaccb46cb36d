import type {
  ExecutionEvent,
  Mark,
  NoTradePlan,
  PlanValidated,
  PotentialSignal,
  SessionOpened,
  TradekitEvent,
  TradePlanProposed,
} from './events/events.ts';
import { createExec } from './exec/exec.ts';
import type { Candle } from './market/candle.ts';
import type { CandleTape } from './market/candle-tape.ts';
import type { Instrument } from './market/instrument.ts';
import { createMse } from './mse/mse.ts';
import { createRisk } from './risk/risk.ts';
import type { RiskSettings } from './risk/settings.ts';
import type { Strategy } from './rules/strategy.ts';
import { createScreen, type ScreenOptions } from './screen/screen.ts';
import type { FillSettings } from './simulation/settings.ts';
import type { CostModel } from './trading/costs.ts';
import { toMinor } from './trading/money.ts';
import type { Trade } from './trading/trade.ts';

export type EngineOptions = {
  /** In the order of slots: sorted by symbol, code units. */
  readonly instruments: readonly Instrument[];
  /** By slot: whether the symbol's candles bear a volume. */
  readonly hasVolume: readonly boolean[];
  readonly baseTimeframeMs: number;
  readonly strategies: readonly Strategy[];
  readonly risk: RiskSettings;
  readonly fills: FillSettings;
  readonly costs: CostModel;
  readonly minorDigits: number;
  /** Widen the engine's own stops to 4 × the round-trip cost where they are nearer. */
  readonly stopDistanceRule: boolean;
  /** Hears every event but candles, in the order of positions (n, rank, i). Without it no trace is built. */
  readonly onEvent?: (event: TradekitEvent) => void;
  readonly onTrade?: (trade: Trade) => void;
  readonly equity?: EquityListener;
  /** Whether the kill switch stands when this order would be accepted. */
  readonly isHalted?: (plan: PlanValidated) => boolean;
  readonly onEvaluated?: NonNullable<ScreenOptions['onEvaluated']>;
  readonly onOutsideSession?: NonNullable<ScreenOptions['onOutsideSession']>;
};

/** Hears the marked account, integer minor units. */
export interface EquityListener {
  /** At every instant at which it can have changed. */
  mark(at: number, equityMinor: number): void;
  /** At the close of each session in which something traded on the market; also where the feed ends inside one. */
  closeSession(date: string, at: number, equityMinor: number): void;
  /** The feed ended at the very close of a session: what that closed belongs to its sample. */
  amendSession(at: number, equityMinor: number): void;
}

/**
 * The four stages joined in the order of DESIGN §2: at one instant the phases run over all symbols, so that timing can
 * delay an entry, never change it.
 */
export interface Engine {
  /**
   * One instant: the candles that closed (views, ordered by slot; the first `count` of `candles`), then the marks.
   * Candles of one instant all belong to the session that is open; marks of the same time come after them.
   */
  instant(at: number, candles: readonly Candle[], count: number, marks: readonly Mark[]): void;
  /**
   * Instants without marks in each of which one candle closed, whole, of the only symbol: rows of its tape. The same
   * as `instant` for each. The screen depends on nobody, so it goes first, to the next row at which a strategy fires;
   * the others follow to that row, each in a loop of its own, and decide there.
   */
  stretch(tape: CandleTape, from: number, to: number): void;
}

export function createEngine(options: EngineOptions): Engine {
  const { instruments, onEvent, equity } = options;
  const screen = createScreen({
    symbols: instruments.map(({ symbol }, slot) => ({ symbol, hasVolume: options.hasVolume[slot] === true })),
    baseTimeframeMs: options.baseTimeframeMs,
    strategies: options.strategies,
    traces: onEvent !== undefined,
    // A mark of this instant may yet open a session, and with it the gates: then every signal is planned.
    ...(onEvent === undefined ? { admits: (slot, at) => marked || risk.admits(slot, at) } : {}),
    ...(options.onEvaluated === undefined ? {} : { onEvaluated: options.onEvaluated }),
    ...(options.onOutsideSession === undefined ? {} : { onOutsideSession: options.onOutsideSession }),
  });
  const mse = createMse({
    ...options,
    minRewardRisk: options.risk.minRewardRisk,
    explains: onEvent !== undefined,
  });
  const risk = createRisk({ ...options, settings: options.risk, records: onEvent !== undefined });
  const exec = createExec({
    ...options,
    tellsAll: onEvent !== undefined,
    ...(options.onTrade === undefined ? {} : { onTrade: options.onTrade }),
  });
  const slotOf = new Map(instruments.map(({ symbol }, slot) => [symbol, slot]));
  const startingMinor = toMinor(options.risk.startingBalance, options.minorDigits);
  let session: SessionOpened | undefined;
  let marked = false;
  let candlesInSession = 0;

  function tell(event: TradekitEvent): void {
    if (onEvent !== undefined) onEvent(event);
  }

  function tellAll(events: readonly TradekitEvent[]): void {
    if (onEvent !== undefined) for (const event of events) onEvent(event);
  }

  function settle(facts: readonly ExecutionEvent[]): void {
    for (let i = 0; i < facts.length; i += 1) {
      const fact = facts[i];
      if (fact === undefined) continue;
      risk.handle(fact);
      tell(fact);
    }
  }

  function fold(at: number, candles: readonly Candle[], count: number): void {
    // Where nothing is working or open there is nothing for a candle to meet.
    for (let i = 0; i < count && exec.busy > 0; i += 1) {
      const candle = candles[i];
      if (candle !== undefined) settle(exec.onCandle(candle));
    }
    for (let i = 0; i < count; i += 1) {
      const candle = candles[i];
      if (candle === undefined) continue;
      screen.onCandle(candle, at);
      if (mse.readsCandles) mse.onCandle(candle, at);
      if (risk.readsCandles) risk.onCandle(candle);
    }
  }

  function decide(signals: readonly PotentialSignal[], at: number): void {
    tellAll(signals);
    const outputs: (TradePlanProposed | NoTradePlan)[] = [];
    const plans: TradePlanProposed[] = [];
    for (let i = 0; i < signals.length; i += 1) {
      const signal = signals[i];
      if (signal === undefined || !isPlanned(signal, at)) continue;
      const output = mse.handle(signal);
      outputs.push(output);
      if (output.type === 'TRADE_PLAN_PROPOSED') plans.push(output);
    }
    tellAll(outputs);
    if (plans.length === 0) return;
    const verdicts = risk.decide(plans, at);
    tellAll(verdicts);
    for (let i = 0; i < verdicts.length; i += 1) {
      const verdict = verdicts[i];
      if (verdict?.type === 'PLAN_VALIDATED') {
        const halted = options.isHalted?.(verdict) === true;
        settle(exec.accept(verdict, slotOf.get(verdict.symbol) ?? -1, at, halted));
      }
    }
  }

  /** Where nobody listens, a signal that the session opened by this instant's marks does not admit need not be planned. */
  function isPlanned(signal: PotentialSignal, at: number): boolean {
    return onEvent !== undefined || !marked || risk.admits(slotOf.get(signal.symbol) ?? -1, at);
  }

  function decideAt(at: number): void {
    const wasBusy = exec.busy > 0;
    const signals = screen.fired(at);
    if (signals.length > 0) decide(signals, at);
    if (!wasBusy && exec.busy > 0) equity?.mark(at, startingMinor + exec.markedPnl());
  }

  function pass(mark: Mark): void {
    screen.onMark(mark);
    mse.onMark(mark);
    risk.onMark(mark);
  }

  /** A session of which the data has no candle is no idle day: nobody could have traded it. */
  function endSample(at: number, feedEnded: boolean): void {
    const equityMinor = startingMinor + exec.markedPnl();
    if (session !== undefined && at > session.openAt && candlesInSession > 0) {
      equity?.closeSession(session.session, at, equityMinor);
    } else if (feedEnded) equity?.amendSession(at, equityMinor);
    session = undefined;
    candlesInSession = 0;
  }

  function sample(mark: Mark): void {
    if (mark.type === 'SESSION_OPENED') session = mark;
    else if (mark.type !== 'SQUARE_OFF') endSample(mark.at, mark.type === 'FEED_ENDED');
  }

  /** The stages that read candles for what they decide take rows. */
  function follow(tape: CandleTape, from: number, to: number): void {
    if (!mse.readsCandles && !risk.readsCandles) return;
    for (let row = from; row < to; row += 1) {
      const at = tape.closeAt(row);
      const candle = tape.read(row, at);
      if (mse.readsCandles) {
        mse.onCandle(candle, at);
        mse.endInstant(at);
      }
      if (risk.readsCandles) risk.onCandle(candle);
    }
  }

  /** Execution meets rows while something is working or open: up to `to`, or to one that brought a fact if asked to. */
  function meetRows(tape: CandleTape, from: number, to: number, stopsAtFact: boolean): number {
    let row = from;
    while (row < to && exec.busy > 0) {
      if (equity === undefined) row = exec.passQuiet(tape, row, to);
      if (row === to) break;
      const told = meetRow(tape, row);
      row += 1;
      if (told && stopsAtFact) return row;
    }
    return to;
  }

  function meetRow(tape: CandleTape, row: number): boolean {
    const at = tape.closeAt(row);
    const met = exec.onCandle(tape.read(row, at));
    settle(met);
    const past = exec.busy > 0 ? exec.endInstant(at) : met;
    if (past !== met) settle(past);
    equity?.mark(at, startingMinor + exec.markedPnl());
    return met.length + past.length > 0;
  }

  return {
    stretch(tape, from, to) {
      marked = false;
      candlesInSession += to - from;
      screen.startRows(tape, from, to);
      let met = from;
      let followed = from;
      for (let row = from; row < to; row += 1) {
        // Where nobody listens and no plan could pass, what fires before the next fact of execution is of no account.
        if (onEvent === undefined && risk.isShut(tape.slot)) {
          met = meetRows(tape, met, to, true);
          row = Math.max(row, met - 1);
        }
        row = screen.nextFiring(row);
        const until = Math.min(row + 1, to);
        if (met < until) met = meetRows(tape, met, until, false);
        follow(tape, followed, until);
        followed = until;
        if (row < to) decideAt(tape.closeAt(row));
      }
      screen.endRows();
    },
    instant(at, candles, count, marks) {
      const wasBusy = exec.busy > 0;
      marked = marks.length > 0;
      candlesInSession += count;
      if (marks.length > 0) tellAll(marks);
      fold(at, candles, count);
      if (marks.length > 0) for (const mark of marks) settle(exec.onMark(mark));
      if (exec.busy > 0) settle(exec.endInstant(at));
      const signals = screen.evaluate(at);
      if (mse.readsCandles) mse.endInstant(at);
      if (marks.length > 0) marks.forEach(pass);
      if (signals.length > 0) decide(signals, at);
      if (equity === undefined) return;
      if (wasBusy || exec.busy > 0) equity.mark(at, startingMinor + exec.markedPnl());
      if (marks.length > 0) marks.forEach(sample);
    },
  };
}
