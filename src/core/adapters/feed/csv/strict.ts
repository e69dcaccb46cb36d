import { counted } from '../../../domain/counted.ts';
import { TradekitError } from '../../../domain/error.ts';
import type { FileReport, SymbolReport } from '../../../ports/candle-files.ts';

const BEYOND = 'with open or close beyond high or low';

/**
 * `--strict`: what is otherwise sorted, dropped or kept with a warning is refused, all of it at once.
 *
 * @throws TradekitError DATA
 */
export function refuseDirt(files: readonly FileReport[], symbols: readonly SymbolReport[]): void {
  const dirt = [
    ...files.flatMap((file) => [
      found(file.path, file.outOfOrder, 'row out of order', 'rows out of order'),
      found(file.path, file.duplicates, 'exact duplicate'),
      found(file.path, file.outsideSessions, 'row outside sessions', 'rows outside sessions'),
    ]),
    ...symbols.map((each) => found(each.symbol, each.inconsistent, `candle ${BEYOND}`, `candles ${BEYOND}`)),
  ].filter((line) => line !== undefined);
  const across =
    symbols.reduce((sum, each) => sum + each.duplicates, 0) -
    files.reduce((sum, each) => sum + each.duplicates, 0);
  if (across > 0) dirt.push(`${counted(across, 'exact duplicate')} across files`);
  if (dirt.length === 0) return;
  throw new TradekitError('DATA', `--strict: ${dirt.join('; ')}.`, {
    hint:
      'Clean the files, or leave --strict out: rows are then sorted, duplicates and rows outside sessions dropped, ' +
      `and candles ${BEYOND} kept as they are, with a warning.`,
  });
}

function found(where: string, count: number, one: string, many?: string): string | undefined {
  return count === 0 ? undefined : `${where}: ${counted(count, one, many)}`;
}
