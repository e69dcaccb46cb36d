import type { PlanValidated, RuleCheck, TraceItem, TradekitEvent } from '../../domain/events/events.ts';
import { eventSpans } from '../event-line.ts';
import { drawParagraph, type Span } from '../line.ts';
import { formatRatio } from '../numbers.ts';
import type { Style, Tone } from '../style.ts';
import { wordsFor, wordsForItem } from '../words.ts';
import type { Figures } from './figures.ts';
import type { RunSettings } from './fold/settings.ts';
import { type Format, formatFor } from './format.ts';
import { readingsText } from './missing-text.ts';
import { drawFitting, drawHeading, type Pane } from './pane.ts';
import type { Shown } from './shown.ts';

/** The whole chain of one signal: its conditions, the plan, the checks, orders and fills, and how it ended. */
export function drawDetail(shown: Shown, pane: Pane): readonly string[] {
  const { figures, fold, ui } = shown;
  const subject = ui.subject ?? newestSubject(figures);
  const chain = subject === undefined ? undefined : fold.chains.chain(subject);
  if (chain === undefined)
    return [drawFitting(['  no signal yet: choose one with Enter in Flow, Trades or Now'], 1, pane)];
  const format = formatFor(fold.settings);
  const lines = chain.flatMap((event) => drawStep(event, fold.settings, format, pane));
  const room = pane.height - 1;
  const from = Math.max(0, Math.min(ui.rows.detail, lines.length - room));
  const rest = lines.length - from - room;
  const note = rest > 0 ? `${rest} more lines: ↓` : from > 0 ? 'the end' : undefined;
  return [drawHeading(chain[0]?.id ?? '', pane, note), ...lines.slice(from, from + room)];
}

/** A trade that is on, else the last one that closed, else the last signal. */
function newestSubject({ positions, trades, events }: Figures): string | undefined {
  const [position] = positions;
  const signal = events.findLast((event) => 'correlationId' in event);
  return (
    position?.id ??
    trades.at(-1)?.id ??
    (signal && 'correlationId' in signal ? signal.correlationId : undefined)
  );
}

function drawStep(
  event: TradekitEvent,
  settings: RunSettings,
  format: Format,
  pane: Pane,
): readonly string[] {
  const { zone, money } = settings;
  const [, word = '', ...rest] =
    eventSpans(withoutTrace(event), { zone, money, decimalsOf: format.decimalsOf, verbose: true }) ?? [];
  const head = drawFitting([{ text: `${format.time(event.at)} `, tone: 'dim' }, word, ...rest], 3, pane);
  return [head, ...partsOf(event, format, pane)];
}

/** The conditions stand below, one by one. */
function withoutTrace(event: TradekitEvent): TradekitEvent {
  return event.type === 'POTENTIAL_SIGNAL' ? { ...event, trace: [] } : event;
}

function partsOf(event: TradekitEvent, format: Format, style: Style): readonly string[] {
  switch (event.type) {
    case 'POTENTIAL_SIGNAL':
      return event.trace.flatMap((item) => drawCondition(item, style));
    case 'TRADE_PLAN_PROPOSED':
      return [
        ...item(
          '·',
          `score ${formatRatio(event.score)}, reward:risk ${formatRatio(event.rewardRisk)}`,
          'dim',
          style,
        ),
        ...event.reasons.flatMap(({ code, text }) => item('·', `${wordsFor(code)}: ${text}`, 'plain', style)),
      ];
    case 'NO_TRADE_PLAN':
      return event.reasons.flatMap(({ code, text }) =>
        item('·', `${wordsFor(code)}: ${text}`, 'plain', style),
      );
    case 'PLAN_VALIDATED':
      return [
        ...item('·', approvalText(event, format), 'plain', style),
        ...event.checks.flatMap((check) => drawCheck(check, style)),
      ];
    case 'PLAN_REJECTED':
      return event.checks.flatMap((check) => drawCheck(check, style));
    case 'ORDER_FILLED':
    case 'POSITION_CLOSED':
      return item('·', feesText(event.fees), 'dim', style);
    default:
      return [];
  }
}

/** The signal fired, so a condition that did not hold was one of several of which some were enough. */
function drawCondition({ condition, result, values, why }: TraceItem, style: Style): readonly string[] {
  const detail = [readingsText(values), why ?? ''].filter((text) => text !== '').join('; ');
  const text = detail === '' ? condition : `${condition}  (${detail})`;
  if (result === 'true') return item('✓', text, 'good', style);
  if (result === 'false') return item('·', `${text}: not held, not needed`, 'dim', style);
  return item('?', `${text}: undefined, not needed`, 'dim', style);
}

function drawCheck({ rule, value, limit, pass, cutTo }: RuleCheck, style: Style): readonly string[] {
  const cut = cutTo === undefined ? '' : `, cut to ${reading(cutTo)}`;
  return item(
    pass ? '✓' : '✗',
    `${rule}: ${reading(value)}, limit ${reading(limit)}${cut}`,
    pass ? 'plain' : 'bad',
    style,
  );
}

function approvalText({ symbol, stop, targets, entryLimit }: PlanValidated, format: Format): string {
  const target = targets[0]?.price;
  const price = (value: number): string => format.price(symbol, value);
  return `worst entry ${price(entryLimit)}, stop ${price(stop)}, target ${target === undefined ? 'none' : price(target)}`;
}

function feesText(fees: Readonly<Record<string, number>>): string {
  const items = Object.entries(fees).map(([name, amount]) => `${wordsForItem(name)} ${amount}`);
  return items.length === 0 ? 'no charges' : `charges: ${items.join(', ')}`;
}

function item(mark: string, text: string, tone: Tone, style: Style): readonly string[] {
  const lead: Span = { text: `      ${mark} `, tone };
  return drawParagraph(lead, { text, tone: tone === 'bad' || tone === 'dim' ? tone : 'plain' }, style);
}

function reading(value: number | string): string {
  return typeof value === 'number' ? String(Number(value.toFixed(4))) : value;
}
