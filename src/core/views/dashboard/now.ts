import { drawLine, drawParagraph, type Span } from '../line.ts';
import { formatCount, formatR } from '../numbers.ts';
import { signTone } from '../style.ts';
import { padText } from '../text-width.ts';
import { drawBar, drawWay } from './bars.ts';
import { drawEvents } from './event-rows.ts';
import {
  BEAT_FRESH_MS,
  type Figures,
  type LimitFigures,
  type OrderFigures,
  type PositionFigures,
  type ServiceFigures,
} from './figures.ts';
import { type Format, formatAgo, formatFor } from './format.ts';
import { beside, drawFitting, drawHeading, inSight, type Pane, pointer } from './pane.ts';
import type { Shown } from './shown.ts';
import { rowOf } from './ui.ts';

/** From this width on the events stand beside everything else. */
const WIDE = 150;
const EVENTS = 5;
const BAR = 20;
/** Instants that the screen may be ahead. */
const LAG_ODD = 500;

/** What is on, what it risks, and what happened last. */
export function drawNow(shown: Shown, pane: Pane): readonly string[] {
  if (pane.width >= WIDE) {
    const left = { ...pane, width: Math.floor(pane.width * 0.55) };
    const right = { ...pane, width: pane.width - left.width - 2 };
    return beside(drawDesk(shown, left), left.width + 2, drawLatest(shown, right, pane.height - 1));
  }
  const latest = drawLatest(shown, pane, EVENTS);
  return [...drawDesk(shown, { ...pane, height: pane.height - latest.length }), ...latest];
}

function drawLatest({ figures, fold }: Shown, pane: Pane, most: number): readonly string[] {
  const events = figures.events.slice(-most);
  return [drawHeading('Latest', pane), ...drawEvents(events, fold.settings, pane)];
}

/** Fills exactly the height of its pane. */
function drawDesk(shown: Shown, pane: Pane): readonly string[] {
  const { figures, fold } = shown;
  const format = formatFor(fold.settings);
  const head = [
    drawAccount(figures, format, pane),
    ...drawLimits(figures, format, pane),
    drawServices(figures.services, pane),
    ...drawNotice(shown, pane),
  ];
  const rest = { ...pane, height: pane.height - head.length };
  const lines = [...head, ...drawHoldings(shown, format, rest)];
  return Array.from({ length: pane.height }, (_, i) => lines[i] ?? '');
}

function label(text: string): Span {
  return { text: padText(text, 10), tone: 'dim' };
}

function drawAccount({ account }: Figures, format: Format, pane: Pane): string {
  const { equityMinor, todayMinor, todayR, openMinor, openR, tradesToday } = account;
  return drawFitting(
    [
      label('Equity'),
      { text: format.money(equityMinor), tone: 'strong' },
      { text: '   today ', tone: 'dim' },
      { text: `${format.signedMoney(todayMinor)}  ${formatR(todayR)}`, tone: signTone(todayMinor) },
      { text: '   open ', tone: 'dim' },
      { text: format.signedMoney(openMinor), tone: signTone(openMinor) },
      { text: `  ${formatR(openR)}`, tone: signTone(openMinor) },
      { text: `   closed ${formatCount(tradesToday)}`, tone: 'dim' },
    ],
    4,
    pane,
  );
}

function drawLimits({ limits }: Figures, format: Format, pane: Pane): readonly string[] {
  const { switchedOff } = limits;
  return [
    drawLoss(limits, format, pane),
    drawOpenRisk(limits, format, pane),
    ...(switchedOff.length === 0
      ? []
      : [drawLine([label('Rules off'), { text: switchedOff.join(', '), tone: 'warn' }], pane)]),
  ];
}

const OFF: Span = { text: '   no limit: switched off', tone: 'warn' };

function drawLoss({ lossLimitMinor, lossLeftMinor, lossLatched }: LimitFigures, format: Format, pane: Pane) {
  if (lossLimitMinor === null || lossLeftMinor === null) return drawLine([label('Loss left'), OFF], pane);
  const share = lossLimitMinor > 0 ? lossLeftMinor / lossLimitMinor : 0;
  const latch: Span = lossLatched
    ? { text: '   ■ LATCHED: no entry today', tone: 'bad' }
    : { text: '   not latched', tone: 'dim' };
  return drawFitting(
    [
      label('Loss left'),
      { text: drawBar(share, BAR), tone: share > 0.5 ? 'good' : share > 0.2 ? 'warn' : 'bad' },
      ` ${format.money(lossLeftMinor)}`,
      latch,
      { text: `   of ${format.money(lossLimitMinor)}`, tone: 'dim' },
    ],
    4,
    pane,
  );
}

function drawOpenRisk(limits: LimitFigures, format: Format, pane: Pane): string {
  const { openRiskMinor, openRiskLimitMinor: limit, reserved, maxPositions } = limits;
  const share = limit !== null && limit > 0 ? openRiskMinor / limit : 0;
  const most = maxPositions === null ? '' : ` of ${maxPositions}`;
  return drawFitting(
    [
      label('Open risk'),
      ...(limit === null
        ? []
        : [{ text: drawBar(share, BAR), tone: share > 0.9 ? 'warn' : 'plain' } as const]),
      ` ${format.money(openRiskMinor)}`,
      { text: `   ${reserved}${most} positions`, tone: 'dim' },
      limit === null ? OFF : { text: `   limit ${format.money(limit)}`, tone: 'dim' },
    ],
    4,
    pane,
  );
}

function drawServices(services: readonly ServiceFigures[], pane: Pane): string {
  const spans = services.flatMap(({ name, beatMs, lag }): Span[] => {
    const lives = beatMs !== null && beatMs < BEAT_FRESH_MS;
    const beat = beatMs === null ? '○ left' : `${lives ? '●' : '✕'} ${formatAgo(beatMs)}`;
    return [
      { text: `${name} `, tone: 'dim' },
      { text: beat, tone: lives ? 'good' : beatMs === null ? 'dim' : 'bad' },
      {
        text: `${name === 'screen' ? '' : ` lag ${formatCount(lag)}`}   `,
        tone: lag > LAG_ODD ? 'warn' : 'dim',
      },
    ];
  });
  return drawFitting([label('Services'), ...spans], 3, pane);
}

/** Two lines are enough for all that is said of services. */
const NOTICE_LINES = 2;

function drawNotice({ notice }: Shown, pane: Pane): readonly string[] {
  if (notice === undefined) return [];
  const text = `${formatAgo(notice.ageMs)} ago: ${notice.text}`;
  return drawParagraph(label('Notice'), text, pane).slice(0, NOTICE_LINES);
}

function drawHoldings(shown: Shown, format: Format, pane: Pane): readonly string[] {
  const { figures, ui } = shown;
  const fits = ({ symbol }: { readonly symbol: string }): boolean =>
    symbol.toLowerCase().includes(ui.query.toLowerCase());
  const positions = figures.positions.filter(fits);
  const orders = figures.orders.filter(fits);
  const selected = rowOf(ui, 'now', positions.length + orders.length);
  const orderLines = orders.map((order, i) =>
    drawOrder(order, selected === positions.length + i, format, pane),
  );
  const pending =
    orderLines.length === 0 ? [] : [drawHeading('Pending', pane, String(orders.length)), ...orderLines];
  const room = Math.max(1, pane.height - 1 - Math.min(pending.length, Math.floor(pane.height / 2)));
  const roomy = room >= 2 * positions.length;
  const { from, items } = inSight(positions, selected, roomy ? positions.length : room);
  const lines = items.flatMap((position, i) =>
    drawPosition(position, { isSelected: selected === from + i, roomy }, format, pane),
  );
  const none = positions.length === 0 ? [drawLine([{ text: '  none', tone: 'dim' }], pane)] : [];
  const heading = drawHeading('Positions', pane, String(positions.length));
  return [heading, ...none, ...lines, ...pending].slice(0, pane.height);
}

function drawPosition(
  of: PositionFigures,
  { isSelected, roomy }: { readonly isSelected: boolean; readonly roomy: boolean },
  format: Format,
  pane: Pane,
): readonly string[] {
  const tone = signTone(of.pnlMinor);
  const price = (value: number): string => format.price(of.symbol, value);
  const result: Span = {
    text: `  ${format.signedMoney(of.pnlMinor)}  ${formatR(of.pnlR)}`,
    tone,
  };
  const head: readonly Span[] = [
    pointer(isSelected),
    { text: padText(of.symbol, 11), tone: 'strong' },
    `${of.direction === 'long' ? '▲ long ' : '▼ short'} ${padText(formatCount(of.qty), 7, 'right')}`,
    `  ${price(of.entryPrice)} → ${price(of.last)}`,
    result,
  ];
  const way = drawWay(of.way, of.entryWay, 24);
  if (!roomy)
    return [drawFitting([...head, { text: `  ${drawWay(of.way, of.entryWay, 10)}`, tone }], 5, pane)];
  const target = of.target === null ? 'none' : price(of.target);
  return [
    drawFitting(head, 5, pane),
    drawFitting(
      [
        ' '.repeat(13),
        { text: `stop ${price(of.stop)} `, tone: 'dim' },
        { text: way, tone },
        { text: ` ${target} target`, tone: 'dim' },
        { text: `  ${of.strategy}`, tone: 'dim' },
      ],
      4,
      pane,
    ),
  ];
}

function drawOrder(of: OrderFigures, isSelected: boolean, format: Format, pane: Pane): string {
  const price = (value: number): string => format.price(of.symbol, value);
  return drawFitting(
    [
      pointer(isSelected),
      { text: padText(of.symbol, 11), tone: 'strong' },
      `${of.direction === 'long' ? '▲ buy ' : '▼ sell'} ${formatCount(of.qty)} ${of.kind} ${price(of.price)}`,
      { text: `  ${formatAgo(of.leftMs)} left`, tone: 'warn' },
      {
        text: `  stop ${price(of.stop)}${of.target === null ? '' : `, target ${price(of.target)}`}`,
        tone: 'dim',
      },
    ],
    4,
    pane,
  );
}
