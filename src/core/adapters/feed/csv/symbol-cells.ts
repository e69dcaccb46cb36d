import type { CandleRows } from './candle-rows.ts';

/** Turns the cell of a symbol column into that symbol's rows; undefined for a symbol nobody asked for. */
export interface SymbolCells {
  /** The rows of the symbol in bytes[from, to). */
  rowsOf(bytes: Uint8Array, from: number, to: number): CandleRows | undefined;
}

type Known = { readonly cell: Uint8Array; readonly rows: CandleRows | undefined };

/**
 * A file sorted by time changes its symbol on every row, so no string is made per row: a cell is found again by the
 * FNV-1a hash of its bytes, and compared byte by byte.
 */
export function createSymbolCells(rowsFor: (symbol: string) => CandleRows | undefined): SymbolCells {
  const byHash = new Map<number, Known>();
  return {
    rowsOf(bytes, from, to) {
      let hash = 0x811c9dc5;
      for (let p = from; p < to; p++) hash = Math.imul(hash ^ (bytes[p] ?? 0), 0x01000193);
      const known = byHash.get(hash);
      if (known !== undefined && isSame(known.cell, bytes, from, to)) return known.rows;
      const cell = bytes.slice(from, to);
      const rows = rowsFor(new TextDecoder().decode(cell).trim());
      if (known === undefined) byHash.set(hash, { cell, rows });
      return rows;
    },
  };
}

function isSame(cell: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (cell.length !== to - from) return false;
  for (let i = 0; i < cell.length; i++) if (cell[i] !== bytes[from + i]) return false;
  return true;
}
