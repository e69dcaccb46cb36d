import { type Funnel, rankedCounts } from '../domain/performance/funnel.ts';
import type { Money } from '../domain/performance/result.ts';
import { drawLine, type Span, textOf } from './line.ts';
import { formatSignedMoney } from './money.ts';
import { formatCount } from './numbers.ts';
import { countsText } from './report/funnel.ts';
import { type Style, signTone } from './style.ts';
import { textWidth } from './text-width.ts';
import { wordsFor } from './words.ts';

/** One session of a replay. */
export type SessionSummary = {
  /** Exchange date. */
  readonly date: string;
  readonly funnel: Funnel;
  /** Net P&L of the trades that closed in it. */
  readonly netMinor: number;
};

/** `── 2015-07-06  12 signals → 9 plans → 4 validated → 3 filled → 3 closed  +₹1,234.00  lost: …` */
export function funnelLine({ date, funnel, netMinor }: SessionSummary, money: Money, style: Style): string {
  const { signals, plans, validated, filled, closed } = funnel;
  const steps = [
    `${formatCount(signals)} ${signals === 1 ? 'signal' : 'signals'}`,
    `${formatCount(plans)} ${plans === 1 ? 'plan' : 'plans'}`,
    `${formatCount(validated)} validated`,
    `${formatCount(filled)} filled`,
    `${formatCount(closed)} closed`,
  ];
  const spans: Span[] = [
    { text: `── ${date}  `, tone: 'title' },
    steps.join(' → '),
    { text: closed === 0 ? '' : `  ${formatSignedMoney(netMinor, money)}`, tone: signTone(netMinor) },
  ];
  const used = spans.reduce((sum, span) => sum + textWidth(textOf(span)), 0);
  return drawLine([...spans, { text: lostText(funnel, style.width - used), tone: 'dim' }], style);
}

/** The reasons, or the most frequent one, or their number: as much as there is room for. */
function lostText({ noPlan, rejected, cancelled }: Funnel, room: number): string {
  const reasons = rankedCounts({ ...noPlan, ...rejected, ...cancelled });
  if (reasons.length === 0) return '';
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  const [first, count] = reasons[0] ?? ['', 0];
  const texts = [
    `  lost: ${countsText(Object.fromEntries(reasons))}`,
    `  lost ${formatCount(total)}: ${wordsFor(first)} ${formatCount(count)}, …`,
  ];
  return texts.find((text) => textWidth(text) <= room) ?? `  lost ${formatCount(total)}`;
}
