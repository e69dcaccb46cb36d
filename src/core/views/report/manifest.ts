import type { BacktestResult } from '../../domain/performance/result.ts';
import { drawFacts } from '../line.ts';
import type { Style } from '../style.ts';

const SHORT = 16;

/** What makes this result again. Hashes are cut; `--json` has them whole. */
export function drawManifest({ manifest: of }: BacktestResult, style: Style): readonly string[] {
  const data = of.data.map(({ symbol, hash }) => `${symbol} ${hash.slice(0, 8)}`);
  const shown = data.slice(0, 4);
  if (data.length > shown.length) shown.push(`and ${data.length - shown.length} more`);
  return drawFacts(
    [
      {
        label: 'result',
        value: { text: of.resultHash.slice(0, SHORT), tone: 'strong' },
        detail: `events ${of.eventsHash.slice(0, SHORT)}`,
      },
      {
        label: 'made from',
        value: `tradekit ${of.codeVersion}`,
        detail: `strategies ${of.strategiesHash.slice(0, 8)} · settings ${of.settingsHash.slice(0, 8)} · data ${shown.join(', ')}`,
      },
    ],
    style,
  );
}
