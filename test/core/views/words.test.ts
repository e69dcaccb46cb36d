import { describe, expect, it } from 'vitest';
import { flagOf, isSettingName, SETTING_NAMES } from '../../../src/core/config/setting-table.ts';
import type { CancelReason } from '../../../src/core/domain/events/events.ts';
import { RULES } from '../../../src/core/domain/risk/catalog.ts';
import { RISK_RULES } from '../../../src/core/domain/risk/settings.ts';
import { remedyFor } from '../../../src/core/views/words.ts';

/** The setting that each hangs on. */
const CANCELLED: Readonly<Record<CancelReason, RegExp>> = {
  price_moved: /--collar-ratio/,
  expired: /--entry-life-candles .*--market-life-candles/,
  session_end: /--entry-before-close/,
  square_off: /a shorter --square-off-before-close/,
  feed_ended: /--to/,
  halted: /--allow-entries/,
};

describe('what to try', () => {
  it.each(Object.entries(CANCELLED))(
    'against orders cancelled by %s names the setting',
    (reason, setting) => {
      expect(remedyFor(reason)).toMatch(setting);
    },
  );

  it('against buying power names each of the three that can bind', () => {
    expect(remedyFor('BUYING_POWER')).toMatch(/--equity.*--max-position-pct.*--leverage/);
  });

  it('against signals outside of the hours of entries names both ends of them', () => {
    expect(remedyFor('ENTRY_WINDOW')).toMatch(/a smaller --entry-before-close or --entry-after-open/);
  });

  it('names flags that there are, and switches off rules alone', () => {
    const flags = [...SETTING_NAMES.filter(isSettingName).map(flagOf), '--resume', '--allow-entries'];
    const ofRules = RULES.flatMap(({ reason }) => (typeof reason === 'string' ? reason : []));
    const reasons = [...ofRules, 'CONFLICT', 'OUTRANKED', 'NO_TARGET', 'STRUCTURE_WARMING_UP'];
    for (const reason of [...reasons, ...Object.keys(CANCELLED)]) {
      const remedy = remedyFor(reason) ?? '';
      expect(remedy, reason).not.toBe('');
      for (const [flag] of remedy.matchAll(/--[a-z-]+/g)) expect(flags).toContain(flag);
      for (const [, rule] of remedy.matchAll(/--disable ([\w-]+)/g)) expect(RISK_RULES).toContain(rule);
    }
  });
});
