import type { TradekitEvent } from '../domain/events/events.ts';
import type { Money } from '../domain/performance/result.ts';
import { toMinor } from '../domain/trading/money.ts';
import { drawFacts } from './line.ts';
import { formatSignedMoney } from './money.ts';
import { formatCounted } from './numbers.ts';
import type { Style } from './style.ts';

/** What the closed positions made in all, summed from their events. */
export interface ClosedTally {
  count(event: TradekitEvent): void;
  draw(style: Style): readonly string[];
}

export function createClosedTally(money: Money): ClosedTally {
  const total = { closed: 0, won: 0, gross: 0, charges: 0, slippage: 0, net: 0, r: 0 };
  const minor = (amount: number): number => toMinor(amount, money.minorDigits);
  return {
    count(event) {
      if (event.type !== 'POSITION_CLOSED') return;
      total.closed += 1;
      if (event.netPnl > 0) total.won += 1;
      total.gross += minor(event.grossPnl);
      total.slippage += minor(event.slippage);
      total.charges += Object.values(event.fees).reduce((sum, fee) => sum + minor(fee), 0);
      total.net += minor(event.netPnl);
      total.r += event.pnlR;
    },
    draw(style) {
      if (total.closed === 0) return [];
      const wonPct = ((100 * total.won) / total.closed).toFixed(1);
      return drawFacts(
        [
          {
            label: 'trades',
            value: String(total.closed),
            detail: `${formatCounted(total.won, 'win')}, ${wonPct} %`,
          },
          { label: 'gross P&L', value: formatSignedMoney(total.gross, money), detail: '' },
          { label: '- charges', value: formatSignedMoney(-total.charges, money), detail: '' },
          { label: '- slippage', value: formatSignedMoney(-total.slippage, money), detail: '' },
          {
            label: '= net P&L',
            value: formatSignedMoney(total.net, money),
            detail: `${(total.r / total.closed).toFixed(2)} R a trade`,
          },
        ],
        style,
      );
    },
  };
}
