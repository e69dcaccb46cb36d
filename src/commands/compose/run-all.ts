import { TradekitError } from '../../core/domain/error.ts';
import { settingsOf } from '../choice.ts';
import type { Flags } from '../flags.ts';
import { resumeRun, startRun } from './embedded.ts';

/** In one process by default, as services over Redis where one is named. */
export async function runAll({ resume, plain, allowEntries, ...flags }: Flags): Promise<void> {
  const isPlain = plain === true || flags['verbose'] === true;
  if (resume !== undefined && flags['run'] !== undefined) throw twoNames(String(flags['run']));
  const allowsEntries = allowEntries === true;
  const settings = settingsOf(flags);
  if (settings.services.redis !== undefined) {
    if (resume !== undefined) throw goesOnByItself();
    if (allowsEntries) throw isAKey();
    const { superviseRun } = await import('./supervised.ts');
    await superviseRun(flags, settings, isPlain);
  } else if (resume === undefined) {
    if (allowsEntries) throw nothingToAllow();
    await startRun(flags, settings, isPlain);
  } else await resumeRun(resume === true ? undefined : String(resume), flags, { isPlain, allowsEntries });
}

function isAKey(): TradekitError {
  return new TradekitError('CONFIG', 'Over Redis the kill switch is a key, which no service may take away.', {
    hint: 'Whoever may (the user ops of examples/redis/users.acl) does it: redis-cli DEL TG:KILL',
  });
}

function nothingToAllow(): TradekitError {
  return new TradekitError('CONFIG', 'A new run has no kill switch that "--allow-entries" could take away.', {
    hint: 'Name the run that was halted: tradekit run-all --resume --allow-entries',
  });
}

function twoNames(run: string): TradekitError {
  return new TradekitError('CONFIG', '"--run" names a new run, and "--resume" goes on with an old one.', {
    hint: `Go on with that one: tradekit run-all --resume ${run}`,
  });
}

function goesOnByItself(): TradekitError {
  return new TradekitError('CONFIG', 'Over Redis a run needs no --resume: it goes on by itself.', {
    hint: 'Leave --resume out. For a run that is kept in a file, leave out the Redis (--redis, TRADEKIT_REDIS, tradekit.json).',
  });
}
