import { expect, it } from 'vitest';
import { createRunGuard } from '../../src/commands/run-guard.ts';
import { TradekitError } from '../../src/core/domain/error.ts';
import type { RunIdentity } from '../../src/core/ports/store.ts';

const JULY: RunIdentity = { id: 'july', configHash: 'c0ffee', feed: 'csv:july.csv' };

/** What the guard of july says where the store gives this for its run. */
async function said(run: () => Promise<RunIdentity | undefined>, hasBegun = true): Promise<unknown> {
  const guard = createRunGuard({ run }, 'redis://here');
  if (hasBegun) guard.begins(JULY);
  return guard.check().catch((error: unknown) => (error instanceof Error ? error.message : error));
}

it('a service is started again while the store holds the run, or none has begun', async () => {
  expect(await said(async () => JULY)).toBeUndefined();
  expect(await said(async () => undefined, false)).toBeUndefined();
});

it('and where the store does not answer, which the services wait for', async () => {
  expect(await said(() => Promise.reject(new TradekitError('CONNECTION', 'away')))).toBeUndefined();
  expect(await said(() => Promise.reject(new TradekitError('CONFIG', 'another form')))).toBe('another form');
});

it('not where the run is gone', async () => {
  expect(await said(async () => undefined)).toBe('The run july is gone from redis://here: it was emptied.');
  expect(await said(async () => ({ ...JULY, id: 'august' }))).toBe(
    'The run july is gone from redis://here: it holds the run august.',
  );
});
