import { TradekitError } from '../../core/domain/error.ts';
import { bundledCandles, marketNamed, marketOptionsOf, settingsOf } from '../choice.ts';
import type { Flags } from '../flags.ts';
import { styleOf } from '../terminal.ts';

/** The market structure engine on its own: no store, no strategies, no service. */
export async function testStructure({
  test: _,
  data,
  at,
  direction,
  timeframe,
  ...typed
}: Flags): Promise<void> {
  const settings = settingsOf(typed);
  const market = marketNamed(settings.market.name, marketOptionsOf(settings));
  const { showStructure } = await import('../mse-test-run.ts');
  const { readCandleFiles } = await import('../../core/adapters/feed/csv/read-candle-files.ts');
  const path = typeof data === 'string' ? data : bundledCandles();
  if (path === undefined) throw notBundled();
  await showStructure({
    flags: { at, direction, timeframe },
    settings,
    market,
    path,
    isBundled: data === undefined,
    read: (file, options) => readCandleFiles([file], options, market.calendar),
    style: styleOf(process.stdout, process.env, 80),
    write: (text) => void process.stdout.write(text),
  });
}

function notBundled(): TradekitError {
  return new TradekitError('DATA', 'The bundled candles are not part of the installed package.', {
    hint: 'Name your own: tradekit mse --test --data data.csv',
  });
}
