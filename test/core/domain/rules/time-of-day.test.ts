import { expect, it } from 'vitest';
import { formatTimeOfDay, parseTimeOfDay } from '../../../../src/core/domain/rules/time-of-day.ts';

it.each(['00:00', '09:15', '09:20:30', '24:00'])('a time of day is written as it is read: %s', (text) => {
  expect(formatTimeOfDay(parseTimeOfDay(text) ?? Number.NaN)).toBe(text);
});
