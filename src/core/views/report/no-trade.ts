import type { NoTradeDiagnosis } from '../../domain/performance/no-trade.ts';
import type { BacktestResult } from '../../domain/performance/result.ts';
import { formatMinute } from '../clock.ts';
import { drawParagraph } from '../line.ts';
import { formatCount, formatCounted, formatPct } from '../numbers.ts';
import { remedyAgainst } from '../remedy.ts';
import type { Style } from '../style.ts';
import { type Column, cutRows, drawTable, type Row } from '../table.ts';
import { wordsFor } from '../words.ts';

/** Why nothing traded: what bound, how often, what came nearest, and the next thing to try. */
export function drawNoTrade(result: BacktestResult, style: Style): readonly string[] {
  const { noTrade } = result;
  if (noTrade === null) return [];
  const near = noTrade.nearMiss;
  const said = (lead: string, text: string) => drawParagraph({ text: `  ${lead}`, tone: 'dim' }, text, style);
  return [
    ...said('bound most     ', boundText(noTrade)),
    ...(near === null
      ? []
      : said(
          'nearest miss   ',
          `${near.symbol} ${formatMinute(result.zone, near.at)}, ${near.strategy}: ${near.text}`,
        )),
    ...drawRules(noTrade, style),
    ...drawConditions(noTrade, style),
    ...said('try            ', remedyOf(noTrade)),
  ];
}

function boundText({ boundMost, step, conditions }: NoTradeDiagnosis): string {
  if (boundMost !== null) {
    const share = formatPct((100 * boundMost.count) / Math.max(1, boundMost.ofSignals));
    return `${wordsFor(boundMost.reason)} (${boundMost.reason}): ${formatCount(boundMost.count)} of ${formatCounted(boundMost.ofSignals, 'signal')}, ${share}`;
  }
  if (step !== 'no_signal') return `${wordsFor(step)}: every order was still working when the data ended`;
  const hidden = outsideSession(conditions);
  if (hidden !== undefined) return hidden;
  const evaluated = conditions.reduce((sum, of) => sum + of.evaluated, 0);
  return `no strategy fired in ${formatCounted(evaluated, 'evaluation')}`;
}

/** The session window that kept most firings from being signals. */
function outsideSession(conditions: NoTradeDiagnosis['conditions']): string | undefined {
  const [most, ...more] = hiddenBySession(conditions);
  if (most === undefined) return undefined;
  const others =
    more.length === 0 ? '' : `; likewise ${formatCounted(more.length, 'more strategy', 'more strategies')}`;
  return `the session ${most.session} of ${most.strategy}: its logic came true ${formatCounted(most.times, 'time')}, all outside of it${others}`;
}

function hiddenBySession(conditions: NoTradeDiagnosis['conditions']) {
  return conditions
    .flatMap(({ strategy, outsideSession: of }) => (of === null ? [] : [{ strategy, ...of }]))
    .toSorted((a, b) => b.times - a.times);
}

function drawRules({ rules }: NoTradeDiagnosis, style: Style): readonly string[] {
  if (rules.length === 0) return [];
  const columns: readonly Column[] = [
    { title: 'rule', align: 'left', flexible: true },
    { title: 'plans that failed it', align: 'right' },
    { title: 'failed nothing else', align: 'right' },
  ];
  const rows = rules.map(({ rule, failed, alone }): Row => [rule, formatCount(failed), formatCount(alone)]);
  return drawTable(columns, cutRows(rows, 8), style);
}

/** Per strategy the conditions that held least. */
function drawConditions({ conditions }: NoTradeDiagnosis, style: Style): readonly string[] {
  if (conditions.length === 0) return [];
  const columns: readonly Column[] = [
    { title: 'strategy', align: 'left', flexible: true },
    { title: 'condition', align: 'left', wraps: true },
    { title: 'held', align: 'right' },
    { title: 'of', align: 'right' },
    { title: 'undefined', align: 'right' },
  ];
  const rows = conditions.flatMap(({ strategy, evaluated, conditions: own }) =>
    own
      .toSorted((a, b) => a.held - b.held)
      .map(({ condition, held, undefinedCount, why }): Row => {
        const missing = why === null ? '' : ` (${why})`;
        return [
          strategy,
          `${condition}${missing}`,
          formatCount(held),
          formatCount(evaluated),
          formatCount(undefinedCount),
        ];
      }),
  );
  return drawTable(columns, cutRows(rows, 12), style);
}

function remedyOf({ boundMost, conditions }: NoTradeDiagnosis): string {
  const remedy = boundMost === null ? undefined : remedyAgainst(boundMost);
  if (remedy !== undefined) return remedy;
  if (boundMost !== null) return 'More days or other symbols: no setting is known to change this.';
  const hidden = hiddenBySession(conditions).map(({ strategy }) => strategy);
  if (hidden.length > 0) {
    return `Widen or move "session" of ${hidden.join(', ')}: a strategy fires on candles that start inside it, exchange time; with "trigger": "edge" only as its logic becomes true.`;
  }
  if (conditions.every(({ evaluated }) => evaluated === 0)) {
    return 'No strategy was judged at all: none is enabled, none names these symbols, or no candle of its timeframe closed.';
  }
  const never = conditions.flatMap((of) => of.conditions).filter(({ held }) => held === 0);
  const undefinedOnes = never.filter(({ undefinedCount }) => undefinedCount > 0);
  if (undefinedOnes.length > 0)
    return 'More history, or data with volume: some conditions had nothing to read.';
  return never.length > 0
    ? 'Loosen a condition that never held, or try other symbols and more days.'
    : 'Each condition held at times, never all at once: loosen one, or use more data.';
}
