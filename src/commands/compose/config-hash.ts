import { createSha256 } from '../../core/adapters/digest/sha256.ts';
import { type Choice, packageVersion } from '../choice.ts';

/** What decides: the same hash, the same decisions on the same feed. */
export function configHashOf({ settings, market, strategies }: Choice): string {
  const { market: named, risk, fills, structure } = settings;
  const digest = createSha256();
  digest.update(
    JSON.stringify([
      ...[named, risk, fills, structure, strategies, packageVersion()],
      ...[market.minorDigits, market.costs.summary],
    ]),
  );
  return digest.hex().slice(0, 16);
}
