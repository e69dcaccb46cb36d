import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, readCell, rowsOf } from '../../../../src/core/domain/rules/cell.ts';
import { RollingColumns } from '../../../../src/core/domain/rules/rolling-columns.ts';

describe('rolling columns', () => {
  it('show what was written so many candles ago, however many came at once, NaN before the first', () => {
    const counts = fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 90 })), { maxLength: 60 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 70 }), (batches, lag) => {
        const columns = new RollingColumns();
        const column = columns.add();
        columns.keep(lag);
        const { place } = columns;
        const cells = [cellOf(column, place, 0), cellOf(column, place, lag)] as const;
        let written = 0;
        for (const count of batches) {
          const first = columns.room(count);
          for (let i = 0; i < count; i += 1) column.values[first + i] = written + i;
          place.row = first + count - 1;
          written += count;
          const latest = written - 1;
          expect(cells.map(readCell)).toEqual([latest, latest < lag ? Number.NaN : latest - lag]);
          const rows = Array.from({ length: count }, (_, i) => latest - lag - count + 1 + i);
          expect([...rowsOf(cells[1], count)]).toEqual(rows.map((row) => (row < 0 ? Number.NaN : row)));
        }
      }),
    );
  });

  it('show nothing before the first candle', () => {
    const columns = new RollingColumns();
    expect(readCell(cellOf(columns.add(), columns.place, 0))).toBeNaN();
  });
});
