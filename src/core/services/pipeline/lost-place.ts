import { TradekitError } from '../../domain/error.ts';
import type { StoreReader } from '../../ports/store.ts';

/** Another copy, or a store that is not what it was: either way this one must not go on. */
export async function lostPlace(
  store: StoreReader,
  name: string,
  answer: 'fenced' | 'gap',
): Promise<TradekitError> {
  if ((await store.run()) === undefined) {
    return new TradekitError(
      'CONFIG',
      `The store was emptied while ${name} ran: the run is gone, so it stops.`,
      {
        hint: 'Look into the account before anything else, then start a new run.',
      },
    );
  }
  if (answer === 'fenced') {
    return new TradekitError('CONFIG', `Another copy of ${name} has taken its place: this one ends.`, {
      hint: 'Nothing is lost. Run one copy of each service.',
    });
  }
  return new TradekitError(
    'CONFIG',
    `The store is behind what ${name} has seen of it: was an older copy restored, or lost its last second?`,
    {
      hint: 'Start all services again: they fold the run and go on from what the store has.',
    },
  );
}
