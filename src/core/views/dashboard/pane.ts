import { drawLine, type Span, textOf } from '../line.ts';
import type { Style } from '../style.ts';
import { textWidth } from '../text-width.ts';

/** A rectangle of the screen to draw in: so many columns, so many lines. */
export type Pane = Style & { readonly height: number };

/** One line of what fits: pieces are left out from the end, the first ones only cut. */
export function drawFitting(spans: readonly Span[], keep: number, style: Style): string {
  let used = 0;
  let kept = 0;
  for (const span of spans) {
    used += textWidth(textOf(span));
    if (used > style.width && kept >= keep) break;
    kept += 1;
  }
  return drawLine(spans.slice(0, kept), style);
}

/** A heading over a part of the screen, a rule behind it. */
export function drawHeading(text: string, style: Style, note = ''): string {
  const behind = note === '' ? '' : ` ${note} `;
  const rule = '─'.repeat(Math.max(0, style.width - textWidth(text) - textWidth(behind) - 2));
  return drawFitting(
    [
      { text: `${text} `, tone: 'title' },
      { text: behind, tone: 'plain' },
      { text: rule, tone: 'dim' },
    ],
    2,
    style,
  );
}

/** Exactly so many lines. */
export function fitHeight(lines: readonly string[], height: number): readonly string[] {
  return Array.from({ length: Math.max(0, height) }, (_, i) => lines[i] ?? '');
}

const SGR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Two panes next to each other. The lines are painted already. */
export function beside(
  left: readonly string[],
  leftWidth: number,
  right: readonly string[],
): readonly string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const own = left[i] ?? '';
    const other = right[i] ?? '';
    if (other === '') return own;
    return `${own}${' '.repeat(Math.max(1, leftWidth - textWidth(own.replace(SGR, ''))))}${other}`;
  });
}

/** The part of a list that is in sight, the selected row among it. */
export function inSight<Item>(
  items: readonly Item[],
  selected: number,
  height: number,
): { readonly from: number; readonly items: readonly Item[] } {
  const from = Math.max(0, Math.min(selected - Math.floor(height / 2), items.length - height));
  return { from, items: items.slice(from, from + Math.max(0, height)) };
}

/** What stands before a row of a list: the selected one is marked by a sign. */
export function pointer(isSelected: boolean): Span {
  return { text: isSelected ? '> ' : '  ', tone: 'strong' };
}
