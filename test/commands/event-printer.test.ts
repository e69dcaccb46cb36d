import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEventPrinter } from '../../src/commands/event-printer.ts';
import type { TradekitEvent } from '../../src/core/domain/events/events.ts';
import { createPlacedEngine } from '../../src/core/services/pipeline/placed-engine.ts';
import { simulatedTape } from '../simulation/tapes.ts';

const TAPE = simulatedTape(2);

function eventsOfTape(): readonly TradekitEvent[] {
  const engine = createPlacedEngine(TAPE.setup);
  TAPE.openFeed().run(engine, Number.POSITIVE_INFINITY);
  return engine.takeEvents().map(({ event }) => event);
}

const EVENTS = eventsOfTape();

describe('what a run shows while it goes on', () => {
  let printed: string[] = [];

  beforeEach(() => {
    printed = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text));
      return true;
    });
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  function printer() {
    return createEventPrinter({
      instruments: TAPE.setup.instruments,
      zone: 'Asia/Kolkata',
      money: { currency: 'INR', minorDigits: 2 },
      verbose: false,
    });
  }

  function show(events: readonly TradekitEvent[], newFrom: number, shown = printer()) {
    for (const [index, event] of events.entries()) shown.onEvent(event, index >= newFrom);
    return shown;
  }

  it('is a line for each order, fill and close, and a funnel line for each session', () => {
    show(EVENTS, 0).endSession();
    expect(printed.filter((line) => line.startsWith('── 2015-07-0'))).toHaveLength(2);
    const orders = EVENTS.filter(({ type }) => type === 'ORDER_PLACED');
    expect(printed.filter((line) => line.includes('→ order'))).toHaveLength(orders.length);
  });

  it('is nothing of what was shown before, but that its session counts whole', () => {
    const second = EVENTS.findLastIndex(({ type }) => type === 'SESSION_OPENED');
    show(EVENTS, 0).endSession();
    const whole = printed.splice(0);
    show(EVENTS, second + 20).endSession();
    expect(printed.filter((line) => line.startsWith('──'))).toEqual(
      whole.filter((line) => line.startsWith('──')).slice(-1),
    );
    expect(whole.slice(-printed.length)).toEqual(printed);
  });

  it('is each session once, also where the run is told again from its first event', () => {
    const middle = EVENTS.findLastIndex(({ type }) => type === 'SESSION_OPENED') + 20;
    const shown = show(EVENTS.slice(0, middle), 0);
    const before = printed.length;
    show(EVENTS, middle, shown).endSession();
    expect(printed.filter((line) => line.startsWith('──'))).toHaveLength(2);
    expect(printed.length).toBeGreaterThan(before);
  });
});
