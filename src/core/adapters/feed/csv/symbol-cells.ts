/** Turns the cell of a symbol column into what is kept of that symbol: its rows, its slot. */
export interface SymbolCells<Kept> {
  /** What is kept of the symbol in bytes[from, to). */
  keptOf(bytes: Uint8Array, from: number, to: number): Kept;
}

type Known<Kept> = { readonly cell: Uint8Array; readonly kept: Kept };

/**
 * A file sorted by time changes its symbol on every row, so no string is made per row: a cell is found again by the
 * FNV-1a hash of its bytes, and compared byte by byte.
 */
export function createSymbolCells<Kept>(keep: (symbol: string) => Kept): SymbolCells<Kept> {
  const byHash = new Map<number, Known<Kept>>();
  return {
    keptOf(bytes, from, to) {
      let hash = 0x811c9dc5;
      for (let p = from; p < to; p++) hash = Math.imul(hash ^ (bytes[p] ?? 0), 0x01000193);
      const known = byHash.get(hash);
      if (known !== undefined && isSame(known.cell, bytes, from, to)) return known.kept;
      // A copy: the slice of a Buffer would be a view of a block that is overwritten by the next one.
      const cell = Uint8Array.from(bytes.subarray(from, to));
      const kept = keep(new TextDecoder().decode(cell).trim());
      if (known === undefined) byHash.set(hash, { cell, kept });
      return kept;
    },
  };
}

function isSame(cell: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (cell.length !== to - from) return false;
  for (let i = 0; i < cell.length; i++) if (cell[i] !== bytes[from + i]) return false;
  return true;
}
