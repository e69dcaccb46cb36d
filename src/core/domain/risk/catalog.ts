import type { Rule } from './rule.ts';
import { buyingPower } from './rules/buying-power.ts';
import { conflict } from './rules/conflict.ts';
import { entryWindow } from './rules/entry-window.ts';
import { intradayLock } from './rules/intraday-lock.ts';
import { liquidity } from './rules/liquidity.ts';
import { maxDailyLoss } from './rules/max-daily-loss.ts';
import { maxOpenRisk } from './rules/max-open-risk.ts';
import { maxPositions } from './rules/max-positions.ts';
import { minQuantity } from './rules/min-quantity.ts';
import { onePosition } from './rules/one-position.ts';
import { rewardRisk } from './rules/reward-risk.ts';
import { tradable } from './rules/tradable.ts';
import { wellFormed } from './rules/well-formed.ts';

/** All rules, in the order in which the first failure becomes the reason. Those that cut quantities come before those that weigh them. */
export const RULES: readonly Rule[] = [
  wellFormed,
  tradable,
  entryWindow,
  onePosition,
  intradayLock,
  conflict,
  buyingPower,
  liquidity,
  minQuantity,
  rewardRisk,
  maxPositions,
  maxOpenRisk,
  maxDailyLoss,
];
