import { type Counts, type Funnel, rankedCounts } from '../../domain/performance/funnel.ts';
import { drawFacts, type Fact, type Span } from '../line.ts';
import { formatCount } from '../numbers.ts';
import type { Style } from '../style.ts';
import { padText } from '../text-width.ts';
import { wordsFor } from '../words.ts';

/** From signal to close: how many reached each step, and what ended the others. */
export function drawFunnel(funnel: Funnel, style: Style): readonly string[] {
  const { signals, plans, validated, filled, closed } = funnel;
  const width = formatCount(signals).length;
  const step = (label: string, count: number, detail: Span): Fact => ({
    label,
    value: padText(formatCount(count), width, 'right'),
    detail,
  });
  return drawFacts(
    [
      step('signals', signals, ''),
      step('→ plans', plans, lost(funnel.noPlan)),
      step('→ validated', validated, lost(funnel.rejected)),
      step('→ filled', filled, lost(funnel.cancelled)),
      step('→ closed', closed, countsText(funnel.exits)),
    ],
    style,
  );
}

function lost(counts: Counts): Span {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return '';
  return { text: `lost ${formatCount(total)}: ${countsText(counts)}`, tone: 'dim' };
}

/** `reward:risk too small 401, symbol already held 200` */
export function countsText(counts: Counts): string {
  return rankedCounts(counts)
    .map(([reason, count]) => `${wordsFor(reason)} ${formatCount(count)}`)
    .join(', ');
}
