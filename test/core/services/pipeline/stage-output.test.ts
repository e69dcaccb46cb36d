import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../../src/core/adapters/store/memory.ts';
import type { TradekitError } from '../../../../src/core/domain/error.ts';
import { encode } from '../../../../src/core/domain/events/codec.ts';
import type { ExecutionEvent, PlanValidated } from '../../../../src/core/domain/events/events.ts';
import { BEFORE_ALL, endOfInstant, endOfRank } from '../../../../src/core/domain/events/position.ts';
import { orderCancelled, orderPlaced } from '../../../../src/core/domain/exec/facts.ts';
import { type DoneMarks, READ_MAX, type Store } from '../../../../src/core/ports/store.ts';
import type { Step } from '../../../../src/core/services/pipeline/stage-machine.ts';
import { createStageOutput } from '../../../../src/core/services/pipeline/stage-output.ts';
import { planAt } from './drawn-plan.ts';
import { candle, placed, RUN, stepOf } from './drawn-stage.ts';

/** Up to where the service has read others. */
const READ: Partial<DoneMarks> = { exec: BEFORE_ALL };

/** The screen's output on a store that has its steps up to instant `upTo`. */
async function recorded(upTo: number, store: Store = createMemoryStore()) {
  const first = await outputOf(store);
  const commit = upTo === 0 ? undefined : await first.prepare(stepOf(1, upTo));
  if (commit !== undefined) await store.commit(commit);
  return outputOf(store);
}

async function outputOf(store: Store, service: 'screen' | 'exec' = 'screen') {
  const tenures = await store.start({ run: RUN, services: [service], takeOver: true });
  return createStageOutput(store, service, tenures[service], () => READ);
}

describe('what a service publishes', () => {
  it('is a commit from its mark on, with each event as a line', async () => {
    const output = await recorded(0);
    expect(await output.prepare(stepOf(1, 2))).toEqual({
      service: 'screen',
      epoch: 2,
      token: 'screen.2.1',
      from: BEFORE_ALL,
      to: endOfInstant(2),
      read: READ,
      appends: [1, 2].map((n) => ({
        position: { n, rank: 0, i: 0 },
        channel: 'MARKET.CANDLE',
        line: encode(candle(n)),
      })),
      writes: [
        { key: 'POS:ACME', value: '1' },
        { key: 'POS:ACME', value: '2' },
      ],
    });
  });

  it('asks for the kill switch where entries are accepted, and only there', async () => {
    const output = await recorded(0);
    expect(await output.prepare(stepOf(1, 1))).not.toHaveProperty('requires');
    const entries = stepOf(1, 1, { acceptsEntries: true });
    expect(await output.prepare(entries)).toHaveProperty('requires', { absent: 'TG:KILL' });
  });

  it('goes on from where the last commit was taken, under a token of its own', async () => {
    const output = await recorded(0);
    const first = await output.prepare(stepOf(1, 1));
    if (first !== undefined) output.committed(first);
    expect(output.done).toEqual(endOfInstant(1));
    const second = await output.prepare(stepOf(2, 3));
    expect(second).toMatchObject({ from: endOfInstant(1), to: endOfInstant(3) });
    expect(second?.token).not.toBe(first?.token);
  });

  it('is nothing where the run has all of it already', async () => {
    const output = await recorded(3);
    expect(await output.prepare(stepOf(1, 2))).toBeUndefined();
    expect(await output.prepare(stepOf(3, 3))).toBeUndefined();
    expect(output.done).toEqual(endOfInstant(3));
  });

  it('is, of a step that spans the recorded mark, what lies beyond it: events and projections', async () => {
    const output = await recorded(2);
    expect(await output.prepare(stepOf(1, 4))).toMatchObject({
      from: endOfInstant(2),
      to: endOfInstant(4),
      appends: [{ position: { n: 3 } }, { position: { n: 4 } }],
      writes: [{ value: '3' }, { value: '4' }],
    });
  });

  it.each([READ_MAX - 1, READ_MAX, READ_MAX + 1, 2 * READ_MAX])(
    'is compared with a record of %i events, however it is cut',
    async (length) => {
      const output = await recorded(length);
      for (let from = 1; from <= length; from += 300)
        expect(await output.prepare(stepOf(from, Math.min(from + 299, length)))).toBeUndefined();
      expect(await output.prepare(stepOf(length + 1, length + 1))).toMatchObject({
        from: endOfInstant(length),
      });
      const whole = await recorded(length);
      expect(await whole.prepare(stepOf(1, length))).toBeUndefined();
    },
  );
});

describe('a service that says something else than was recorded', () => {
  async function sentence(step: Step): Promise<string> {
    const output = await recorded(3);
    return output.prepare(step).then(
      () => expect.unreachable('it was taken'),
      ({ code, message }: TradekitError) => `${code} ${message}`,
    );
  }

  function saying(...events: Step['events']): Step {
    return stepOf(1, 3, { events });
  }

  it('is told the place, what was said then and what is said now', async () => {
    const same = '…,"timeframe":"1m","open":100,"high":101,"low":99,"close":100';
    expect(await sentence(saying(placed(1), placed(2, 100.5), placed(3)))).toBe(
      `DATA At "2-0" screen said "${same}}" when the run was recorded and says "${same}.5}" now: the feed, strategies.json or tradekit changed since.`,
    );
  });

  it('is shown a line from its beginning where that differs', async () => {
    const renamed = { ...placed(2), event: { ...candle(2), id: 'ACME/5m/120000' } };
    expect(await sentence(saying(placed(1), renamed, placed(3)))).toMatch(
      /said "\{"id":"ACME\/1m\/120000".* says "\{"id":"ACME\/5m\/120000"/,
    );
  });

  it('is told of an event that is missing now, at the place where it was', async () => {
    expect(await sentence(saying(placed(1), placed(3)))).toMatch(
      /^DATA At "2-0" screen said "\{"id":"ACME\/1m\/120000".* and says nothing now/,
    );
    expect(await sentence(saying(placed(1), placed(2)))).toMatch(/At "3-0".* and says nothing now/);
  });

  it('is told of an event that was not there then', async () => {
    const extra = { position: { n: 2, rank: 0, i: 1 }, event: candle(2) };
    expect(await sentence(saying(placed(1), placed(2), extra, placed(3)))).toMatch(
      /^DATA At "2-1" screen said nothing when the run was recorded and says "\{"id":"ACME/,
    );
  });

  it('is told of a difference before the mark in a step that goes beyond it', async () => {
    const beyond = stepOf(1, 5, { events: [placed(1), placed(2), placed(3, 99.5), placed(4), placed(5)] });
    expect(await sentence(beyond)).toContain('At "3-0" screen said');
  });
});

describe('entries under the kill switch', () => {
  const plan = planAt(1);
  const to = endOfRank(1, 5);

  function exec(event: (of: PlanValidated) => ExecutionEvent, parts: Partial<Step> = {}): Step {
    const events = [{ position: { n: 1, rank: 5, i: 0 }, event: event(plan) }];
    return { to, events, writes: [], acceptsEntries: false, ...parts };
  }

  const placing = exec((of) => orderPlaced(of, 1), {
    acceptsEntries: true,
    whenHalted: () => exec((of) => orderCancelled(of, 'halted', 1)),
  });

  it('are answered with a cancellation that asks for nothing', async () => {
    const output = await outputOf(createMemoryStore(), 'exec');
    const commit = output.prepareHalted(placing);
    expect(commit?.appends[0]?.line).toContain('"reason":"halted"');
    expect(commit).not.toHaveProperty('requires');
  });

  it('that were recorded are said again when the run is folded without the switch', async () => {
    const store = createMemoryStore();
    const first = await outputOf(store, 'exec');
    const commit = first.prepareHalted(placing);
    if (commit !== undefined) await store.commit(commit);
    expect(await (await outputOf(store, 'exec')).prepare(placing)).toBeUndefined();
  });

  it('that were recorded otherwise still are a difference', async () => {
    const store = createMemoryStore();
    const first = await outputOf(store, 'exec');
    const commit = await first.prepare(exec((of) => orderCancelled(of, 'expired', 1)));
    if (commit !== undefined) await store.commit(commit);
    await expect((await outputOf(store, 'exec')).prepare(placing)).rejects.toMatchObject({
      code: 'DATA',
      message: expect.stringMatching(/^At "1-5000000" exec said ".+" when .* says ".+" now/),
    });
  });

  it('are a bug where the step asked for nothing', async () => {
    const output = await recorded(0);
    expect(() => output.prepareHalted(stepOf(1, 1))).toThrow('screen was refused a step that asks nothing.');
  });
});
