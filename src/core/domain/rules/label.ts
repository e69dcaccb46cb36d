import type { CatalogEntry } from '../indicators/entry.ts';
import { formatTimeframe } from '../market/timeframe.ts';
import type { ReadingSpec } from './strategy.ts';

/**
 * A reading as a trace names it: `ema9`, `pinbar(long)`, `ema50(hlc3)@15m[1]`, what differs from the default in
 * brackets, then its timeframe, then how many candles back.
 */
export function labelOf(spec: Omit<ReadingSpec, 'label'>, entry: CatalogEntry): string {
  const { shorthand } = entry;
  const digits = shorthand === undefined ? '' : String(spec.params[shorthand]);
  const details = Object.entries(spec.params)
    .filter(([name, value]) => name !== shorthand && value !== entry.params[name]?.default)
    .map(([name, value]) => (typeof value === 'string' ? value : `${name} ${value}`));
  if (entry.source !== undefined && spec.source !== entry.source) details.push(spec.source);
  return [
    `${spec.name}${digits}`,
    details.length === 0 ? '' : `(${details.join(', ')})`,
    spec.output === undefined ? '' : `.${spec.output}`,
    spec.timeframeMs === undefined ? '' : `@${formatTimeframe(spec.timeframeMs)}`,
    spec.offset === 0 ? '' : `[${spec.offset}]`,
  ].join('');
}
