import { type Funnel, rankedCounts } from '../domain/performance/funnel.ts';
import type { Money } from '../domain/performance/result.ts';
import { drawLine, type Span, textOf } from './line.ts';
import { formatSignedMoney } from './money.ts';
import { formatCount, formatCounted } from './numbers.ts';
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

/** `── 2015-07-06  +₹1,234.00  12 signals → 9 plans → 4 validated → 3 filled → 3 closed  lost: …`: what goes is the end. */
export function funnelLine({ date, funnel, netMinor }: SessionSummary, money: Money, style: Style): string {
  const { signals, plans, validated, filled, closed } = funnel;
  const steps: readonly [string, ...string[]] = [
    formatCounted(signals, 'signal'),
    formatCounted(plans, 'plan'),
    `${formatCount(validated)} validated`,
    `${formatCount(filled)} filled`,
    `${formatCount(closed)} closed`,
  ];
  const head: readonly Span[] = [
    { text: `── ${date}  `, tone: 'title' },
    { text: closed === 0 ? '' : `${formatSignedMoney(netMinor, money)}  `, tone: signTone(netMinor) },
  ];
  const spans: readonly Span[] = [...head, stepsText(steps, style.width - widthOf(head))];
  return drawLine([...spans, { text: lostText(funnel, style.width - widthOf(spans)), tone: 'dim' }], style);
}

function widthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + textWidth(textOf(span)), 0);
}

/** All steps, or the first and the last two where there is no room for more. */
function stepsText(steps: readonly [string, ...string[]], room: number): string {
  const all = steps.join(' → ');
  return textWidth(all) <= room ? all : [steps[0], ...steps.slice(-2)].join(' → ');
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
    `  lost ${formatCount(total)}`,
  ];
  return texts.find((text) => textWidth(text) <= room) ?? '';
}
