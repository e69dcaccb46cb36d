import type { CancelReason } from '../domain/events/events.ts';

/** Codes of reasons as a trader would say them. */
const WORDS: Readonly<Record<string, string>> = {
  NO_TARGET: 'no target pays enough',
  NO_STOP: 'no level for a stop',
  NO_ENTRY: 'no level for an entry',
  STRUCTURE_WARMING_UP: 'structure warming up',
  UNKNOWN_STRATEGY: 'strategy not known here',
  MALFORMED: 'malformed plan',
  NOT_TRADABLE: 'index, not traded',
  ENTRY_WINDOW: 'outside the entry window',
  POSITION_OPEN: 'symbol already held',
  LOCKED: 'traded this session already',
  CONFLICT: 'opposite signals',
  OUTRANKED: 'outranked',
  BUYING_POWER: 'buying power',
  LIQUIDITY: 'too little volume',
  QUANTITY: 'under one lot',
  REWARD_RISK: 'reward:risk too small',
  MAX_POSITIONS: 'too many positions',
  MAX_OPEN_RISK: 'open risk at its limit',
  DAILY_LOSS: 'daily loss limit',
  price_moved: 'price moved away',
  expired: 'expired',
  session_end: 'session ended',
  square_off: 'square-off',
  feed_ended: 'data ended',
  halted: 'kill switch set',
  stop: 'stop',
  target: 'target',
  no_data: 'no data at square-off',
};

/** The words for a code; an unknown one in lower case with spaces. */
export function wordsFor(code: string): string {
  const known = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  return known ?? code.toLowerCase().replaceAll('_', ' ');
}

/** Charges that a contract note writes otherwise. */
const ITEMS: Readonly<Record<string, string>> = {
  stt: 'STT',
  gst: 'GST',
  sebi: 'SEBI',
  stampDuty: 'stamp duty',
  secFee: 'SEC fee',
  taf: 'TAF',
};

export function wordsForItem(item: string): string {
  const known = Object.hasOwn(ITEMS, item) ? ITEMS[item] : undefined;
  return known ?? item;
}

/** What to try when a reason ended most signals. */
const REMEDIES = {
  NO_TARGET: 'Set plan.fallbackR in the strategy, or a smaller --min-rr, so that plans need less room.',
  NO_STOP: 'Give the strategy a stop of its own: "plan": { "stop": { "atr": 1.5 } }.',
  NO_ENTRY: 'Set plan.entry to "market" in the strategy.',
  STRUCTURE_WARMING_UP: 'Give it more history before the first signal: an earlier --from.',
  NOT_TRADABLE: 'An index is analysed, not traded: --trade-as equity (or future) trades it.',
  ENTRY_WINDOW:
    'No signal came while entries are allowed: a smaller --entry-before-close or --entry-after-open allows more, and the two must leave time between them. Those of daily candles come at the close, when no session is open: give shorter candles.',
  BUYING_POWER:
    'Not one lot was affordable: raise --equity, or else --max-position-pct and --leverage, whichever of the two binds.',
  LIQUIDITY: 'The symbol trades too little for one lot: raise --max-volume-pct, or --disable liquidity.',
  QUANTITY: 'The risk allowed does not pay for one lot: raise --equity or --risk-pct.',
  REWARD_RISK: 'A lower --min-rr or a wider target; --disable reward-risk shows what would have traded.',
  MALFORMED: 'The plans are broken: check stop and target of the strategy.',
  POSITION_OPEN: 'Signals came while the symbol was held: --lock position and nearer targets free it sooner.',
  LOCKED: 'One trade per symbol and session: --lock position allows the next when a position closes.',
  CONFLICT:
    'Long and short strategies fire together on a symbol: give them sessions or conditions that part them.',
  OUTRANKED: 'Several strategies fire together on a symbol: the first in strategies.json wins.',
  MAX_POSITIONS: 'Raise --max-positions.',
  MAX_OPEN_RISK: 'Raise --max-open-risk-pct, or lower --risk-pct so that more trades fit.',
  DAILY_LOSS: 'The session’s loss limit stopped trading: --max-daily-loss-pct.',
  price_moved: 'The next open ran away from the signal: raise --collar-ratio.',
  expired:
    'The entry price was not traded through: move it nearer, or raise --entry-life-candles (of market entries --market-life-candles).',
  session_end:
    'The session ended before the entries filled: take signals earlier (a larger --entry-before-close), or set plan.entry to "market" in the strategy.',
  square_off:
    'The square-off came before the entries filled: a shorter --square-off-before-close, or the word never, which keeps positions overnight.',
  feed_ended: 'The data ended before the entries filled: give more of it, or a later --to.',
  halted: 'The kill switch stood: run-all --resume --allow-entries takes it away.',
} satisfies Readonly<Record<string, string> & Record<CancelReason, string>>;

export function remedyFor(code: string): string | undefined {
  const remedies: Readonly<Record<string, string>> = REMEDIES;
  return Object.hasOwn(remedies, code) ? remedies[code] : undefined;
}
