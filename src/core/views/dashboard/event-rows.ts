import type { TradekitEvent } from '../../domain/events/events.ts';
import { eventSpans } from '../event-line.ts';
import type { Span } from '../line.ts';
import type { RunSettings } from './fold/settings.ts';
import { type Format, formatFor } from './format.ts';
import { drawFitting, type Pane, pointer } from './pane.ts';

/** Symbol, mark and word: what is never left out, with the time before it. */
const KEPT_SPANS = 5;

/** Events as lines of one pane; `selected` is a place among them, undefined where nothing can be selected. */
export function drawEvents(
  events: readonly TradekitEvent[],
  settings: RunSettings,
  pane: Pane,
  selected?: number,
): readonly string[] {
  const format = formatFor(settings);
  return events.map((event, i) => {
    const time: Span = { text: `${format.time(event.at)} `, tone: 'dim' };
    const spans = eventSpans(event, optionsOf(settings, format), ' ') ?? [];
    return drawFitting([pointer(i === selected), time, ...spans], KEPT_SPANS, pane);
  });
}

function optionsOf({ zone, money }: RunSettings, { decimalsOf }: Format) {
  return { zone, money, decimalsOf, verbose: true };
}
