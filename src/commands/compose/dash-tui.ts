import { systemClock } from '../../core/adapters/clock/system.ts';
import { openStore, openStoreReader } from '../../core/adapters/store/open.ts';
import { withoutPassword } from '../../core/adapters/store/redis-url.ts';
import { type Choice, choiceOf, settingsOf } from '../choice.ts';
import type { Flags } from '../flags.ts';
import { storeToCopy } from '../log-source.ts';
import { untilInterrupted } from '../terminal.ts';
import { configHashOf } from './config-hash.ts';
import { storeOptionsOf } from './redis-of.ts';

/** The run that is watched: what was named, the Redis that is set, or the embedded run written last. */
export async function runDashTui(flags: Flags): Promise<void> {
  const {
    once: _once,
    json: _json,
    view: _view,
    symbol: _symbol,
    size: _size,
    store: named,
    ...typed
  } = flags;
  const choose = (kept: Flags): Choice => choiceOf(settingsOf({ ...kept, ...typed }));
  const settings = settingsOf(typed);
  const { redis } = settings.services;
  const url = named === undefined && redis !== undefined ? redis : storeToCopy(flags);
  const { dashRun } = await import('../dash-run.ts');
  await dashRun({
    flags,
    openReader: () => openStoreReader(url, storeOptionsOf(settings)),
    openStore: () => openStore(url, storeOptionsOf(settings)),
    shown: withoutPassword(url),
    choose,
    configHashOf,
    clock: systemClock,
    signal: untilInterrupted().signal,
  });
}
