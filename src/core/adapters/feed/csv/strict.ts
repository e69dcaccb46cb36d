import { TradekitError } from '../../../domain/error.ts';
import type { FileReport, SymbolReport } from '../../../ports/candle-files.ts';

/**
 * `--strict`: what is otherwise sorted, dropped or kept with a warning is refused, all of it at once.
 *
 * @throws TradekitError DATA
 */
export function refuseDirt(files: readonly FileReport[], symbols: readonly SymbolReport[]): void {
  const found = [
    ...files.flatMap((file) => [
      counted(file.outOfOrder, 'rows out of order', file.path),
      counted(file.duplicates, 'exact duplicates', file.path),
      counted(file.outsideSessions, 'rows outside sessions', file.path),
    ]),
    ...symbols.map((each) =>
      counted(each.inconsistent, 'candles with open or close beyond high or low', each.symbol),
    ),
  ].filter((line) => line !== undefined);
  const across =
    symbols.reduce((sum, each) => sum + each.duplicates, 0) -
    files.reduce((sum, each) => sum + each.duplicates, 0);
  if (across > 0) found.push(`${across} exact duplicates across files`);
  if (found.length === 0) return;
  throw new TradekitError('DATA', `--strict: ${found.join('; ')}.`, {
    hint: 'Clean the files, or leave --strict out: rows are then sorted and dropped as counted here.',
  });
}

function counted(count: number, what: string, where: string): string | undefined {
  return count === 0 ? undefined : `${where}: ${count} ${what}`;
}
