import { describe, expect, it } from 'vitest';
import { recogniseClock, recogniseStamp } from '../../../../../src/core/adapters/feed/csv/stamp-format.ts';
import { createStampReader } from '../../../../../src/core/adapters/feed/csv/stamp-reader.ts';

const COMMA = 44;

/** A stamp in the format of its own text, as ISO time; undefined when it is no stamp. */
function read(text: string, like = text, order?: 'dmy' | 'mdy'): string | undefined {
  const format = recogniseStamp([like], order);
  if (format === undefined) return undefined;
  const reader = createStampReader(format);
  const bytes = Buffer.from(`${text},1.5\n`);
  const at = reader.readStamp(bytes, 0, COMMA);
  return Number.isNaN(at) || bytes[reader.end] !== COMMA ? 'refused' : new Date(at).toISOString();
}

const NINE_SIXTEEN = '2015-07-06T09:16:00.000Z';

describe('stamps', () => {
  it.each([
    ['2015-07-06 09:16:00', NINE_SIXTEEN],
    ['2015-07-06 09:16', NINE_SIXTEEN],
    ['2015-07-06T09:16', NINE_SIXTEEN],
    ['2015-07-06T09:16:00Z', NINE_SIXTEEN],
    ['2015-07-06T09:16:00.000Z', NINE_SIXTEEN],
    ['2015-07-06T09:16:00.250', '2015-07-06T09:16:00.250Z'],
    ['2015-07-06 09:16:00.250999', '2015-07-06T09:16:00.250Z'],
    ['2015-07-06T14:46:00+05:30', NINE_SIXTEEN],
    ['2015-07-06T14:46:00+0530', NINE_SIXTEEN],
    ['2015-07-06 05:16:00-04:00', NINE_SIXTEEN],
    ['2015-07-06 05:16:00-04', NINE_SIXTEEN],
    ['2015/07/06 09:16:00', NINE_SIXTEEN],
    ['2015/7/6 9:16', NINE_SIXTEEN],
    ['2015.07.06 09:16:00', NINE_SIXTEEN],
    ['20150706 09:16', NINE_SIXTEEN],
    ['20150706 091600', NINE_SIXTEEN],
    ['20150706T091600Z', NINE_SIXTEEN],
    ['201507060916', NINE_SIXTEEN],
    ['20150706091600', NINE_SIXTEEN],
    ['06.07.2015 09:16:00.000', NINE_SIXTEEN],
    ['06.07.2015 14:46:00.000 GMT+0530', NINE_SIXTEEN],
    ['2015-07-06 09:16:00 UTC', NINE_SIXTEEN],
    ['6-Jul-15 09:16', NINE_SIXTEEN],
    ['06 Jul 2015 09:16', NINE_SIXTEEN],
    ['2015-07-06 09:16 PM', '2015-07-06T21:16:00.000Z'],
    ['2015-07-06 12:16 AM', '2015-07-06T00:16:00.000Z'],
    ['2015-07-06 12:16 PM', '2015-07-06T12:16:00.000Z'],
    ['2015-07-06 24:00', '2015-07-07T00:00:00.000Z'],
    ['1436174160', NINE_SIXTEEN],
    ['1436174160.0', NINE_SIXTEEN],
    ['1436174160000', NINE_SIXTEEN],
    ['1436174160000000', NINE_SIXTEEN],
    ['1436174160000000000', NINE_SIXTEEN],
    ['20150706', '2015-07-06T00:00:00.000Z'],
    ['2015-07-06', '2015-07-06T00:00:00.000Z'],
    ['31-Dec-10', '2010-12-31T00:00:00.000Z'],
    ['31-Dec-98', '1998-12-31T00:00:00.000Z'],
    ['2016-02-29', '2016-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(read(text)).toBe(iso);
  });

  it.each([
    ['13/07/2015 09:16', undefined, '2015-07-13T09:16:00.000Z'],
    ['07/13/2015 09:16', undefined, '2015-07-13T09:16:00.000Z'],
    ['06/07/2015 09:16', 'dmy', NINE_SIXTEEN],
    ['07/06/2015 09:16', 'mdy', NINE_SIXTEEN],
    ['13-07-2015 09:16', undefined, '2015-07-13T09:16:00.000Z'],
  ] as const)('%s (told %s) is %s', (text, order, iso) => {
    expect(read(text, text, order)).toBe(iso);
  });

  it.each([
    ['2015-02-29 09:16', '2015-07-06 09:16'],
    ['2015-13-01 09:16', '2015-07-06 09:16'],
    ['2015-07-06 09:61', '2015-07-06 09:16'],
    ['2015-07-06 25:00', '2015-07-06 09:16'],
    ['2015-07-06 13:16 PM', '2015-07-06 09:16 PM'],
    ['2015-07-06 09:16 IST', '2015-07-06 09:16'],
    ['2015-07-06 09:16Z', '2015-07-06 09:16'],
    ['2015-07-06 09:16', '2015-07-06 09:16Z'],
    ['2015-07-06 09:16+', '2015-07-06 09:16+05:30'],
    ['2015-07-06 09:16+5', '2015-07-06 09:16+05:30'],
    ['2015-07-06 09:16+05:', '2015-07-06 09:16+05:30'],
    ['2015-07-06 09:16+05:3', '2015-07-06 09:16+05:30'],
    ['2015-07-06 09:16+05:90', '2015-07-06 09:16+05:30'],
    ['2015-07-06 09:16+0590', '2015-07-06 09:16+0530'],
    ['2015-07-06 09:16+15:00', '2015-07-06 09:16+05:30'],
    ['2015-07-06', '2015-07-06 09:16'],
    ['20150732', '20150706'],
    ['12', '20150706'],
    ['5-Foo-15', '5-Jul-15'],
    ['abc', '2015-07-06'],
    ['', '1436174160'],
  ])('refuses %s in a file whose stamps look like %s', (text, like) => {
    expect(read(text, like)).toBe('refused');
  });

  it.each(['', 'abc', '14400000', '12.5', '09:16', '2015-07-06 09:16 EST', 'Date'])(
    'sees no date in "%s"',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it.each([
    ['2015-07-38', '2015-08-06'],
    ['2015-17-05', '2016-01-05'],
  ])('refuses %s also behind %s, whose day it would be counted on', (text, before) => {
    const format = recogniseStamp([before]);
    if (format === undefined) throw new Error(`${before} is a date.`);
    const reader = createStampReader(format);
    expect(reader.readStamp(Buffer.from(`${before},`), 0, COMMA)).toBe(Date.parse(before));
    expect(reader.readStamp(Buffer.from(`${text},`), 0, COMMA)).toBeNaN();
  });

  it('leaves the order of day and month open when all numbers are 12 or less', () => {
    expect(recogniseStamp(['06/07/2015', '07/07/2015'])?.orderUnknown).toBe(true);
    expect(recogniseStamp(['06/07/2015', '06/13/2015'])).toMatchObject({ shape: 'mdy', orderUnknown: false });
  });
});

describe('times of day', () => {
  it.each([
    ['09:16:00', 33_360_000],
    ['09:16', 33_360_000],
    ['091600', 33_360_000],
    ['91600', 33_360_000],
    ['0916', 33_360_000],
    ['9:16 PM', 76_560_000],
  ])('%s', (text, ms) => {
    expect(recogniseClock(text)).toBeDefined();
    const format = recogniseStamp(['20150706']);
    if (format === undefined) throw new Error('20150706 is a date.');
    expect(createStampReader(format).readClock(Buffer.from(`${text},`), 0)).toBe(ms);
  });
});
