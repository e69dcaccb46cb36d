import { expect, it } from 'vitest';
import { drawStudy } from '../../../../src/core/views/structure/draw-study.ts';
import { studyJson } from '../../../../src/core/views/structure/study-json.ts';
import { legs, studyOfTape } from './drawn.ts';

const STYLE = { width: 80, colour: false };

it('heads with all candles that structure was built from, not only with those that are kept', () => {
  // Up and down by 10, 20 candles a time: 5,000 in all, the first at midnight of 1970-01-01.
  const tape = legs(100, ...Array.from({ length: 250 }, () => [110, 100]).flat());
  const study = studyOfTape({ tape });
  expect(drawStudy(study, 'UTC', STYLE).replaceAll('\n', ' ')).toContain(
    '· 5,000 candles since 1970-01-01 00:00',
  );
  expect(study.candles).toHaveLength(4096);
  expect(studyJson(study, 'UTC')).toMatchObject({ folded: { count: 5000, since: 0 } });
});

it('counts one candle as one', () => {
  const study = studyOfTape({ tape: legs(100, 101) });
  expect(drawStudy(study, 'UTC', STYLE).replaceAll('\n', ' ')).toContain('· 1 candle since 1970-01-01 00:00');
});
