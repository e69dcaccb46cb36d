import type { TradekitEvent } from '../../src/core/domain/events/events.ts';

/** How much of what can happen does happen in a run. */
export type Counts = {
  readonly candles: number;
  readonly signals: number;
  readonly closed: number;
  readonly directions: readonly string[];
  readonly exitReasons: Readonly<Record<string, number>>;
  readonly rejections: Readonly<Record<string, number>>;
  /** Instants at which one plan got the last slot and another did not. */
  readonly contests: number;
};

export function countsOf(events: readonly TradekitEvent[]): Counts {
  const validatedAt = new Set<number>();
  const contestedAt = new Set<number>();
  const directions = new Set<string>();
  const exitReasons: Record<string, number> = {};
  const rejections: Record<string, number> = {};
  for (const event of events) if (event.type === 'PLAN_VALIDATED') validatedAt.add(event.at);
  for (const event of events) {
    if (event.type === 'POSITION_CLOSED') {
      directions.add(event.direction);
      add(exitReasons, event.exitReason);
    }
    if (event.type !== 'PLAN_REJECTED') continue;
    add(rejections, event.reason);
    if (event.reason === 'MAX_POSITIONS' && validatedAt.has(event.at)) contestedAt.add(event.at);
  }
  const of = (type: TradekitEvent['type']) => events.filter((event) => event.type === type).length;
  return {
    candles: of('CANDLE_CLOSED'),
    signals: of('POTENTIAL_SIGNAL'),
    closed: of('POSITION_CLOSED'),
    directions: [...directions].sort(),
    exitReasons,
    rejections,
    contests: contestedAt.size,
  };
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
