import { drawLine, type Span } from './line.ts';
import { formatDuration } from './numbers.ts';
import type { Style } from './style.ts';
import { padText } from './text-width.ts';

export type ProgressState = {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly elapsedMs: number;
};

const BAR_WIDTH = 24;
const LABEL_WIDTH = 12;

/** `simulating  ████████████░░░░░░░░░░░░   50 %  1.2 M/s  3s left` */
export function drawProgress({ label, done, total, elapsedMs }: ProgressState, style: Style): string {
  const share = total <= 0 ? 1 : Math.min(1, Math.max(0, done / total));
  const full = Math.floor(share * BAR_WIDTH);
  const spans: readonly Span[] = [
    `${padText(label, LABEL_WIDTH)}`,
    { text: '█'.repeat(full), tone: 'good' },
    { text: '░'.repeat(BAR_WIDTH - full), tone: 'dim' },
    `${String(Math.floor(share * 100)).padStart(4)} %`,
    { text: paceText(done, share, elapsedMs), tone: 'dim' },
  ];
  return drawLine(spans, style);
}

/** Rate and time left, once there is enough to tell. */
function paceText(done: number, share: number, elapsedMs: number): string {
  if (elapsedMs < 500 || share <= 0) return '';
  const left = share < 1 ? `  ${formatDuration((elapsedMs / share) * (1 - share))} left` : '';
  return `  ${rateText((1000 * done) / elapsedMs)}${left}`;
}

function rateText(perSecond: number): string {
  if (perSecond >= 1e6) return `${(perSecond / 1e6).toFixed(1)} M/s`;
  if (perSecond >= 1e3) return `${(perSecond / 1e3).toFixed(0)} k/s`;
  return `${perSecond.toFixed(0)}/s`;
}

/** The terminal that a progress bar needs: stderr, or a fake. */
export interface ProgressTerminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A bar on one line that is drawn over itself. Silent where there is no terminal. */
export interface ProgressBar {
  /** Cheap: draws only when enough time has passed since the last drawing. */
  update(done: number, total: number): void;
  /** Takes the bar off the screen. */
  clear(): void;
}

export type ProgressOptions = {
  readonly terminal: ProgressTerminal;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly label: string;
  readonly colour: boolean;
};

const REDRAW_MS = 100;
const ERASE_LINE = '\r\u001b[2K';

export function createProgressBar({ terminal, now, label, colour }: ProgressOptions): ProgressBar {
  const startedAt = now();
  let drawnAt = Number.NEGATIVE_INFINITY;
  let visible = false;
  return {
    update(done, total) {
      if (terminal.isTTY !== true) return;
      const at = now();
      if (at - drawnAt < REDRAW_MS) return;
      drawnAt = at;
      visible = true;
      const style = { width: Math.max(20, (terminal.columns ?? 80) - 1), colour };
      terminal.write(ERASE_LINE + drawProgress({ label, done, total, elapsedMs: at - startedAt }, style));
    },
    clear() {
      if (visible) terminal.write(ERASE_LINE);
      visible = false;
    },
  };
}
