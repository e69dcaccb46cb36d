import type { ExecutionEvent } from '../events/events.ts';
import { toMinor } from '../trading/money.ts';

/** What an approved plan holds of the account from approval until it is closed or cancelled. Integer minor units. */
export type Reservation = {
  readonly slot: number;
  readonly riskMinor: number;
  readonly notionalMinor: number;
};

/**
 * The account as limits see it: a fold of approvals and of the facts of execution.
 *
 * E is fixed at each session's open: starting balance + net P&L of trades closed before it.
 */
export interface Account {
  /** E, integer minor units. */
  readonly equityMinor: number;
  /** Realised net P&L of this session. */
  readonly realisedTodayMinor: number;
  readonly openRiskMinor: number;
  readonly committedMinor: number;
  /** Positions open and entries working. */
  readonly positions: number;
  /** Positions and entries of one symbol. */
  heldOn(slot: number): number;
  isLocked(slot: number): boolean;
  /** A session opens: E is fixed, the day's result starts at 0, locks of earlier dates fall. */
  openSession(date: string): void;
  reserve(correlationId: string, reservation: Reservation): void;
  handle(event: ExecutionEvent): void;
}

export type AccountOptions = {
  readonly startingMinor: number;
  readonly minorDigits: number;
  readonly symbols: number;
  /** `session`: a symbol stays locked to session end; `position`: until its position closes. */
  readonly lock: 'session' | 'position';
};

export function createAccount({ startingMinor, minorDigits, symbols, lock }: AccountOptions): Account {
  const reservations = new Map<string, Reservation>();
  const held = new Uint16Array(symbols);
  const locked = new Uint8Array(symbols);
  let balanceMinor = startingMinor;
  let lockedOn: string | undefined;

  function release(correlationId: string): Reservation | undefined {
    const reservation = reservations.get(correlationId);
    if (reservation === undefined) return undefined;
    reservations.delete(correlationId);
    held[reservation.slot] = (held[reservation.slot] ?? 1) - 1;
    account.openRiskMinor -= reservation.riskMinor;
    account.committedMinor -= reservation.notionalMinor;
    account.positions -= 1;
    return reservation;
  }

  const account = {
    equityMinor: startingMinor,
    realisedTodayMinor: 0,
    openRiskMinor: 0,
    committedMinor: 0,
    positions: 0,
    heldOn: (slot: number) => held[slot] ?? 0,
    isLocked: (slot: number) => locked[slot] === 1,
    openSession(date: string): void {
      account.equityMinor = balanceMinor;
      account.realisedTodayMinor = 0;
      if (date !== lockedOn) locked.fill(0);
      lockedOn = date;
    },
    reserve(correlationId: string, reservation: Reservation): void {
      reservations.set(correlationId, reservation);
      held[reservation.slot] = (held[reservation.slot] ?? 0) + 1;
      locked[reservation.slot] = 1;
      account.openRiskMinor += reservation.riskMinor;
      account.committedMinor += reservation.notionalMinor;
      account.positions += 1;
    },
    handle(event: ExecutionEvent): void {
      if (event.type === 'ORDER_CANCELLED' && event.filledQty === 0) {
        const reservation = release(event.correlationId);
        if (reservation !== undefined && held[reservation.slot] === 0) locked[reservation.slot] = 0;
      } else if (event.type === 'POSITION_CLOSED') {
        const netMinor = toMinor(event.netPnl, minorDigits);
        balanceMinor += netMinor;
        account.realisedTodayMinor += netMinor;
        const reservation = release(event.correlationId);
        if (reservation !== undefined && lock === 'position')
          locked[reservation.slot] = held[reservation.slot] === 0 ? 0 : 1;
      }
    },
  };
  return account;
}
