/** Wall-clock time, for hosts that pace themselves. Nothing that decides reads it. */
export interface Clock {
  /** Milliseconds that only grow; where they start means nothing. */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
