import { describe, expect, it } from 'vitest';
import { type Schedule, valueOn } from '../../../../../src/core/domain/trading/costs/schedule.ts';

const schedule: Schedule<number> = [
  ['2010-01-01', 1],
  ['2012-01-01', 2],
  ['2014-01-01', undefined],
  ['2016-01-01', 3],
];

describe('valueOn', () => {
  it.each([
    ['2009-12-31', 1, false],
    ['2010-01-01', 1, true],
    ['2011-12-31', 1, true],
    ['2012-01-01', 2, true],
    ['2013-12-31', 2, true],
    ['2014-01-01', 2, false],
    ['2015-12-31', 2, false],
    ['2016-01-01', 3, true],
    ['2099-01-01', 3, true],
  ])('%s', (date, value, covered) => {
    expect(valueOn(schedule, date)).toEqual({ value, covered });
  });
});
