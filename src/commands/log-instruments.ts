import { TradekitError } from '../core/domain/error.ts';
import type { Instrument } from '../core/domain/market/instrument.ts';
import { nearestName } from '../core/domain/nearest.ts';
import type { LoggedRun } from '../core/ports/event-log.ts';
import { parseRunNote, type RunNote } from '../core/services/run-note.ts';
import { safeText } from '../core/views/safe-text.ts';

/** What a run trades, by its own word; undefined where another version of tradekit, or another hand, wrote it. */
export function instrumentsOf(run: Pick<LoggedRun, 'feed'>): readonly Instrument[] | undefined {
  return noteOf(run)?.feed.instruments;
}

/** What a run says of its beginning; undefined where another version of tradekit, or another hand, wrote it. */
export function noteOf({ feed }: Pick<LoggedRun, 'feed'>): RunNote | undefined {
  try {
    return parseRunNote(feed);
  } catch (error) {
    if (error instanceof TradekitError && error.code === 'DATA') return undefined;
    throw error;
  }
}

const MOST_SYMBOLS = 10;

/** @throws CONFIG for a symbol that none of these runs has, where all of them say what they have */
export function checkSymbol(symbol: string | undefined, runs: readonly LoggedRun[]): void {
  const told = runs.map(instrumentsOf);
  if (symbol === undefined || told.includes(undefined)) return;
  const known = [...new Set(told.flatMap((of) => of ?? []).map((of) => safeText(of.symbol)))].sort();
  if (known.includes(symbol)) return;
  const whose = runs.length === 1 ? `in the run ${runs[0]?.id}` : `in any of ${runs.length} runs`;
  const near = nearestName(symbol, known);
  const more = known.length > MOST_SYMBOLS ? `, and ${known.length - MOST_SYMBOLS} more` : '';
  throw new TradekitError('CONFIG', `There is no symbol "${safeText(symbol)}" ${whose}.`, {
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}Symbols: ${known.slice(0, MOST_SYMBOLS).join(', ')}${more}`,
  });
}
