import type { Condition } from '../strategy.ts';

/** How else a comparison is written, in other languages and by mistake: for what an error suggests, never read as such. */
export const OTHER_SPELLINGS: Readonly<Record<string, Condition>> = {
  '=': '==',
  '===': '==',
  '=>': '>=',
  '≥': '>=',
  '=<': '<=',
  '≤': '<=',
  '<>': '!=',
  '!==': '!=',
  '=!': '!=',
  '≠': '!=',
};
