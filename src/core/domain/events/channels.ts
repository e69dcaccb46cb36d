import type { TradekitEvent } from './events.ts';

/** The four deciding services, in the order in which a fact passes them. */
export const STAGE_NAMES = ['screen', 'mse', 'risk', 'exec'] as const;
export type StageName = (typeof STAGE_NAMES)[number];

/** Each channel and the one stage that writes it. */
export const CHANNEL_WRITERS = {
  'MARKET.CANDLE': 'screen',
  'SIGNALS.POTENTIAL': 'screen',
  'SIGNALS.MSE_OUTPUT': 'mse',
  'SIGNALS.RISK_VALIDATED': 'risk',
  'SIGNALS.RISK_REJECTED': 'risk',
  'EXECUTION.ORDER_PLACED': 'exec',
  'EXECUTION.ORDER_FILLED': 'exec',
  'EXECUTION.ORDER_CANCELLED': 'exec',
  'EXECUTION.POSITION_CLOSED': 'exec',
} as const satisfies Readonly<Record<string, StageName>>;

export type Channel = keyof typeof CHANNEL_WRITERS;
export const CHANNELS = Object.keys(CHANNEL_WRITERS) as readonly Channel[]; // Object.keys widens

/** The stage that writes a phase of the instant, by rank: so no two can take one position. */
export const RANK_WRITERS: readonly StageName[] = ['screen', 'exec', 'screen', 'mse', 'risk', 'exec', 'exec'];

const CHANNEL_OF: Readonly<Record<TradekitEvent['type'], Channel>> = {
  CANDLE_CLOSED: 'MARKET.CANDLE',
  SESSION_OPENED: 'MARKET.CANDLE',
  SQUARE_OFF: 'MARKET.CANDLE',
  SESSION_CLOSED: 'MARKET.CANDLE',
  FEED_ENDED: 'MARKET.CANDLE',
  POTENTIAL_SIGNAL: 'SIGNALS.POTENTIAL',
  TRADE_PLAN_PROPOSED: 'SIGNALS.MSE_OUTPUT',
  NO_TRADE_PLAN: 'SIGNALS.MSE_OUTPUT',
  PLAN_VALIDATED: 'SIGNALS.RISK_VALIDATED',
  PLAN_REJECTED: 'SIGNALS.RISK_REJECTED',
  ORDER_PLACED: 'EXECUTION.ORDER_PLACED',
  ORDER_FILLED: 'EXECUTION.ORDER_FILLED',
  ORDER_CANCELLED: 'EXECUTION.ORDER_CANCELLED',
  POSITION_CLOSED: 'EXECUTION.POSITION_CLOSED',
};

export function channelOf({ type }: TradekitEvent): Channel {
  return CHANNEL_OF[type];
}
