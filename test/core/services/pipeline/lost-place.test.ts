import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../../src/core/adapters/store/memory.ts';
import { lostPlace } from '../../../../src/core/services/pipeline/lost-place.ts';
import { RUN } from './drawn-stage.ts';

describe('who has lost its place', () => {
  it.each(['fenced', 'gap'] as const)(
    'is told, at "%s", that the run is gone where it is',
    async (answer) => {
      const { code, message, hint } = await lostPlace(createMemoryStore(), 'risk', answer);
      expect(code).toBe('CONFIG');
      expect(message).toBe('The store was emptied while risk ran: the run is gone, so it stops.');
      expect(hint).toBe('Look into the account before anything else, then start a new run.');
    },
  );

  it.each([
    ['fenced', 'Another copy of risk has taken its place: this one ends.', /one copy of each service/],
    [
      'gap',
      'The store is behind what risk has seen of it: was an older copy restored, or lost its last second?',
      /Start all/,
    ],
  ] as const)('is told, at "%s", what that means: %s', async (answer, sentence, next) => {
    const store = createMemoryStore();
    await store.start({ run: RUN, services: ['risk'] });
    const { code, message, hint } = await lostPlace(store, 'risk', answer);
    expect([code, message]).toEqual(['CONFIG', sentence]);
    expect(hint).toMatch(next);
  });
});
