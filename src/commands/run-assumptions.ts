import type { Settings } from '../core/config/settings.ts';
import { formatTimeframe } from '../core/domain/market/timeframe.ts';
import type { Assumptions, SettingShown } from '../core/domain/performance/result.ts';
import { DEFAULT_RISK_LIMITS } from '../core/domain/risk/settings.ts';
import type { Strategy } from '../core/domain/rules/strategy.ts';
import { DEFAULT_FILLS } from '../core/domain/simulation/settings.ts';
import { toMinor } from '../core/domain/trading/money.ts';
import type { History } from './history.ts';

/** What the numbers of a run rest on. */
export function assumptionsOf({ settings, market, input, strategiesFile }: History): Assumptions {
  const { risk, fills } = settings;
  return {
    market: market.name,
    symbols: input.instruments.map(({ symbol }) => symbol),
    baseTimeframe: formatTimeframe(input.baseTimeframeMs),
    startingMinor: toMinor(risk.startingBalance, market.minorDigits),
    riskPct: risk.riskPct,
    ownRiskPct: input.strategies.flatMap(({ name, risk: { riskPct = risk.riskPct } }) =>
      riskPct === risk.riskPct ? [] : [{ strategy: name, riskPct }],
    ),
    fillModel: fills.model,
    slippage: fills.slippage,
    costs: market.costs.summary,
    strategiesFile,
    strategies: input.strategies.length,
    disabledRules: [...risk.disabledRules, ...(settings.structure.widenStops ? [] : ['stop-distance'])],
    settings: [...limitsShown(settings), ...choicesShown(settings), ...ownRewardRisk(input.strategies)],
    chosenElsewhere: elsewhereText(settings.elsewhere),
  };
}

function shown(name: string, value: string | number, byDefault?: string | number): SettingShown {
  return { name, value: String(value), isDefault: byDefault === undefined || value === byDefault };
}

/** The limits of a run, as their flags are named. */
function limitsShown({ risk }: Settings): readonly SettingShown[] {
  return [
    shown('min-rr', risk.minRewardRisk, DEFAULT_RISK_LIMITS.minRewardRisk),
    shown('lock', risk.lock, DEFAULT_RISK_LIMITS.lock),
    shown('leverage', risk.leverage),
    shown('max-positions', risk.maxPositions, DEFAULT_RISK_LIMITS.maxPositions),
    shown('max-open-risk-pct', risk.maxOpenRiskPct, DEFAULT_RISK_LIMITS.maxOpenRiskPct),
    shown('max-daily-loss-pct', risk.maxDailyLossPct, DEFAULT_RISK_LIMITS.maxDailyLossPct),
    shown('max-position-pct', risk.maxPositionPct, DEFAULT_RISK_LIMITS.maxPositionPct),
    shown('max-volume-pct', risk.maxVolumePct, DEFAULT_RISK_LIMITS.maxVolumePct),
  ];
}

/** What else changes trades, where it was chosen. */
function choicesShown({ risk, fills, market, data }: Settings): readonly SettingShown[] {
  const given = (name: string, value: string | undefined): readonly SettingShown[] =>
    value === undefined ? [] : [{ name, value, isDefault: false }];
  const isChosen = ({ isDefault }: SettingShown): boolean => !isDefault;
  return [
    shown('volume-candles', risk.volumeCandles, DEFAULT_RISK_LIMITS.volumeCandles),
    shown('collar-ratio', fills.collarRatio, DEFAULT_FILLS.collarRatio),
    shown('market-life-candles', fills.marketLifeCandles, DEFAULT_FILLS.marketLifeCandles),
    shown('entry-life-candles', fills.entryLifeCandles, DEFAULT_FILLS.entryLifeCandles),
    ...given('entry-after-open', lengthText(market.entryAfterOpenMs)),
    ...given('entry-before-close', lengthText(market.entryBeforeCloseMs)),
    ...given('square-off-before-close', lengthText(market.squareOffBeforeCloseMs)),
    ...given('trade-as', data.tradeAs),
  ].filter(isChosen);
}

/** As its flag is written; null is never. */
function lengthText(ms: number | null | undefined): string | undefined {
  if (ms === undefined) return undefined;
  return ms === null ? 'never' : ms === 0 ? '0' : formatTimeframe(ms);
}

/** A strategy may ask for more, or be content with less. */
function ownRewardRisk(strategies: readonly Strategy[]): readonly SettingShown[] {
  return strategies.flatMap(({ name, risk: { minRewardRisk } }) =>
    minRewardRisk === undefined
      ? []
      : [{ name: `min-rr of ${name}`, value: String(minRewardRisk), isDefault: false }],
  );
}

function elsewhereText({ file, variables }: Settings['elsewhere']): readonly string[] {
  return [
    ...(file === undefined ? [] : [`${file.path}: ${file.names.join(', ')}`]),
    ...(variables.length === 0 ? [] : [`environment: ${variables.join(', ')}`]),
  ];
}
