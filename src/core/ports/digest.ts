/** A running fingerprint: the same texts in the same order give the same one. */
export interface Digest {
  update(text: string): void;
  /** Lower-case hex of what was fed so far. */
  hex(): string;
}
