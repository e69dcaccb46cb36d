import { TradekitError } from '../../domain/error.ts';
import type { RunIdentity } from '../../ports/store.ts';

/** @throws CONFIG where the log's run of that id is another one: its events would be taken for those of this one */
export function checkLoggedRun(logged: RunIdentity, coming: RunIdentity): void {
  if (logged.configHash === coming.configHash && logged.feed === coming.feed) return;
  throw new TradekitError(
    'CONFIG',
    `The event log has another run "${coming.id}" already, with another configuration or feed.`,
    { hint: 'Copy this one into another log, or start it again under another name.' },
  );
}
