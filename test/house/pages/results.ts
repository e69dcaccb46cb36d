import type { CancelReason, NoPlanReason } from '../../../src/core/domain/events/events.ts';
import { RULES } from '../../../src/core/domain/risk/catalog.ts';
import type { Rule } from '../../../src/core/domain/risk/rule.ts';
import type { RiskRule } from '../../../src/core/domain/risk/settings.ts';
import type { ExitReason } from '../../../src/core/domain/trading/trade.ts';
import { EQUITY_COLUMNS } from '../../../src/core/views/equity-csv.ts';
import { TRADE_COLUMNS } from '../../../src/core/views/trades-csv.ts';
import { remedyFor, wordsFor } from '../../../src/core/views/words.ts';
import { code, drawTable, type Tables } from './page.ts';

/** Tables of docs/results.md. */
export function resultTables(): Tables {
  return {
    'trade-columns': columnTable(TRADE_COLUMNS),
    'equity-columns': columnTable(EQUITY_COLUMNS),
    'no-plan': reasonTable(NO_PLAN),
    rejected: reasonTable(rejections()),
    cancelled: reasonTable(CANCELLED),
    exits: drawTable(
      ['code', 'the report says', 'when'],
      Object.entries(EXITS).map(([reason, when]) => [code(reason), wordsFor(reason), when]),
    ),
  };
}

/** Table of docs/how-it-decides.md. */
export function decisionTables(): Tables {
  const rows = RULES.map((rule, i) => [
    String(i + 1),
    code(rule.name),
    rule.summary,
    LIMITS[rule.name],
    reasonsOf(rule).map(code).join(', '),
  ]);
  return { rules: drawTable(['', 'rule', 'asks', 'limit set by', 'reason'], rows) };
}

type Column = { readonly name: string; readonly unit: string; readonly meaning: string };

function columnTable(columns: readonly Column[]): string {
  return drawTable(
    ['column', 'unit', 'meaning'],
    columns.map(({ name, unit, meaning }) => [code(name), unit, meaning]),
  );
}

function reasonTable(reasons: Readonly<Record<string, string>>): string {
  return drawTable(
    ['code', 'the report says', 'when', 'what to try'],
    Object.entries(reasons).map(([reason, when]) => [
      code(reason),
      wordsFor(reason),
      when,
      remedyFor(reason) ?? '',
    ]),
  );
}

const NO_PLAN: Readonly<Record<NoPlanReason, string>> = {
  NO_TARGET: 'no untaken level reaches the minimum net reward:risk, and the strategy has no `fallbackR`',
  NO_STOP: 'no confirmed pivot on the losing side of the close, or the stop would stand on the wrong side',
  NO_ENTRY: 'structure offers no entry of the kind that the strategy wants, or only one beyond the stop',
  STRUCTURE_WARMING_UP: 'ATR(14) of the timeframe needs 15 candles',
  UNKNOWN_STRATEGY: 'the signal names a strategy or a symbol that the run does not have: never in a backtest',
};

const CANCELLED: Readonly<Record<CancelReason, string>> = {
  price_moved: 'the next open was beyond the limit of a market entry',
  expired: 'no candle came in time, or price did not come to a limit or stop entry',
  square_off: 'the entry was still working at the square-off time, or was decided after it',
  session_end: 'the entry was still working at the close',
  feed_ended: 'the entry was still working when the data ended',
  halted: 'the kill switch stood, so the entry was never placed: never in a backtest',
};

const EXITS: Readonly<Record<ExitReason, string>> = {
  stop: 'the stop was touched, or the candle opened beyond it',
  target: 'price traded through the target (model `neutral`: touched it)',
  square_off: 'at the open of the candle that contains the square-off time',
  no_data: 'that candle was missing: at the last close, booked at session end',
  feed_ended: 'the data ended with the position open: at the last close',
};

function rejections(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    RULES.flatMap((rule) => reasonsOf(rule).map((reason) => [reason, `rule ${code(rule.name)}`])),
  );
}

/** A rule that chooses between reasons names them here. */
function reasonsOf({ name, reason }: Rule): readonly string[] {
  if (typeof reason === 'string') return [reason];
  if (name === 'conflict') return ['CONFLICT', 'OUTRANKED'];
  throw new Error(`Which reasons has the rule "${name}"?`);
}

const LIMITS: Readonly<Record<RiskRule, string>> = {
  'well-formed': '',
  tradable: '`--trade-as`',
  'entry-window': '`--entry-after-open`, `--entry-before-close`',
  'one-position': '',
  'intraday-lock': '`--lock`',
  conflict: '',
  'buying-power': '`--max-position-pct`, `--leverage`',
  liquidity: '`--max-volume-pct`, `--volume-candles`',
  'min-quantity': '',
  'reward-risk': '`--min-rr`',
  'max-positions': '`--max-positions`',
  'max-open-risk': '`--max-open-risk-pct`',
  'max-daily-loss': '`--max-daily-loss-pct`',
};
