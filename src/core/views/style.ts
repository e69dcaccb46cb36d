import { Chalk } from 'chalk';

/** How lines are drawn. Who calls decides from terminal, NO_COLOR and FORCE_COLOR; views look at nothing. */
export type Style = {
  /** Columns of the terminal; no line is wider. */
  readonly width: number;
  readonly colour: boolean;
};

/** Width where there is no terminal. */
export const DEFAULT_WIDTH = 100;

/** What a piece of text is; colour only repeats what sign and word say. */
export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'dim' | 'strong' | 'title';

const chalk = new Chalk({ level: 1 });

const PAINT: Readonly<Record<Tone, (text: string) => string>> = {
  plain: (text) => text,
  good: chalk.green,
  bad: chalk.red,
  warn: chalk.yellow,
  dim: chalk.dim,
  strong: chalk.bold,
  title: chalk.bold.cyan,
};

/** `text` must be safe already: see safe-text.ts. */
export function paint(text: string, tone: Tone, style: Style): string {
  return style.colour && text !== '' ? PAINT[tone](text) : text;
}

/** Money or R: green above nothing, red below. */
export function signTone(value: number | null): Tone {
  if (value === null || value === 0) return 'plain';
  return value > 0 ? 'good' : 'bad';
}
