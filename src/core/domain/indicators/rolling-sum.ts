/**
 * Sum of the last `size` numbers. Added afresh from the ring once per lap, so that rounding errors do not gather.
 *
 * A class, because its fields are read for every candle: 14 ns for a mean, 19 with closures (Node 20).
 */
export class RollingSum {
  sum = 0;
  /** Numbers held, up to `size`. */
  seen = 0;
  /** Sum of what this lap has written so far, which at its end is the ring's. */
  private lap = 0;
  private at = 0;
  private readonly size: number;
  private readonly ring: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.ring = new Float64Array(size);
  }

  push(value: number): void {
    const { ring, size, at } = this;
    let sum = this.sum + value;
    if (this.seen === size) sum -= ring[at] ?? Number.NaN;
    else this.seen += 1;
    ring[at] = value;
    const lap = this.lap + value;
    if (at + 1 < size) {
      this.at = at + 1;
      this.lap = lap;
      this.sum = sum;
    } else {
      this.at = 0;
      this.lap = 0;
      this.sum = lap;
    }
  }

  /**
   * The mean after each of the numbers, NaN until `size` of them are held: what `push` and a division give one by one.
   * A missing number empties the window. One loop over locals, which is what makes a column worth its while.
   */
  means(numbers: Float64Array, out: Float64Array): void {
    const { ring, size } = this;
    let { sum, seen, lap, at } = this;
    for (let i = 0; i < numbers.length; i += 1) {
      const value = numbers[i] ?? Number.NaN;
      if (Number.isNaN(value)) {
        sum = seen = lap = at = 0;
        out[i] = Number.NaN;
        continue;
      }
      sum += value;
      if (seen === size) sum -= ring[at] ?? Number.NaN;
      else seen += 1;
      ring[at] = value;
      lap += value;
      at += 1;
      if (at === size) {
        sum = lap;
        lap = at = 0;
      }
      out[i] = seen === size ? sum / size : Number.NaN;
    }
    this.sum = sum;
    this.seen = seen;
    this.lap = lap;
    this.at = at;
  }

  clear(): void {
    this.sum = 0;
    this.seen = 0;
    this.lap = 0;
    this.at = 0;
  }

  /** The largest of the `count` latest numbers, count ≤ seen. */
  maxOfLatest(count: number): number {
    let max = Number.NEGATIVE_INFINITY;
    for (let back = 1; back <= count; back += 1) {
      max = Math.max(max, this.ring[(this.at - back + this.size) % this.size] ?? Number.NaN);
    }
    return max;
  }
}
