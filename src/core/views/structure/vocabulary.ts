import type { Taken } from '../../domain/mse/study/sight.ts';
import type { Break, Dir, Gap, Pool, Swing, SwingLabel } from '../../domain/structure/objects.ts';
import type { Direction, TradePlan } from '../../domain/trading/plan.ts';

/**
 * Every word of the sentences about market structure. Prices come as text on the instrument's grid, times as exchange
 * time; turned over (highs for lows) each sentence is its own mirror.
 */

/** What prices, distances and instants look like. */
export type Wording = {
  readonly price: (price: number) => string;
  /** The same with one decimal more where the grid does not hold it: the middle of a gap. */
  readonly middle: (price: number) => string;
  readonly time: (at: number) => string;
};

export type Topic = 'trend' | 'break' | 'swings' | 'liquidity' | 'pools' | 'gaps' | 'day' | 'vwap' | 'atr';

/** What stands before the sentences of a topic. */
export const TOPIC_NAMES: Readonly<Record<Topic, string>> = {
  trend: 'Trend',
  break: 'Last break',
  swings: 'Swings',
  liquidity: 'Liquidity',
  pools: 'Pools',
  gaps: 'Gaps',
  day: 'Day before',
  vwap: 'VWAP',
  atr: 'ATR',
};

/** What the chart writes beside a level; a level drawn for its own sake has the last two. */
export const TAGS = {
  entry: 'entry',
  stop: 'stop',
  target: 'target',
  vwap: 'VWAP',
  close: 'close',
  dayHigh: 'PDH',
  dayLow: 'PDL',
  equalHighs: 'EQH',
  equalLows: 'EQL',
  high: 'high',
  low: 'low',
} as const;

const LABELS: Readonly<Record<SwingLabel | 'none', string>> = {
  HH: 'a higher high (HH)',
  LH: 'a lower high (LH)',
  HL: 'a higher low (HL)',
  LL: 'a lower low (LL)',
  none: 'the first',
};

const side = (dir: Dir): string => (dir === 1 ? 'high' : 'low');
const beyond = (dir: Dir): string => (dir === 1 ? 'above' : 'below');
const behind = (dir: Dir): string => beyond(dir === 1 ? -1 : 1);
const way = (dir: Dir): string => (dir === 1 ? 'up' : 'down');

export function sayTrend(trend: Dir | 0): string {
  if (trend === 0) return 'No trend yet: no candle has closed beyond a swing.';
  return `The trend is ${way(trend)}.`;
}

export function sayBreak({ tag, dir, level }: Break, { price }: Wording): string {
  const said = `${tag} ${way(dir)}: a candle closed ${beyond(dir)} the swing ${side(dir)} ${price(level)}`;
  return tag === 'BOS' ? `${said}.` : `${said} and turned the trend.`;
}

export const NO_BREAK = 'No swing has been broken yet.';

/** `before`: the swing of its side before it. The engine's label of an equal one says only that it is not beyond. */
export function saySwing(
  { dir, label, level, brokenAt }: Swing,
  before: Swing | undefined,
  { price, time }: Wording,
): string {
  const named = before?.level === level ? `an equal ${side(dir)} (${label})` : LABELS[label ?? 'none'];
  const said = `Last swing ${side(dir)} ${price(level)}, ${named}`;
  return brokenAt === undefined ? `${said}.` : `${said}, broken at ${time(brokenAt)}.`;
}

export type Distances = {
  readonly price: number;
  /** Undefined: the ATR warms up, there is no stop. */
  readonly atr: number | undefined;
  readonly r: number | undefined;
};

export function sayNearest(
  dir: Dir,
  name: string,
  level: number,
  away: Distances,
  { price }: Wording,
): string {
  const measures = [
    price(away.price),
    ...(away.atr === undefined ? [] : [`${away.atr.toFixed(2)} ATR`]),
    ...(away.r === undefined ? [] : [`${away.r.toFixed(2)} R`]),
  ];
  return `Nearest ${beyond(dir)}: ${name} ${price(level)}, ${measures.join(' = ')} away.`;
}

export function sayNothingBeyond(dir: Dir, close: number, { price }: Wording): string {
  return `Nothing untaken ${beyond(dir)} ${price(close)}.`;
}

export function sayPool(
  { dir, level, touches, isUntaken }: Pool & { readonly isUntaken: boolean },
  { price }: Wording,
): string {
  const state = isUntaken ? 'untaken' : 'price came back to it, not through';
  return `Equal ${side(dir)}s ${price(level)}, ${touches} touches: ${state}.`;
}

export const NO_POOL = 'No equal highs or lows that still hold.';

/** How a level was traded through, in the middle of a sentence. */
function sayTaken({ dir, level, sweptAt, brokenAt, reclaimedAt }: Taken, { price, time }: Wording): string {
  if (sweptAt !== undefined)
    return `swept at ${time(sweptAt)}: traded ${beyond(dir)} ${price(level)}, closed back ${behind(dir)}`;
  if (brokenAt === undefined) return 'not traded through';
  const broken = `broken at ${time(brokenAt)}: closed ${beyond(dir)} ${price(level)}`;
  if (reclaimedAt === undefined) return broken;
  return `${broken}; reclaimed at ${time(reclaimedAt)}: closed back ${behind(dir)}, the break failed`;
}

export function sayTakenPool(level: Pool, wording: Wording): string {
  return `Equal ${side(level.dir)}s ${wording.price(level.level)} were ${sayTaken(level, wording)}.`;
}

export function sayDay(level: Exclude<Taken, Pool>, wording: Wording): string {
  const { dir, touchedAt, sweptAt, brokenAt, session } = level;
  const named = `${dir === 1 ? 'High' : 'Low'} of ${session} ${wording.price(level.level)}`;
  if (sweptAt !== undefined || brokenAt !== undefined) return `${named}, ${sayTaken(level, wording)}.`;
  if (touchedAt !== undefined) return `${named}, touched at ${wording.time(touchedAt)}, not traded through.`;
  return `${named}, not reached since.`;
}

export const NO_DAY = 'The data has no whole session before this one.';

export function sayGap(
  { dir, top, bottom, level, touchedAt }: Gap,
  away: Pick<Distances, 'atr'> & { readonly dir: Dir },
  { price, middle, time }: Wording,
): string {
  const named = `Open ${dir === 1 ? 'bullish' : 'bearish'} gap ${price(bottom)} to ${price(top)}`;
  const far = away.atr === undefined ? [] : [`${away.atr.toFixed(2)} ATR ${beyond(away.dir)} the close`];
  const state = touchedAt === undefined ? 'untouched' : `entered at ${time(touchedAt)}`;
  return `${[named, `middle ${middle(level)}`, ...far, state].join(', ')}.`;
}

export const NO_GAP = 'No open fair value gap.';

export function sayVwap(close: number, vwap: number, { price }: Wording): string {
  const where = price(close) === price(vwap) ? 'at' : beyond(close > vwap ? 1 : -1);
  return `The close ${price(close)} is ${where} VWAP ${price(vwap)}.`;
}

export function sayAtr(atr: number | undefined, { price }: Wording): string {
  return atr === undefined ? 'Warming up: ATR(14) needs 15 candles.' : `ATR(14) is ${price(atr)}.`;
}

export function sayPlan(
  plan: TradePlan,
  direction: Direction,
  risk: number | undefined,
  wording: Wording,
): string {
  const { price, time } = wording;
  const { entry, stop, targets, rewardRisk, score } = plan;
  const target = targets.map((of) => price(of.price)).join(', ');
  const one = risk === undefined ? '' : ` (${price(risk)} away, 1 R)`;
  const how = entry.kind === 'market' ? 'at market from' : `by ${entry.kind} at`;
  return (
    `${direction === 'long' ? 'Long' : 'Short'} ${how} ${price(entry.price)}, stop ${price(stop)}${one}, target ${target}: ` +
    `${rewardRisk.toFixed(2)} R, ${score.toFixed(2)} R net of costs. Good until ${time(entry.validUntil)}.`
  );
}

export function sayNoPlan(direction: Direction, reason: string): string {
  return `No ${direction} plan: ${reason}.`;
}

/** `formed 10:35, known 10:55`. */
export function sayStamps(stamps: Stamps, { time }: Wording): string {
  const { formedAt, knownAt } = stamps;
  return [
    ...(formedAt === undefined ? [] : [`formed ${time(formedAt)}`]),
    ...(knownAt === undefined ? [] : [`known ${time(knownAt)}`]),
  ].join(', ');
}

/** `formedAt` is the open of the candle it formed on, `knownAt` the instant from which it counts. */
export type Stamps = { readonly formedAt?: number | undefined; readonly knownAt?: number | undefined };
