import type { ReasonSeen, Study } from '../../domain/mse/study/study.ts';
import { formatDate, formatMinute } from '../clock.ts';
import { drawLine, drawParagraph } from '../line.ts';
import { formatCounted, formatPrice } from '../numbers.ts';
import { drawSections } from '../report.ts';
import type { Style } from '../style.ts';
import { padText } from '../text-width.ts';
import { legendOf } from './legend.ts';
import { drawPicture } from './picture.ts';
import { type Sentence, sentencesOf } from './sentences.ts';
import { type Stamps, sayNoPlan, sayPlan, sayStamps, TOPIC_NAMES, type Wording } from './vocabulary.ts';

const LEAD_COLUMNS = 12;

/** The picture, what the engine sees in it, and the plan with its reasons or the reason for none. */
export function drawStudy(study: Study, zone: string, style: Style): string {
  const wording = wordingOf(study, zone);
  const { plot, axis } = drawPicture(study, zone, style);
  const sections = [
    ['What the engine sees', drawSentences(study, wording, style)],
    ['The plan', drawOutcome(study, wording, style)],
  ] as const;
  return [
    ...drawParagraph('', { text: titleOf(study, zone), tone: 'title' }, style),
    '',
    ...plot,
    ...axis,
    ...legendOf(study, plot.join(''), style).map((text) => drawLine([{ text, tone: 'dim' }], style)),
    ...drawSections(sections, style),
    '',
  ].join('\n');
}

/** Prices on the instrument's grid; times of another day than the decision's with their date. */
export function wordingOf({ instrument, at }: Study, zone: string): Wording {
  const today = formatDate(zone, at);
  const { decimals } = instrument;
  return {
    price: (price) => formatPrice(price, decimals),
    middle: (price) => {
      const isOnGrid = Math.abs(Number(formatPrice(price, decimals)) - price) < 1e-9;
      return formatPrice(price, isOnGrid ? decimals : decimals + 1);
    },
    time: (time) => {
      const text = formatMinute(zone, time);
      if (text.startsWith(today)) return text.slice(11);
      return text.slice(0, 4) === today.slice(0, 4) ? text.slice(5) : text;
    },
  };
}

function titleOf({ symbol, timeframe, at, direction, folded }: Study, zone: string): string {
  const since = formatMinute(zone, folded.since);
  return `${symbol} · ${timeframe} candles · ${direction} at ${formatMinute(zone, at)} (${zone}) · ${formatCounted(folded.count, 'candle')} since ${since}`;
}

function drawSentences(study: Study, wording: Wording, style: Style): readonly string[] {
  return sentencesOf(study, wording).flatMap((sentence, index, all) => {
    const isFirst = all[index - 1]?.topic !== sentence.topic;
    return drawSaid(isFirst ? TOPIC_NAMES[sentence.topic] : '', sentence, wording, style);
  });
}

function drawSaid(
  name: string,
  sentence: Pick<Sentence, 'text'> & Stamps,
  wording: Wording,
  style: Style,
): readonly string[] {
  const stamps = sayStamps(sentence, wording);
  const text = stamps === '' ? sentence.text : `${sentence.text} (${stamps})`;
  return drawParagraph({ text: `  ${padText(name, LEAD_COLUMNS)}`, tone: 'dim' }, text, style);
}

function drawOutcome({ outcome, direction }: Study, wording: Wording, style: Style): readonly string[] {
  const { plan, reasons } = outcome;
  if (plan !== undefined) {
    const text = sayPlan(plan, direction, outcome.risk, wording);
    return [...drawParagraph('  ', { text, tone: 'strong' }, style), ...drawReasons(reasons, wording, style)];
  }
  const why = reasons.findLast(({ code }) => code === outcome.refusal);
  const text = sayNoPlan(direction, why?.text ?? outcome.refusal);
  const others = reasons.filter((reason) => reason !== why);
  return [...drawParagraph('  ', { text, tone: 'warn' }, style), ...drawReasons(others, wording, style)];
}

function drawReasons(reasons: readonly ReasonSeen[], wording: Wording, style: Style): readonly string[] {
  return reasons.flatMap((reason) => {
    const stamps = sayStamps(reason, wording);
    const text = stamps === '' ? reason.text : `${reason.text} (${stamps})`;
    return drawParagraph({ text: '  · ', tone: 'dim' }, text, style);
  });
}
