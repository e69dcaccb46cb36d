import { z } from 'zod';
import type { Side } from '../trading/costs.ts';
import type { Direction, EntryKind } from '../trading/plan.ts';
import type { ExitReason } from '../trading/trade.ts';
import type { CancelReason, NoPlanReason, OrderKind, OrderLeg, TraceItem, TradekitEvent } from './events.ts';

/**
 * The shapes of events.ts, for what enters from outside: strict, so that a field of another version is found and not
 * dropped. Nothing is changed on the way.
 */

const number = z.number().refine((value) => !Object.is(value, -0), { error: 'must not be -0' });
const text = z.string();
const name = z.string().min(1);
/** UTC epoch ms. */
const instant = z.int();
const amounts = z.record(name, number);

const direction = z.enum(['long', 'short'] satisfies Direction[]);
const entryKind = z.enum(['market', 'limit', 'stop'] satisfies EntryKind[]);

const common = {
  id: name,
  v: z.literal(1, { error: 'expected 1, the version that this tradekit knows' }),
  at: instant,
};
const ofSymbol = { ...common, symbol: name };
const ofSession = { ...common, session: name };
const ofSignal = { ...ofSymbol, correlationId: name, causationId: name };
const ofStrategy = { ...ofSignal, strategy: name, direction, timeframe: name };

const planReason = z.strictObject({
  code: name,
  text,
  ref: text.exactOptional(),
  knownAt: instant.exactOptional(),
});
const entry = z.strictObject({ kind: entryKind, price: number, validUntil: instant });
const targets = z.array(z.strictObject({ price: number, share: number }));
const traceItem = z.strictObject({
  condition: text,
  result: z.enum(['true', 'false', 'undefined'] satisfies TraceItem['result'][]),
  values: amounts,
  why: text.exactOptional(),
});
const check = z.strictObject({
  rule: name,
  value: z.union([number, text]),
  limit: z.union([number, text]),
  pass: z.boolean(),
  cutTo: number.exactOptional(),
});

const candleClosed = z.strictObject({
  ...ofSymbol,
  type: z.literal('CANDLE_CLOSED'),
  openAt: instant,
  timeframe: name,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number.exactOptional(),
});

const sessionOpened = z.strictObject({
  ...ofSession,
  type: z.literal('SESSION_OPENED'),
  openAt: instant,
  closeAt: instant,
  openTimeOfDayMs: instant,
  entryFromAt: instant,
  entryUntilAt: instant,
  squareOffAt: instant.exactOptional(),
});
const squareOff = z.strictObject({ ...ofSession, type: z.literal('SQUARE_OFF') });
const sessionClosed = z.strictObject({ ...ofSession, type: z.literal('SESSION_CLOSED') });
const feedEnded = z.strictObject({ ...common, type: z.literal('FEED_ENDED') });

const potentialSignal = z.strictObject({
  ...ofStrategy,
  type: z.literal('POTENTIAL_SIGNAL'),
  price: number,
  trace: z.array(traceItem),
});

const tradePlanProposed = z.strictObject({
  ...ofStrategy,
  type: z.literal('TRADE_PLAN_PROPOSED'),
  price: number,
  entry,
  stop: number,
  targets,
  rewardRisk: number,
  score: number,
  reasons: z.array(planReason),
});

const noPlanReasons = [
  'NO_TARGET',
  'NO_STOP',
  'NO_ENTRY',
  'STRUCTURE_WARMING_UP',
  'UNKNOWN_STRATEGY',
] satisfies NoPlanReason[];
const noTradePlan = z.strictObject({
  ...ofStrategy,
  type: z.literal('NO_TRADE_PLAN'),
  reason: z.enum(noPlanReasons),
  reasons: z.array(planReason),
});

const planValidated = z.strictObject({
  ...ofStrategy,
  type: z.literal('PLAN_VALIDATED'),
  price: number,
  orderId: name,
  qty: number,
  entry,
  entryLimit: number,
  stop: number,
  targets,
  riskAmount: number,
  riskPct: number,
  checks: z.array(check),
});

const planRejected = z.strictObject({
  ...ofSignal,
  type: z.literal('PLAN_REJECTED'),
  strategy: name,
  direction,
  reason: name,
  checks: z.array(check),
});

const ofOrder = {
  ...ofSignal,
  orderId: name,
  leg: z.enum(['entry', 'exit'] satisfies OrderLeg[]),
  side: z.enum(['buy', 'sell'] satisfies Side[]),
  kind: z.enum(['market', 'limit', 'stop', 'square_off'] satisfies OrderKind[]),
};
const orderPlaced = z.strictObject({
  ...ofOrder,
  type: z.literal('ORDER_PLACED'),
  qty: number,
  price: number,
});
const orderFilled = z.strictObject({
  ...ofOrder,
  type: z.literal('ORDER_FILLED'),
  qty: number,
  price: number,
  fees: amounts,
  slippage: number,
});

const cancelReasons = [
  'price_moved',
  'expired',
  'session_end',
  'square_off',
  'feed_ended',
  'halted',
] satisfies CancelReason[];
const orderCancelled = z.strictObject({
  ...ofOrder,
  type: z.literal('ORDER_CANCELLED'),
  reason: z.enum(cancelReasons),
  filledQty: number,
});

const positionClosed = z.strictObject({
  ...ofSignal,
  type: z.literal('POSITION_CLOSED'),
  strategy: name,
  direction,
  qty: number,
  entryPrice: number,
  exitPrice: number,
  exitReason: z.enum(['stop', 'target', 'square_off', 'no_data', 'feed_ended'] satisfies ExitReason[]),
  grossPnl: number,
  slippage: number,
  fees: amounts,
  netPnl: number,
  pnlR: number,
  mae: number,
  mfe: number,
});

const members = [
  candleClosed,
  sessionOpened,
  squareOff,
  sessionClosed,
  feedEnded,
  potentialSignal,
  tradePlanProposed,
  noTradePlan,
  planValidated,
  planRejected,
  orderPlaced,
  orderFilled,
  orderCancelled,
  positionClosed,
] as const;

export const eventSchema = z.discriminatedUnion('type', members, {
  error: ({ code }) => (code === 'invalid_union' ? 'no known type of event' : undefined),
}) satisfies z.ZodType<TradekitEvent>;
