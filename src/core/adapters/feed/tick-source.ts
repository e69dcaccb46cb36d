import type { TickBatch } from '../../domain/market/tick-batch.ts';

/** Where ticks come from that wait for nobody: a file, or chance. */
export interface TickSource extends AsyncDisposable {
  /** The next ticks; the batch is used again for those after them. Undefined at the end. */
  next(): Promise<TickBatch | undefined>;
}
