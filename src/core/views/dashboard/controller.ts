import { drawFrame } from './draw-frame.ts';
import type { Figures, Surroundings } from './figures.ts';
import { figuresOf } from './figures-of.ts';
import type { RunFold } from './fold/run-fold.ts';
import { type Effect, type Key, press } from './keys.ts';
import { createLastLook } from './last-look.ts';
import type { Notice } from './notice.ts';
import type { Pane } from './pane.ts';
import type { Shown } from './shown.ts';
import { FIRST_UI, type Pausing, type Ui } from './ui.ts';

/** A dashboard without a screen: takes keys, gives pictures, and says when there is a new one. */
export interface Dashboard {
  readonly ui: Ui;
  readonly figures: Figures;
  /** Exactly the lines of the pane. */
  frame(pane: Pane): readonly string[];
  press(...keys: readonly Key[]): void;
  /** Something outside has changed: figures are reckoned anew when they are asked for. */
  refresh(): void;
  /** Hears that there is a new picture; gives the way to stop hearing. */
  subscribe(listener: () => void): () => void;
}

export type DashboardOptions = {
  readonly fold: RunFold;
  readonly around: () => Surroundings;
  readonly canHalt: boolean;
  /** What `p` stops: the display where it is not said. */
  readonly pauses?: Pausing;
  /** The newest thing that was said of the run beside its events, where somebody watches over it. */
  readonly notice?: () => Notice | undefined;
  /** Whether the process that makes the run is done with it and waits for this dashboard; where it is another's, never. */
  readonly isOver?: () => boolean;
  readonly onEffect: (effect: Effect) => void;
  readonly ui?: Ui;
};

export function createDashboard({
  fold,
  around,
  canHalt,
  pauses = 'display',
  notice = () => undefined,
  isOver = () => false,
  onEffect,
  ui: first = FIRST_UI,
}: DashboardOptions): Dashboard {
  const listeners = new Set<() => void>();
  const lastLook = createLastLook(() => fold.hasEnded && isOver());
  let ui = first;
  let figures: Figures | undefined;
  let figuresOfInstant = 0;

  function current(): Figures {
    if (figures === undefined) {
      figures = figuresOf(fold, around());
      figuresOfInstant = fold.n;
    }
    return figures;
  }

  /** Chart and Detail draw from the fold itself: figures of an earlier instant beside them would make two times one picture. */
  function forView(): Figures {
    const readsFold = ui.view === 'chart' || ui.view === 'detail';
    if (readsFold && figuresOfInstant !== fold.n) figures = undefined;
    return current();
  }

  function noticeNow(): Shown['notice'] {
    const said = notice();
    return said === undefined ? undefined : { text: said.text, ageMs: Math.max(0, around().now - said.at) };
  }

  function tell(): void {
    for (const listener of listeners) listener();
  }

  return {
    get ui() {
      return ui;
    },
    get figures() {
      return current();
    },
    frame: (pane) =>
      drawFrame(
        {
          figures: forView(),
          fold,
          ui,
          pauses,
          notice: noticeNow(),
          lastLook: lastLook.at(around().now),
        },
        pane,
      ),
    press(...keys) {
      lastLook.onKey();
      for (const key of keys) {
        const pressed = press(ui, key, current(), canHalt);
        // What stands still is shown as it stands, not as it was at the last picture.
        if (pressed.ui.isPaused && !ui.isPaused) figures = undefined;
        ui = pressed.ui;
        if (pressed.effect !== undefined) onEffect(pressed.effect);
      }
      tell();
    },
    refresh() {
      figures = undefined;
      if (lastLook.at(around().now)?.closesInMs === 0) onEffect('quit');
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
