import type {
  OrderCancelled,
  OrderFilled,
  OrderPlaced,
  PlanRejected,
  PositionClosed,
  TraceItem,
  TradekitEvent,
} from '../domain/events/events.ts';
import type { Money } from '../domain/performance/result.ts';
import { toMinor } from '../domain/trading/money.ts';
import { formatDate, formatShortTime } from './clock.ts';
import { drawLine, type Span } from './line.ts';
import { formatMoney, formatSignedMoney } from './money.ts';
import { formatCount, formatFinePct, formatPrice, formatR, formatRatio } from './numbers.ts';
import { type Style, signTone, type Tone } from './style.ts';
import { padText } from './text-width.ts';
import { wordsFor } from './words.ts';

export type EventLineOptions = {
  readonly style: Style;
  /** IANA zone of the exchange. */
  readonly zone: string;
  readonly money: Money;
  /** Decimals of a symbol's price grid. */
  readonly decimalsOf: (symbol: string) => number;
  /** Every event; otherwise orders, fills, cancellations and closes. */
  readonly verbose: boolean;
};

/** What an event says behind its time and symbol: a mark, a word, and the rest. */
type Saying = {
  readonly mark: string;
  readonly word: string;
  readonly tone: Tone;
  readonly rest: readonly Span[];
};

type Format = {
  readonly price: (price: number) => string;
  readonly money: (units: number) => string;
  readonly signedMoney: (units: number) => string;
};

const SYMBOL_WIDTH = 11;
const WORD_WIDTH = 10;

/**
 * One line for one event: `07-06 09:21  INFY         ▲ bought     100 @ 1000.20  charges ₹20.35`; undefined for one
 * that is not shown. Mark and word say what colour repeats.
 */
export function eventLine(event: TradekitEvent, options: EventLineOptions): string | undefined {
  const spans = eventSpans(event, options);
  if (spans === undefined) return undefined;
  const time: Span = { text: `${formatShortTime(options.zone, event.at)}  `, tone: 'dim' };
  return drawLine([time, ...spans], options.style);
}

/** The same without its time, in pieces: symbol, mark and word, then what may be left out from the end where room is short. */
export function eventSpans(
  event: TradekitEvent,
  options: Omit<EventLineOptions, 'style'>,
  gap = '  ',
): readonly Span[] | undefined {
  const saying = say(event, options);
  if (saying === undefined) return undefined;
  const symbol = 'symbol' in event ? event.symbol : '';
  return [
    `${padText(symbol, SYMBOL_WIDTH)}${gap}`,
    { text: `${saying.mark} ${padText(saying.word, WORD_WIDTH)}${gap}`, tone: saying.tone },
    ...saying.rest,
  ];
}

function say(event: TradekitEvent, options: Omit<EventLineOptions, 'style'>): Saying | undefined {
  const format = formatOf(event, options);
  switch (event.type) {
    case 'ORDER_PLACED':
      return sayPlaced(event, format);
    case 'ORDER_FILLED':
      return sayFilled(event, format);
    case 'ORDER_CANCELLED':
      return sayCancelled(event);
    case 'POSITION_CLOSED':
      return sayClosed(event, format);
    default:
      return options.verbose ? sayQuiet(event, format, options.zone) : undefined;
  }
}

function formatOf(
  event: TradekitEvent,
  { money, decimalsOf }: Pick<EventLineOptions, 'money' | 'decimalsOf'>,
): Format {
  const decimals = 'symbol' in event ? decimalsOf(event.symbol) : 2;
  return {
    price: (price) => formatPrice(price, decimals),
    money: (units) => formatMoney(toMinor(units, money.minorDigits), money),
    signedMoney: (units) => formatSignedMoney(toMinor(units, money.minorDigits), money),
  };
}

function quiet(mark: string, word: string, ...rest: readonly Span[]): Saying {
  return { mark, word, tone: 'dim', rest };
}

function sayPlaced({ side, qty, kind, price }: OrderPlaced, format: Format): Saying {
  const limit = kind === 'market' ? `at most ${format.price(price)}` : `at ${format.price(price)}`;
  const bound = kind === 'market' && side === 'sell' ? `at least ${format.price(price)}` : limit;
  return { mark: '→', word: 'order', tone: 'plain', rest: [`${side} ${formatCount(qty)} ${kind}, ${bound}`] };
}

function sayFilled({ side, qty, price, fees }: OrderFilled, format: Format): Saying {
  const charges = Object.values(fees).reduce((sum, fee) => sum + fee, 0);
  const rest: readonly Span[] = [
    `${formatCount(qty)} @ ${format.price(price)}`,
    { text: `  charges ${format.money(charges)}`, tone: 'dim' },
  ];
  return side === 'buy'
    ? { mark: '▲', word: 'bought', tone: 'strong', rest }
    : { mark: '▼', word: 'sold', tone: 'strong', rest };
}

function sayCancelled({ side, kind, reason }: OrderCancelled): Saying {
  return { mark: '×', word: 'cancelled', tone: 'warn', rest: [`${side} ${kind}: ${wordsFor(reason)}`] };
}

function sayClosed(event: PositionClosed, format: Format): Saying {
  const { netPnl, pnlR, exitReason, direction, entryPrice, exitPrice, strategy } = event;
  const tone = signTone(netPnl);
  return {
    mark: netPnl > 0 ? '+' : netPnl < 0 ? '-' : '=',
    word: wordsFor(exitReason),
    tone,
    rest: [
      { text: `${format.signedMoney(netPnl)}  ${formatR(pnlR)}`, tone },
      `  ${direction} ${format.price(entryPrice)} → ${format.price(exitPrice)}`,
      { text: `  ${strategy}`, tone: 'dim' },
    ],
  };
}

type QuietEvent = Exclude<TradekitEvent, OrderPlaced | OrderFilled | OrderCancelled | PositionClosed>;

function sayQuiet(event: QuietEvent, format: Format, zone: string): Saying {
  switch (event.type) {
    case 'CANDLE_CLOSED': {
      const prices = [event.open, event.high, event.low, event.close].map(format.price).join(' ');
      const volume = event.volume === undefined ? '' : `  volume ${formatCount(event.volume)}`;
      return quiet('·', `candle ${event.timeframe}`, { text: `${prices}${volume}`, tone: 'dim' });
    }
    case 'POTENTIAL_SIGNAL':
      return quiet(
        '?',
        'signal',
        `${event.direction} @ ${format.price(event.price)}`,
        `  ${event.timeframe} ${event.strategy}`,
        { text: traceText(event.trace), tone: 'dim' },
      );
    case 'TRADE_PLAN_PROPOSED': {
      const target = event.targets[0]?.price;
      return quiet(
        '·',
        'plan',
        `${event.direction} ${event.entry.kind} ${format.price(event.entry.price)}`,
        `, stop ${format.price(event.stop)}`,
        target === undefined ? '' : `, target ${format.price(target)}`,
        `, reward:risk ${formatRatio(event.rewardRisk)}`,
      );
    }
    case 'NO_TRADE_PLAN':
      return quiet('·', 'no plan', wordsFor(event.reason));
    case 'PLAN_VALIDATED':
      return quiet(
        '·',
        'validated',
        `${formatCount(event.qty)} units, risk ${format.money(event.riskAmount)} (${formatFinePct(event.riskPct)})`,
      );
    case 'PLAN_REJECTED':
      return quiet('·', 'rejected', wordsFor(event.reason), firstFailure(event));
    case 'SESSION_OPENED':
      return quiet('─', 'session', `${event.session} opens`);
    case 'SQUARE_OFF':
      return quiet('─', 'square-off', event.session);
    case 'SESSION_CLOSED':
      return quiet('─', 'session', `${event.session} closes`);
    case 'FEED_ENDED':
      return quiet('─', 'data ended', formatDate(zone, event.at));
  }
}

/** Each condition that made it fire, with its readings: `  close > vwap (78.1, 78.02)`. */
function traceText(trace: readonly TraceItem[]): string {
  const items = trace
    .filter(({ result }) => result === 'true')
    .map(({ condition, values }) => {
      const readings = Object.values(values).map((value) => String(Number(value.toFixed(4))));
      return readings.length === 0 ? condition : `${condition} (${readings.join(', ')})`;
    });
  return items.length === 0 ? '' : `  ${items.join(' · ')}`;
}

function firstFailure({ checks }: PlanRejected): string {
  const failed = checks.find(({ pass }) => !pass);
  if (failed === undefined) return '';
  const { rule, value, limit } = failed;
  return ` (${rule}: ${shown(value)}, limit ${shown(limit)})`;
}

function shown(reading: number | string): string {
  return typeof reading === 'number' ? String(Number(reading.toFixed(4))) : reading;
}
