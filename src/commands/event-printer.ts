import type { TradekitEvent } from '../core/domain/events/events.ts';
import type { Instrument } from '../core/domain/market/instrument.ts';
import { createFunnel, type FunnelCounter } from '../core/domain/performance/funnel.ts';
import type { Money } from '../core/domain/performance/result.ts';
import { toMinor } from '../core/domain/trading/money.ts';
import { type EventLineOptions, eventLine } from '../core/views/event-line.ts';
import { funnelLine } from '../core/views/funnel-line.ts';
import { styleOf } from './terminal.ts';

export type EventPrinterOptions = {
  readonly instruments: readonly Instrument[];
  readonly zone: string;
  readonly money: Money;
  readonly verbose: boolean;
};

/** What a run shows while it goes on. */
export interface EventPrinter {
  /** An event of before is counted and not shown; the run may also be told again from its first one. */
  onEvent(event: TradekitEvent, isNew?: boolean): void;
  /** The funnel line of the session under way. */
  endSession(): void;
}

/** Prints events as lines, and a funnel line for each session once the next one opens: nothing of it can follow then. */
export function createEventPrinter({ instruments, zone, money, verbose }: EventPrinterOptions): EventPrinter {
  const style = styleOf(process.stdout);
  const decimals = new Map(instruments.map((of) => [of.symbol, of.decimals]));
  const decimalsOf = (symbol: string): number => decimals.get(symbol) ?? 2;
  const options: EventLineOptions = { style, zone, money, decimalsOf, verbose };
  let session:
    | { readonly date: string; readonly funnel: FunnelCounter; netMinor: number; shown: boolean }
    | undefined;

  function endSession(): void {
    if (session === undefined) return;
    const { date, funnel, netMinor, shown } = session;
    if (shown) print(funnelLine({ date, funnel: funnel.read(), netMinor }, money, style));
    session = undefined;
  }

  return {
    endSession,
    onEvent(event, isNew = true) {
      if (event.type === 'CANDLE_CLOSED') {
        if (session !== undefined && isNew) session.shown = true;
        return;
      }
      if (event.type === 'SESSION_OPENED') {
        if (isNew) endSession();
        session = { date: event.session, funnel: createFunnel(), netMinor: 0, shown: isNew };
      }
      session?.funnel.count(event);
      if (event.type === 'POSITION_CLOSED' && session !== undefined) {
        session.netMinor += toMinor(event.netPnl, money.minorDigits);
      }
      const line = isNew ? eventLine(event, options) : undefined;
      if (line !== undefined) print(line);
    },
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
