import { TradekitError } from '../domain/error.ts';
import type { FeedDescription } from '../ports/feed.ts';

/** What a store keeps of a run's beginning: its feed, and for `--resume` the flags it was started with. */
export type RunNote = {
  readonly feed: FeedDescription;
  readonly flags?: Readonly<Record<string, unknown>>;
};

export function formatRunNote(note: RunNote): string {
  return JSON.stringify(note);
}

/** @throws DATA where the text was not written by `formatRunNote` */
export function parseRunNote(text: string): RunNote {
  try {
    const note: unknown = JSON.parse(text);
    if (isNote(note)) return note;
  } catch (cause) {
    throw notANote(text, cause);
  }
  throw notANote(text);
}

function isNote(value: unknown): value is RunNote {
  if (typeof value !== 'object' || value === null || !('feed' in value)) return false;
  const { feed } = value;
  return (
    typeof feed === 'object' && feed !== null && 'instruments' in feed && Array.isArray(feed.instruments)
  );
}

function notANote(text: string, cause?: unknown): TradekitError {
  return new TradekitError('DATA', `The store's run says of its feed "${text.slice(0, 80)}".`, {
    hint: 'It was begun by another version of tradekit: start a new run.',
    cause,
  });
}
