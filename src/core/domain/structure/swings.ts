import type { StructureLog } from './log.ts';
import type { Dir, Pivot, Swing, SwingLabel, Writable } from './objects.ts';

/**
 * Swings: pivots of alternating sides. A pivot of the same side as the last swing replaces it where it is more extreme
 * (the earlier of equals stays) and is internal otherwise.
 */
export interface Swings {
  /** The last swing high (1) or low (-1) that was accepted, whether it stands yet or not. */
  last(dir: Dir): Swing | undefined;
  add(pivot: Pivot): void;
  /** Stamps a swing beyond which a candle closed. */
  breakSwing(dir: Dir): void;
}

type Sided = { readonly last: Writable<Swing> | undefined; readonly previous: Swing | undefined };
const NONE: Sided = { last: undefined, previous: undefined };

export function createSwings(log: StructureLog): Swings {
  let highs = NONE;
  let lows = NONE;
  let newest: Dir | undefined;

  const side = (dir: Dir): Sided => (dir === 1 ? highs : lows);

  function accept(pivot: Pivot, previous: Swing | undefined): void {
    const swing = swingOf(pivot, previous);
    if (pivot.dir === 1) highs = { last: swing, previous };
    else lows = { last: swing, previous };
    newest = pivot.dir;
    log.tell('formed', swing);
  }

  function add(pivot: Pivot): void {
    const { last, previous } = side(pivot.dir);
    if (newest !== pivot.dir || last === undefined) {
      finish(side(pivot.dir === 1 ? -1 : 1).last);
      accept(pivot, last);
    } else if ((pivot.level - last.level) * pivot.dir > 0) {
      last.supersededAt = log.at;
      log.tell('superseded', last);
      accept(pivot, previous);
    }
  }

  function finish(swing: Writable<Swing> | undefined): void {
    if (swing === undefined) return;
    swing.finalAt = log.at;
    log.tell('final', swing);
  }

  return {
    last: (dir) => side(dir).last,
    add,
    breakSwing(dir) {
      const { last } = side(dir);
      if (last === undefined) return;
      last.brokenAt = log.at;
      log.tell('broken', last);
    },
  };
}

function swingOf(pivot: Pivot, previous: Swing | undefined): Writable<Swing> {
  return {
    kind: 'swing',
    dir: pivot.dir,
    formedAt: pivot.formedAt,
    knownAt: pivot.knownAt,
    level: pivot.level,
    atr: pivot.atr,
    label: previous === undefined ? undefined : labelOf(pivot, previous),
    supersededAt: undefined,
    finalAt: undefined,
    brokenAt: undefined,
  };
}

function labelOf(pivot: Pivot, previous: Swing): SwingLabel {
  if (pivot.dir === 1) return pivot.level > previous.level ? 'HH' : 'LH';
  return pivot.level < previous.level ? 'LL' : 'HL';
}
