import type { BacktestResult, SettingShown } from '../../domain/performance/result.ts';
import { DEFAULT_RISK_LIMITS } from '../../domain/risk/settings.ts';
import { DEFAULT_FILLS } from '../../domain/simulation/settings.ts';
import { drawFacts, drawLine, drawParagraph, type Fact } from '../line.ts';
import { formatMoney } from '../money.ts';
import { formatCounted } from '../numbers.ts';
import { riskSetting } from '../risk-setting.ts';
import type { Style } from '../style.ts';

/** What the numbers rest on. */
export function drawAssumptions({ assumptions: of, money }: BacktestResult, style: Style): readonly string[] {
  const { slippage } = of;
  const risk = riskSetting(of);
  const facts: Fact[] = [
    {
      label: 'account',
      value: `${formatMoney(of.startingMinor, money)}, risking ${risk.pct} a trade${risk.remark}`,
    },
    { label: 'strategies', value: `${of.strategies} of ${of.strategiesFile}` },
    {
      label: 'fills',
      value: `${of.fillModel}, slippage the larger of ${formatCounted(slippage.ticks, 'tick')} and ${slippage.bp} bp`,
    },
    { label: 'costs', value: of.costs },
    { label: 'settings', value: settingsText(of.settings) },
  ];
  if (of.chosenElsewhere.length > 0) {
    facts.push({ label: 'chosen in', value: of.chosenElsewhere.join(' · ') });
  }
  if (of.disabledRules.length > 0) {
    facts.push({ label: 'switched off', value: { text: of.disabledRules.join(', '), tone: 'warn' } });
  }
  return drawFacts(facts.map(wrappable), style);
}

/** The same where something was chosen: what is as everybody has it need not be said again. */
export function drawChosen(result: BacktestResult, style: Style): readonly string[] {
  const { disabledRules, chosenElsewhere, settings, riskPct, fillModel, slippage } = result.assumptions;
  const isPlain =
    disabledRules.length + chosenElsewhere.length === 0 &&
    settings.every(({ isDefault }) => isDefault) &&
    riskPct === DEFAULT_RISK_LIMITS.riskPct &&
    fillModel === DEFAULT_FILLS.model &&
    slippage.ticks === DEFAULT_FILLS.slippage.ticks &&
    slippage.bp === DEFAULT_FILLS.slippage.bp;
  return isPlain ? [] : drawAssumptions(result, style);
}

/** Long values wrap as details do. */
function wrappable({ label, value }: Fact): Fact {
  return { label, value: '', detail: value };
}

/** Chosen ones first, marked; then the defaults. */
function settingsText(settings: readonly SettingShown[]): string {
  const shown = (of: SettingShown) => `${of.name} ${of.value}`;
  const chosen = settings.filter(({ isDefault }) => !isDefault).map(shown);
  const defaults = settings.filter(({ isDefault }) => isDefault).map(shown);
  const parts = [...(chosen.length > 0 ? [`chosen: ${chosen.join(', ')}`] : []), ...defaults];
  return parts.length === 0 ? 'defaults' : parts.join(' · ');
}

const MOST_WARNINGS = 5;

/** What to know before believing the numbers. */
export function drawWarnings({ warnings }: BacktestResult, style: Style): readonly string[] {
  const lines = warnings
    .slice(0, MOST_WARNINGS)
    .flatMap(({ text }) => drawParagraph({ text: '  ! ', tone: 'warn' }, text, style));
  const more = warnings.length - MOST_WARNINGS;
  if (more <= 0) return lines;
  return [
    ...lines,
    drawLine([{ text: `    … and ${formatCounted(more, 'more warning')}`, tone: 'dim' }], style),
  ];
}
