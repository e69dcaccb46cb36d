/** Trades in the order in which their source gives them, in columns; the first `length` of each count. */
export type TickBatch = {
  length: number;
  /** Place of the symbol among the instruments; -1 for one that is not among them. */
  slot: Int32Array;
  /** Exchange time, UTC epoch ms. */
  at: Float64Array;
  price: Float64Array;
  /** NaN where it is not known. */
  size: Float64Array;
};

export function createTickBatch(capacity: number): TickBatch {
  return {
    length: 0,
    slot: new Int32Array(capacity),
    at: new Float64Array(capacity),
    price: new Float64Array(capacity),
    size: new Float64Array(capacity),
  };
}

/** Empties the batch, with room for so many. */
export function clearTickBatch(batch: TickBatch, capacity: number): void {
  if (batch.slot.length < capacity) Object.assign(batch, createTickBatch(capacity));
  batch.length = 0;
}
