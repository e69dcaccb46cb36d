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
   * A missing number empties the window.
   */
  means(numbers: Float64Array, out: Float64Array): void {
    const { size } = this;
    for (let row = 0; row < numbers.length; ) {
      const value = numbers[row] ?? Number.NaN;
      if (this.seen === size && !Number.isNaN(value)) row = this.slide(numbers, out, row);
      else {
        if (Number.isNaN(value)) this.clear();
        else this.push(value);
        out[row] = this.seen === size ? this.sum / size : Number.NaN;
        row += 1;
      }
    }
  }

  /** `means` into a full window, up to the next missing number; gives its row. */
  private slide(numbers: Float64Array, out: Float64Array, from: number): number {
    const { ring, size } = this;
    let { sum, lap, at } = this;
    let row = from;
    for (; row < numbers.length; row += 1) {
      const value = numbers[row] ?? Number.NaN;
      if (Number.isNaN(value)) break;
      sum = sum + value - (ring[at] ?? Number.NaN);
      ring[at] = value;
      lap += value;
      at += 1;
      if (at === size) {
        sum = lap;
        lap = 0;
        at = 0;
      }
      out[row] = sum / size;
    }
    this.sum = sum;
    this.lap = lap;
    this.at = at;
    return row;
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
