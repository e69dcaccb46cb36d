import { TradekitError } from '../core/domain/error.ts';
import type { RunIdentity, StoreReader } from '../core/ports/store.ts';

/** Whether the store still holds the run that its services began. */
export interface RunGuard {
  begins(run: RunIdentity): void;
  /**
   * A service that is started again in an emptied store would begin another run, as if nothing had happened.
   *
   * @throws CONFIG where the run that began is not there any more. A store that is away is for the services to wait for.
   */
  check(): Promise<void>;
}

/** @param shown where the store is, without a password */
export function createRunGuard(reader: Pick<StoreReader, 'run'>, shown: string): RunGuard {
  let begun: RunIdentity | undefined;
  return {
    begins(run) {
      begun = run;
    },
    async check() {
      if (begun === undefined) return;
      const held = await reader.run().catch((error: unknown) => {
        if (error instanceof TradekitError && error.code === 'CONNECTION') return begun;
        throw error;
      });
      if (held?.id === begun.id) return;
      const now = held === undefined ? 'it was emptied' : `it holds the run ${held.id}`;
      throw new TradekitError('CONFIG', `The run ${begun.id} is gone from ${shown}: ${now}.`, {
        hint: 'All services are stopped. Look into the account before anything else, then start a new run.',
      });
    },
  };
}
