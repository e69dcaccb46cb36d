import { TradekitError } from './error.ts';
import { nearestName } from './nearest.ts';

/** What `--feed` names: files of candles, a file of ticks, or ticks made by chance from a seed. */
export type FeedSpec =
  | { readonly kind: 'csv'; readonly files: readonly string[] }
  | { readonly kind: 'ticks'; readonly file: string }
  | { readonly kind: 'random'; readonly seed: number };

/** Kind → how it is written. */
const FORMS: Readonly<Record<FeedSpec['kind'], string>> = {
  csv: 'csv:FILE[,FILE…]',
  ticks: 'ticks:FILE',
  random: 'random:SEED',
};

const MOST_SEED = 2 ** 32 - 1;

/**
 * `csv:a.csv,b.csv`, `ticks:trades.csv`, `random:42`. Commas part the files of `csv:`.
 *
 * @throws TradekitError CONFIG naming the known feeds
 */
export function parseFeedSpec(text: string): FeedSpec {
  const colon = text.indexOf(':');
  const kind = text.slice(0, Math.max(colon, 0));
  const rest = text.slice(colon + 1);
  if (kind === 'csv') return { kind, files: filesOf(text, rest) };
  if (kind === 'ticks' && rest !== '') return { kind, file: rest };
  if (kind === 'random') return { kind, seed: seedOf(text, rest) };
  throw unknownFeed(text, kind);
}

function filesOf(text: string, rest: string): readonly string[] {
  const files = rest.split(',').filter((file) => file !== '');
  if (files.length === 0) throw unknownFeed(text, 'csv');
  return files;
}

function seedOf(text: string, rest: string): number {
  const seed = /^\d{1,10}$/.test(rest) ? Number(rest) : Number.NaN;
  if (seed <= MOST_SEED) return seed;
  throw new TradekitError('CONFIG', `"${text}" has no seed: a whole number from 0 to ${MOST_SEED}.`, {
    hint: 'Any will do, and the same gives the same ticks: random:42',
  });
}

function unknownFeed(text: string, kind: string): TradekitError {
  return new TradekitError('CONFIG', `"${text}" names no feed.${suggestion(text, kind)}`, {
    hint: `Known feeds: ${Object.values(FORMS).join(', ')}.`,
  });
}

/** The nearest kind, or `csv:` before what looks like the name of a file. */
function suggestion(text: string, kind: string): string {
  if (/^[^:]+\.(?:csv|txt|tsv)(?:\.gz)?$/i.test(text)) return ` Did you mean "csv:${text}"?`;
  const near = nearestName(kind === '' ? text : kind, Object.keys(FORMS));
  return near === undefined || !isKind(near) ? '' : ` Did you mean ${FORMS[near]}?`;
}

function isKind(name: string): name is FeedSpec['kind'] {
  return Object.hasOwn(FORMS, name);
}
