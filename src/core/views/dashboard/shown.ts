import type { Figures } from './figures.ts';
import type { RunFold } from './fold/run-fold.ts';
import type { LastLook } from './last-look.ts';
import type { Pausing, Ui } from './ui.ts';

/** What one picture is drawn from. */
export type Shown = {
  readonly figures: Figures;
  /** For what is too much to put in figures: candles, and the chains of signals. */
  readonly fold: RunFold;
  readonly ui: Ui;
  readonly pauses: Pausing;
  /** What was said of the run last, and how long ago. */
  readonly notice: { readonly text: string; readonly ageMs: number } | undefined;
  /** Of a run that is over and whose process waits for the one who looks. */
  readonly lastLook: LastLook | undefined;
};
