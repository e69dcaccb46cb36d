import type { Funnel } from '../domain/performance/funnel.ts';
import type { Money } from '../domain/performance/result.ts';
import { drawLine, type Span } from './line.ts';
import { formatSignedMoney } from './money.ts';
import { formatCount } from './numbers.ts';
import { countsText } from './report/funnel.ts';
import { type Style, signTone } from './style.ts';

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
  const lost = countsText({ ...funnel.noPlan, ...funnel.rejected, ...funnel.cancelled });
  const spans: Span[] = [
    { text: `── ${date}  `, tone: 'title' },
    steps.join(' → '),
    { text: closed === 0 ? '' : `  ${formatSignedMoney(netMinor, money)}`, tone: signTone(netMinor) },
    { text: lost === '' ? '' : `  lost: ${lost}`, tone: 'dim' },
  ];
  return drawLine(spans, style);
}
