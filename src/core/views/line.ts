import { safeText } from './safe-text.ts';
import { paint, type Style, type Tone } from './style.ts';
import { cutText, padText, textWidth, wrapText } from './text-width.ts';

/** A piece of a line. Text may come from anyone: it is made safe here and nowhere else. */
export type Span = string | { readonly text: string; readonly tone: Tone };

export function textOf(span: Span): string {
  return safeText(typeof span === 'string' ? span : span.text);
}

export function toneOf(span: Span): Tone {
  return typeof span === 'string' ? 'plain' : span.tone;
}

/** One line, safe, painted, cut with `…` where it is wider than the terminal, without blanks at its end. */
export function drawLine(spans: readonly Span[], style: Style): string {
  let left = style.width;
  const drawn: { text: string; tone: Tone }[] = [];
  for (const span of spans) {
    const whole = textOf(span);
    const text = cutText(whole, left);
    drawn.push({ text, tone: toneOf(span) });
    left -= textWidth(text);
    if (text !== whole) break;
  }
  trimEnd(drawn);
  return drawn.map(({ text, tone }) => paint(text, tone, style)).join('');
}

function trimEnd(drawn: { text: string; tone: Tone }[]): void {
  for (let last = drawn.at(-1); last !== undefined; last = drawn.at(-1)) {
    last.text = last.text.trimEnd();
    if (last.text !== '') return;
    drawn.pop();
  }
}

/** A paragraph behind a lead: `! ` + text, later lines set in by the lead's width. */
export function drawParagraph(lead: Span, text: Span, style: Style): readonly string[] {
  const indent = textWidth(textOf(lead));
  const lines = wrapText(textOf(text), Math.max(10, style.width - indent));
  return lines.map((line, i) =>
    drawLine([i === 0 ? lead : ' '.repeat(indent), { text: line, tone: toneOf(text) }], style),
  );
}

/** A sentence that later lines of are set in, so that the next sentence is told from them. */
export function drawHanging(text: Span, style: Style): readonly string[] {
  if (textWidth(textOf(text)) <= style.width) return [drawLine([text], style)];
  const lines = wrapText(textOf(text), style.width - HANGING.length);
  return lines.map((line, i) =>
    drawLine([i === 0 ? '' : HANGING, { text: line, tone: toneOf(text) }], style),
  );
}

const HANGING = '  ';

/** A labelled figure with what belongs to it: `  Net P&L   -₹4,567.00   -0.46 % of ₹10,00,000.00`. */
export type Fact = { readonly label: string; readonly value: Span; readonly detail?: Span };

const LABEL_WIDTH = 15;

/** Facts below each other; details start in one column and wrap within it. */
export function drawFacts(facts: readonly Fact[], style: Style): readonly string[] {
  const widest = Math.max(0, ...facts.map(({ value, detail }) => (detail ? textWidth(textOf(value)) : 0)));
  return facts.flatMap(({ label, value, detail }) => {
    const head: Span[] = [{ text: `  ${padText(label, LABEL_WIDTH)}`, tone: 'dim' }];
    if (detail === undefined) return drawLine([...head, value], style);
    head.push({ text: padText(textOf(value), widest), tone: toneOf(value) }, '  ');
    const indent = 2 + LABEL_WIDTH + widest + 2;
    const [first = '', ...more] = wrapText(textOf(detail), Math.max(10, style.width - indent));
    const tone = toneOf(detail);
    return [
      drawLine([...head, { text: first, tone }], style),
      ...more.map((line) => drawLine([' '.repeat(indent), { text: line, tone }], style)),
    ];
  });
}
