import { type Funnel, rankedCounts } from '../../domain/performance/funnel.ts';
import { drawLine } from '../line.ts';
import { formatCount } from '../numbers.ts';
import { padText } from '../text-width.ts';
import { wordsFor } from '../words.ts';
import { drawBar } from './bars.ts';
import { drawEvents } from './event-rows.ts';
import { drawFitting, drawHeading, inSight, type Pane } from './pane.ts';
import type { Shown } from './shown.ts';
import { listOf, rowOf } from './ui.ts';

const REASONS = 5;
const BAR = 24;

/** How far the session's signals came, what ended the others, and the latest events. */
export function drawFlow(shown: Shown, pane: Pane): readonly string[] {
  const { figures } = shown;
  const top = [drawHeading('Today', pane, figures.session?.date), drawSteps(figures.funnel, pane)];
  const reasons = drawReasons(figures.funnel, pane);
  const rest = { ...pane, height: pane.height - top.length - reasons.length - 1 };
  return [...top, ...reasons, drawHeading('Latest', pane, 'newest first'), ...drawLatest(shown, rest)];
}

/** `105 signals → 48 plans → 4 validated → 4 filled → 4 closed` */
function drawSteps({ signals, plans, validated, filled, closed }: Funnel, pane: Pane): string {
  const steps = { signals, plans, validated, filled, closed };
  const text = Object.entries(steps).map(([name, count]) => `${formatCount(count)} ${name}`);
  return drawFitting([{ text: `  ${text.join(' → ')}`, tone: 'strong' }], 1, pane);
}

/** The longest words for a reason, with a space. */
const REASON_WIDTH = 28;

function drawReasons({ noPlan, rejected, cancelled }: Funnel, pane: Pane): readonly string[] {
  const ranked = rankedCounts({ ...noPlan, ...rejected, ...cancelled });
  const most = ranked[0]?.[1] ?? 1;
  const shown = ranked.length > REASONS ? ranked.slice(0, REASONS - 1) : ranked;
  const others = ranked.slice(shown.length);
  const lines = shown.map(([reason, count]) =>
    drawFitting(
      [
        `  ${padText(wordsFor(reason), REASON_WIDTH)} ${padText(formatCount(count), 6, 'right')} `,
        { text: drawBar(count / most, BAR), tone: 'dim' },
      ],
      1,
      pane,
    ),
  );
  const sum = others.reduce((total, [, count]) => total + count, 0);
  const note = `  ${padText(`${others.length} other reasons`, REASON_WIDTH)} ${padText(formatCount(sum), 6, 'right')}`;
  return others.length === 0 ? lines : [...lines, drawLine([{ text: note, tone: 'dim' }], pane)];
}

function drawLatest({ figures, fold, ui }: Shown, pane: Pane): readonly string[] {
  const listed = listOf('flow', figures, ui.query);
  const query = ui.query.toLowerCase();
  const events = figures.events
    .toReversed()
    .filter((event) => ('symbol' in event ? event.symbol : '').toLowerCase().includes(query));
  const selected = rowOf(ui, 'flow', listed.length);
  const { from, items } = inSight(events, selected, pane.height);
  return drawEvents(items, fold.settings, pane, selected - from);
}
