import { createHash } from 'node:crypto';
import type { Digest } from '../../ports/digest.ts';

/** SHA-256 of UTF-8 text. Short texts are gathered, so that a call per event costs little. */
export function createSha256(): Digest {
  const hash = createHash('sha256');
  let pending = '';
  return {
    update(text) {
      pending += text;
      if (pending.length < 1 << 16) return;
      hash.update(pending);
      pending = '';
    },
    hex: () => hash.copy().update(pending).digest('hex'),
  };
}
