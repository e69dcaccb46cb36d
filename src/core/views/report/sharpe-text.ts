import { MIN_SHARPE_DAYS, type Sharpe } from '../../domain/performance/sharpe.ts';
import { formatCounted, formatRatio, NONE } from '../numbers.ts';

/** `1.23 ± 0.98` with its days, or why there is none. */
export function describeSharpe(sharpe: Sharpe): { readonly value: string; readonly detail: string } {
  const { ratio, standardError, days, periodsPerYear } = sharpe;
  const length = formatCounted(days, 'day');
  if (ratio === null) {
    const why =
      days < MIN_SHARPE_DAYS ? `under ${MIN_SHARPE_DAYS} sessions: ${length}` : `${length} without spread`;
    return { value: NONE, detail: why };
  }
  return {
    value: `${formatRatio(ratio)} ± ${formatRatio(standardError)}`,
    detail: `${length}, annualised by √${periodsPerYear}`,
  };
}
