import { TradekitError } from '../../../domain/error.ts';
import { DAY_MS } from '../../../domain/market/civil.ts';
import { isKnownZone, localDayToUtc } from '../../../domain/market/zone.ts';
import { nearestNames } from '../../../domain/nearest.ts';
import type { FileReport } from '../../../ports/candle-files.ts';
import type { CandleRows } from './candle-rows.ts';
import { plainName, UTC_NAMES } from './fields.ts';
import type { Layout } from './layout.ts';
import { listed } from './refuse.ts';

export type StampZone = Pick<FileReport, 'zone' | 'zoneFrom'>;

/** Current names that the list of the runtime has under their old ones. */
const ALSO = ['UTC', 'Asia/Kolkata', 'Europe/Kyiv', 'Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Asia/Yangon'];

/** An offset in the stamps wins; epoch is UTC; then `--zone`, a header that says GMT, the market's zone. */
export function zoneOfStamps(layout: Layout, zoneFlag: string | undefined, marketZone: string): StampZone {
  if (layout.stamp.shape === 'epoch') return { zone: 'UTC', zoneFrom: 'epoch' };
  if (layout.stamp.hasOffset || layout.clock?.hasOffset === true) return { zone: 'UTC', zoneFrom: 'offset' };
  if (zoneFlag !== undefined) return { zone: zoneFlag, zoneFrom: 'flag' };
  const header = layout.header?.[layout.positions.get('stamp') ?? 0] ?? '';
  if (UTC_NAMES.includes(plainName(header))) return { zone: 'UTC', zoneFrom: 'header' };
  return { zone: marketZone, zoneFrom: 'market' };
}

/** @throws TradekitError CONFIG with the nearest known names */
export function checkZone(zone: string): void {
  if (isKnownZone(zone)) return;
  const near = nearestNames(zone, [...new Set([...ALSO, ...Intl.supportedValuesOf('timeZone')])]);
  throw new TradekitError('CONFIG', `Unknown time zone "${zone}".`, {
    hint:
      near.length > 0 ? `Did you mean ${listed(near)}?` : 'Write an IANA name such as Asia/Kolkata or UTC.',
  });
}

/** Wall-clock stamps become instants, in place. */
export function toInstants(rows: CandleRows, zone: string): void {
  if (zone === 'UTC') return;
  const { at } = rows;
  for (let i = 0; i < rows.length; i++) {
    const wall = at[i] ?? 0;
    const day = Math.floor(wall / DAY_MS);
    at[i] = localDayToUtc(zone, day, wall - day * DAY_MS);
  }
}
