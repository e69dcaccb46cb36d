/** Mean volume of the last `size` base candles of each symbol; undefined until there are as many, or where one had none. */
export interface VolumeWindow {
  add(slot: number, volume: number): void;
  mean(slot: number): number | undefined;
}

export function createVolumeWindow(symbols: number, size: number): VolumeWindow {
  const ring = new Float64Array(symbols * size);
  const seen = new Float64Array(symbols);
  return {
    add(slot, volume) {
      const count = seen[slot] ?? 0;
      ring[slot * size + (count % size)] = volume;
      seen[slot] = count + 1;
    },
    mean(slot) {
      if ((seen[slot] ?? 0) < size) return undefined;
      let sum = 0;
      for (let i = slot * size; i < (slot + 1) * size; i += 1) sum += ring[i] ?? Number.NaN;
      return Number.isNaN(sum) ? undefined : sum / size;
    },
  };
}
