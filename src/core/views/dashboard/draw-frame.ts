import { formatMinute } from '../clock.ts';
import { drawLine, drawParagraph, type Span } from '../line.ts';
import { formatCount } from '../numbers.ts';
import type { Style } from '../style.ts';
import { padText } from '../text-width.ts';
import { drawChart } from './chart.ts';
import { drawDetail } from './detail.ts';
import type { FeedFigures } from './figures.ts';
import { drawFlow } from './flow.ts';
import { formatAgo } from './format.ts';
import { drawHelp } from './help.ts';
import { drawNow } from './now.ts';
import { drawFitting, fitHeight, type Pane } from './pane.ts';
import type { Shown } from './shown.ts';
import { drawTrades } from './trades.ts';
import { type Ui, VIEWS, type View } from './ui.ts';
import { drawWatch } from './watch.ts';

const DRAW: Readonly<Record<View, (shown: Shown, pane: Pane) => readonly string[]>> = {
  now: drawNow,
  watch: drawWatch,
  flow: drawFlow,
  chart: drawChart,
  trades: drawTrades,
  detail: drawDetail,
};

/** Fewer columns or lines than these show a note instead. */
const NARROWEST = 60;
const LOWEST = 16;

/** The whole screen: exactly `height` lines, none wider than `width`, nothing raw in them. */
export function drawFrame(shown: Shown, pane: Pane): readonly string[] {
  if (pane.width < NARROWEST || pane.height < LOWEST) return fitHeight(tooSmall(pane), pane.height);
  const head = drawHeader(shown, pane);
  const body = { ...pane, height: pane.height - head.length - 1 };
  const lines = shown.ui.showsHelp ? drawHelp(shown.pauses, body) : DRAW[shown.ui.view](shown, body);
  return [...head, ...fitHeight(lines, body.height), drawFooter(shown.ui, pane)];
}

function tooSmall(pane: Pane): readonly string[] {
  const text = `The dashboard needs ${NARROWEST} columns and ${LOWEST} lines; q quits.`;
  return drawParagraph('', text, pane);
}

function drawHeader(shown: Shown, pane: Pane): readonly string[] {
  return [
    drawTabs(shown, pane),
    drawFeed(shown, pane),
    ...drawLastLook(shown, pane),
    ...drawHalted(shown, pane),
  ];
}

function drawTabs({ ui, figures }: Shown, pane: Pane): string {
  const tabs = VIEWS.map((view, i): Span => {
    const name = `${i + 1} ${view.charAt(0).toUpperCase()}${view.slice(1)}`;
    return view === ui.view ? { text: `[${name}]`, tone: 'title' } : ` ${name} `;
  });
  return drawFitting([...tabs, { text: `  run ${figures.run.id}`, tone: 'dim' }], tabs.length, pane);
}

const STATES = {
  reading: { text: '◌ reading the run', tone: 'warn' },
  waiting: { text: '◌ waiting for the first candle', tone: 'warn' },
  running: { text: '● running', tone: 'good' },
  silent: { text: '✕ nobody runs it', tone: 'bad' },
  ended: { text: '■ ended', tone: 'dim' },
} as const;

/** A run that is paused does not run; a display that is paused says so beside what the run does. */
function stateOf({ figures: { feed }, ui, pauses }: Shown): readonly Span[] {
  const { isPaused } = ui;
  if (isPaused && pauses === 'run' && feed.state === 'running') return [{ text: '‖ paused', tone: 'warn' }];
  const isReading = feed.state === 'reading' && (pauses === 'run' || !isPaused);
  const share: Span = { text: isReading ? shareRead(feed) : '', tone: 'warn' };
  const pause: Span = { text: pauses === 'run' ? '  ‖ paused' : '  ‖ display paused', tone: 'warn' };
  return [STATES[feed.state], share, ...(isPaused ? [pause] : [])];
}

function drawFeed(shown: Shown, pane: Pane): string {
  const { figures, ui } = shown;
  const { feed, zone, session, doubts } = figures;
  const at = feed.at === null ? 'no feed time yet' : formatMinute(zone, feed.at);
  const heard = feed.heardMs === null ? '' : `  heard ${formatAgo(feed.heardMs)} ago`;
  return drawFitting(
    [
      ` ${at}  `,
      ...stateOf(shown),
      ...(ui.query === '' && !ui.isTyping ? [] : [{ text: `  /${ui.query}`, tone: 'strong' } as const]),
      { text: heard, tone: 'dim' },
      { text: `  instant ${formatCount(feed.instant)}`, tone: 'dim' },
      { text: session === null ? '' : session.isOpen ? '  session open' : '  session over', tone: 'dim' },
      { text: feed.unreadable === 0 ? '' : `  ${formatCount(feed.unreadable)} unreadable`, tone: 'warn' },
      { text: doubts.length === 0 ? '' : `  ! ${doubts.join('; ')}`, tone: 'warn' },
    ],
    3,
    pane,
  );
}

function shareRead({ instant, behind }: FeedFigures): string {
  return `, ${Math.floor((100 * instant) / (instant + behind))} %`;
}

function drawLastLook({ lastLook }: Shown, pane: Pane): readonly string[] {
  if (lastLook === undefined) return [];
  const { closesInMs } = lastLook;
  const over: Span = { text: ' ■ The run is over: q shows the summary', tone: 'strong' };
  const closing: readonly Span[] =
    closesInMs === undefined
      ? []
      : [`; by itself in ${formatAgo(closesInMs)}`, { text: ', any other key stays', tone: 'dim' }];
  return [drawFitting([over, ...closing], 1, pane)];
}

/** Large, as long as it stands. */
function drawHalted({ figures }: Shown, pane: Pane): readonly string[] {
  if (figures.halted === null) return [];
  const rule = drawLine([{ text: '█'.repeat(pane.width), tone: 'bad' }], pane);
  const text: Span = { text: '█ KILL SWITCH SET: no new entry, exits go on', tone: 'bad' };
  return [rule, drawFitting([text, `  ${figures.halted}`], 1, pane), rule];
}

function drawFooter(ui: Ui, pane: Pane): string {
  if (ui.isTyping)
    return drawLine(
      [{ text: ` search: ${ui.query}▏`, tone: 'strong' }, '  Enter keeps it, Esc ends it'],
      pane,
    );
  if (ui.kill === 'asked') return question('Stop all new entries? y: yes   any other key: no', pane);
  if (ui.kill === 'asked_again')
    return question('Asked again: really set the kill switch? y: yes   any other key: no', pane);
  if (ui.kill === 'impossible')
    return question('This dashboard only looks: there is no kill switch here. Any key goes on.', pane);
  const pausing = ui.isPaused ? 'p go on  . step' : 'p pause';
  const keys = ` 1-6 view  ↑↓ row  Enter open  / search  ${pausing}  k kill  ? help  q quit`;
  return drawFitting([{ text: keys, tone: 'dim' }], 1, pane);
}

function question(text: string, style: Style): string {
  return drawLine([{ text: ` ■ ${padText(text, 60)}`, tone: 'bad' }], style);
}
