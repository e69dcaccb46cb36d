import type { NoTradeDiagnosis } from '../domain/performance/no-trade.ts';
import type { OwnKey, OwnSetting } from '../domain/performance/own-setting.ts';
import { remedyFor } from './words.ts';

/** The flag that a strategy's own key stands in for. */
const FLAGS: Readonly<Partial<Record<OwnKey, string>>> = {
  'risk.minRewardRisk': '--min-rr',
  'risk.riskPct': '--risk-pct',
};

/** Own keys that no flag stands in for: what is wrong with them where they end signals. */
const FAULTS: Readonly<Partial<Record<OwnKey, string>>> = {
  'plan.stop':
    'a stop at zero, or not on the losing side of the price, protects nothing. Try { "atr": 1.5 }.',
  'plan.target': 'it has to lie beyond both the close and the entry, and above zero.',
  'plan.fallbackR':
    'the target that it gives has to lie beyond both the close and the entry, and above zero.',
};

/** What to try against the reason that bound most: the strategy's own key where it is that which decides. */
export function remedyAgainst({
  reason,
  own,
  allOwn,
}: NonNullable<NoTradeDiagnosis['boundMost']>): string | undefined {
  const general = remedyFor(reason);
  const faults = own.flatMap((of) => faultOf(of) ?? []);
  const replaced = replaceFlags(general, own, allOwn);
  const isGeneral = !allOwn || faults.length < own.length;
  const texts = [...(isGeneral && replaced !== undefined ? [replaced] : []), ...faults.slice(0, MOST_FAULTS)];
  return texts.length === 0 ? undefined : texts.join(' ');
}

const MOST_FAULTS = 2;

function faultOf({ strategy, key, value }: OwnSetting): string | undefined {
  const fault = FAULTS[key];
  return fault && `Change ${key} of ${strategy}, now ${value}: ${fault}`;
}

/** `--min-rr` → `risk.minRewardRisk of burst (now 4)`, or both where the flag holds for others. */
function replaceFlags(
  general: string | undefined,
  own: readonly OwnSetting[],
  allOwn: boolean,
): string | undefined {
  const first = own.find(({ key }) => FLAGS[key] !== undefined);
  const flag = first && FLAGS[first.key];
  if (general === undefined || first === undefined || flag === undefined) return general;
  const more = own.filter(({ key }) => key === first.key).length - 1;
  const others = more > 0 ? ` and ${more} more` : '';
  const key = `${first.key} of ${first.strategy} (now ${first.value})${others}`;
  return general.replace(flag, allOwn ? key : `${flag}, and ${key}`);
}
