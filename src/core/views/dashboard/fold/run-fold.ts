import type { CandleClosed, Mark, SessionOpened, TradekitEvent } from '../../../domain/events/events.ts';
import { createFunnel, type Funnel } from '../../../domain/performance/funnel.ts';
import { type Chains, createChains } from './chains.ts';
import { type Course, createCourse } from './course.ts';
import { createDesk, type Desk } from './desk.ts';
import { createLastSignals, createNearest, type Nearest } from './nearest.ts';
import type { RunSettings } from './settings.ts';
import { createTape, type Tape } from './tape.ts';

/** An event in its instant, and when the store had it. */
export type FoldedEvent = {
  readonly n: number;
  readonly event: TradekitEvent;
  /** Wall clock of the store, UTC epoch ms. */
  readonly recordedAt: number;
};

/** Events that are kept to be listed; candles are not among them. */
const LATEST_KEPT = 500;

/**
 * Everything that a dashboard shows of a run, folded from its events in their order: no clock, no I/O, and memory that
 * does not grow with the run.
 */
export interface RunFold {
  readonly settings: RunSettings;
  /** Whole instants, or at least all candles and marks of the last one. */
  take(events: readonly FoldedEvent[]): void;
  /** Instants so far. */
  readonly n: number;
  /** Market time of the newest event, UTC epoch ms; undefined before the first. */
  readonly feedAt: number | undefined;
  readonly recordedAt: number | undefined;
  readonly hasEnded: boolean;
  /** The session under way, or the last one. */
  readonly session: SessionOpened | undefined;
  readonly sessionIsOpen: boolean;
  /** Of the session. */
  readonly funnel: Funnel;
  /** Newest last. */
  readonly latest: readonly TradekitEvent[];
  readonly desk: Desk;
  readonly tape: Tape;
  readonly nearest: Nearest;
  readonly chains: Chains;
  /** Equity through the session, open positions marked; integer minor units. */
  readonly course: readonly number[];
  /** Equity at the last close of every symbol. */
  readonly equityMinor: number;
  slotOf(symbol: string): number;
}

export function createRunFold(settings: RunSettings): RunFold {
  const slots = new Map(settings.instruments.map(({ symbol }, slot) => [symbol, slot]));
  const desk = createDesk(settings);
  const tape = createTape(settings.instruments.length);
  const chains = createChains();
  const course: Course = createCourse();
  const nearest =
    settings.strategies === undefined ? createLastSignals() : createNearest(settings, settings.strategies);
  const state = {
    n: 0,
    feedAt: undefined as number | undefined,
    recordedAt: undefined as number | undefined,
    hasEnded: false,
    session: undefined as SessionOpened | undefined,
    sessionIsOpen: false,
  };
  let funnel = createFunnel();
  let latest: TradekitEvent[] = [];

  function takeOne({ n, event, recordedAt }: FoldedEvent): void {
    if (n !== state.n) endInstant();
    state.n = n;
    state.feedAt = Math.max(state.feedAt ?? event.at, event.at);
    state.recordedAt = recordedAt;
    if (event.type === 'CANDLE_CLOSED') takeCandle(event);
    else takeFact(event);
  }

  function takeFact(event: Exclude<TradekitEvent, CandleClosed>): void {
    if (isMark(event)) takeMark(event);
    if (event.type === 'POTENTIAL_SIGNAL') nearest.onSignal(event);
    desk.take(event);
    funnel.count(event);
    chains.take(event);
    latest.push(event);
    if (latest.length >= 2 * LATEST_KEPT) latest = latest.slice(-LATEST_KEPT);
  }

  function takeCandle(event: CandleClosed): void {
    const slot = slots.get(event.symbol);
    if (slot === undefined) return;
    const { openAt, at: closeAt, open, high, low, close, volume = Number.NaN } = event;
    tape.onCandle(slot, event);
    nearest.onCandle({ slot, openAt, closeAt, open, high, low, close, volume });
  }

  function takeMark(mark: Mark): void {
    nearest.onMark(mark);
    if (mark.type === 'FEED_ENDED') state.hasEnded = true;
    if (mark.type === 'SESSION_CLOSED') state.sessionIsOpen = false;
    if (mark.type !== 'SESSION_OPENED') return;
    state.session = mark;
    state.sessionIsOpen = true;
    tape.onSession(mark);
    funnel = createFunnel();
    course.clear();
  }

  function endInstant(): void {
    nearest.endInstant();
    course.add(equityMinor());
  }

  function equityMinor(): number {
    let equity = desk.balanceMinor;
    for (const position of desk.positions) {
      const { last } = tape.quote(slots.get(position.plan.symbol) ?? -1);
      equity += desk.openPnlMinor(position, last ?? position.fill.price);
    }
    return equity;
  }

  return {
    settings,
    desk,
    tape,
    nearest,
    chains,
    take(events) {
      for (const event of events) takeOne(event);
      nearest.endInstant();
    },
    get n() {
      return state.n;
    },
    get feedAt() {
      return state.feedAt;
    },
    get recordedAt() {
      return state.recordedAt;
    },
    get hasEnded() {
      return state.hasEnded;
    },
    get session() {
      return state.session;
    },
    get sessionIsOpen() {
      return state.sessionIsOpen;
    },
    get funnel() {
      return funnel.read();
    },
    get latest() {
      return latest;
    },
    get course() {
      return course.read();
    },
    get equityMinor() {
      return equityMinor();
    },
    slotOf: (symbol) => slots.get(symbol) ?? -1,
  };
}

function isMark(event: TradekitEvent): event is Mark {
  return (
    event.type === 'SESSION_OPENED' ||
    event.type === 'SESSION_CLOSED' ||
    event.type === 'SQUARE_OFF' ||
    event.type === 'FEED_ENDED'
  );
}
