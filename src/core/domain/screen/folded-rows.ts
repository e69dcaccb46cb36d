import type { CandleTape } from '../market/candle-tape.ts';
import type { CompiledRule, Frame } from '../rules/compile.ts';
import { TRUE } from '../rules/truth.ts';

/** Rows folded in one go: as many as keep the columns of a few dozen readings in the processor's cache. */
const MOST_ROWS = 2048;

/**
 * Rows of a tape folded in one go, and where rules come true. What a rule says at a row comes from that row and those
 * before it, so it can be worked out before anybody decides there.
 */
export class FoldedRows {
  /** The row behind the last one. */
  until = 0;
  private from = 0;
  private readonly truths = new Int8Array(MOST_ROWS);
  /** By rule and row: whether it comes true there; where it triggers by level, whether it is. */
  private comesTrue: readonly Uint8Array[] = [];
  /** By row: whether some rule does. */
  private readonly some = new Uint8Array(MOST_ROWS);

  /** Folds the rows that follow. `wasTrue` is what each rule said before, and then what it says at the last row. */
  foldOn(frame: Frame, wasTrue: Uint8Array, tape: CandleTape, to: number): void {
    const { rules } = frame;
    const from = this.until;
    this.from = from;
    this.until = Math.min(to, from + MOST_ROWS);
    this.some.fill(0);
    if (this.comesTrue.length !== rules.length) this.comesTrue = rules.map(() => new Uint8Array(MOST_ROWS));
    frame.foldRows(tape, from, this.until);
    for (let k = 0; k < rules.length; k += 1) {
      const rule = rules[k];
      if (rule !== undefined) wasTrue[k] = this.note(rule, k, wasTrue[k] === 1);
    }
  }

  private note(rule: CompiledRule, k: number, before: boolean): 0 | 1 {
    const { truths, some } = this;
    const comesTrue = this.comesTrue[k] ?? some;
    const count = this.until - this.from;
    const edge = rule.strategy.trigger === 'edge';
    rule.truths(truths, count);
    comesTrue.fill(0);
    // From one stretch of true rows to the next.
    for (let i = truths.indexOf(TRUE); i >= 0 && i < count; i = truths.indexOf(TRUE, i)) {
      let comes = !(edge && i === 0 && before);
      for (; i < count && truths[i] === TRUE; i += 1) {
        if (comes) {
          comesTrue[i] = 1;
          some[i] = 1;
        }
        comes = !edge;
      }
    }
    return truths[count - 1] === TRUE ? 1 : 0;
  }

  /** From `row` on, the first at which a rule comes true, or `until`. */
  nextTrue(row: number): number {
    const index = this.some.indexOf(1, row - this.from);
    return index < 0 ? this.until : this.from + index;
  }

  isTrue(rule: number, row: number): boolean {
    return this.comesTrue[rule]?.[row - this.from] === 1;
  }
}
