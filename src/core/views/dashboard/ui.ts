import type { Figures } from './figures.ts';

/** What the one who looks has chosen: which view, which row, what is searched for. */
export const VIEWS = ['now', 'watch', 'flow', 'chart', 'trades', 'detail'] as const;
export type View = (typeof VIEWS)[number];

/** What `p` stops: the run itself, where the dashboard is part of the process that makes it, or what is shown of it. */
export type Pausing = 'run' | 'display';

/** Candles of so many base candles each. */
export const FRAME_FACTORS = [1, 5, 15, 60] as const;

export type Ui = {
  readonly view: View;
  /** Selected row by view; of the detail, the first line in sight. */
  readonly rows: Readonly<Record<View, number>>;
  /** Only symbols that contain it. */
  readonly query: string;
  /** A search is being typed. */
  readonly isTyping: boolean;
  /** Place in FRAME_FACTORS. */
  readonly frame: number;
  /** The signal whose detail is shown; undefined: the newest. */
  readonly subject: string | undefined;
  readonly isPaused: boolean;
  readonly showsHelp: boolean;
  /** How often the kill switch has been asked for. */
  readonly kill: 'no' | 'asked' | 'asked_again' | 'impossible';
};

export const FIRST_UI: Ui = {
  view: 'now',
  rows: { now: 0, watch: 0, flow: 0, chart: 0, trades: 0, detail: 0 },
  query: '',
  isTyping: false,
  frame: 1,
  subject: undefined,
  isPaused: false,
  showsHelp: false,
  kill: 'no',
};

/** A row of a list, as far as keys are concerned. */
export type Listed = { readonly symbol: string; readonly id: string | undefined };

/** What can be selected in a view, in the order in which it is shown. */
export function listOf(view: View, figures: Figures, query: string): readonly Listed[] {
  const { positions, orders, watch, trades, events } = figures;
  const fits = ({ symbol }: Listed): boolean => symbol.toLowerCase().includes(query.toLowerCase());
  switch (view) {
    case 'now':
      return [...positions, ...orders].filter(fits);
    case 'watch':
    case 'chart':
      return watch.map(({ symbol }) => ({ symbol, id: undefined })).filter(fits);
    case 'trades':
      return trades.toReversed().filter(fits);
    case 'flow':
      return events
        .toReversed()
        .map((event) => ({
          symbol: 'symbol' in event ? event.symbol : '',
          id: 'correlationId' in event ? event.correlationId : undefined,
        }))
        .filter(fits);
    case 'detail':
      return [];
  }
}

/** The row that is selected: the list may have become shorter. */
export function rowOf(ui: Ui, view: View, length: number): number {
  return Math.max(0, Math.min(ui.rows[view], length - 1));
}
