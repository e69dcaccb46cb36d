import { BEFORE_ALL, endOfInstant, RANK } from '../../domain/events/position.ts';
import { createMse } from '../../domain/mse/mse.ts';
import { createCandleEvents } from './candle-events.ts';
import { createInstantQueue, type Instant } from './instant-queue.ts';
import { hasPassed } from './met.ts';
import type { PipelineSetup } from './setup.ts';
import type { PlacedEvent, StageMachine } from './stage-machine.ts';

/** Folds structure, and answers the signals of each instant with a plan or the reason for none. */
export function createMseMachine(setup: PipelineSetup): StageMachine {
  const mse = createMse({ ...setup, minRewardRisk: setup.risk.minRewardRisk, explains: true });
  const candleEvents = createCandleEvents(setup);
  const instants = createInstantQueue();
  let passed = 0;
  let ended = false;

  function pass({ n, at, candles, marks, signals }: Instant): readonly PlacedEvent[] {
    if (mse.readsCandles) {
      for (const candle of candles) mse.onCandle(candleEvents.view(candle), at);
      mse.endInstant(at);
    }
    for (const mark of marks) {
      mse.onMark(mark);
      if (mark.type === 'FEED_ENDED') ended = true;
    }
    return signals.map((signal, i) => ({ position: { n, rank: RANK.plans, i }, event: mse.handle(signal) }));
  }

  return {
    name: 'mse',
    sources: [{ channels: ['MARKET.CANDLE', 'SIGNALS.POTENTIAL'], stage: 'screen' }],
    take: instants.take,
    get ended() {
      return ended;
    },
    next([screen = BEFORE_ALL]) {
      const events: PlacedEvent[] = [];
      const from = passed;
      while (hasPassed(screen, passed + 1)) {
        passed += 1;
        events.push(...pass(instants.get(passed)));
      }
      instants.forget(passed);
      return passed === from
        ? undefined
        : { to: endOfInstant(passed), events, writes: [], acceptsEntries: false };
    },
  };
}
