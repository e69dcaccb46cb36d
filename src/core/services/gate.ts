/** Holds back who goes on while something is paused, and lets single instants through. */
export interface Gate {
  readonly isClosed: boolean;
  set(isClosed: boolean): void;
  /** One instant more, while it is closed. */
  step(): void;
  /** Resolves when something may pass: everything, or one instant. Resolves also when the signal aborts. */
  pass(signal: AbortSignal): Promise<'all' | 'one'>;
}

/** Open at first. One at a time may wait at it. */
export function createGate(): Gate {
  let isClosed = false;
  let steps = 0;
  let wake = (): void => {};

  function knock(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      wake = () => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      signal.addEventListener('abort', wake);
    });
  }

  return {
    get isClosed() {
      return isClosed;
    },
    set(closed) {
      if (isClosed === closed) return;
      isClosed = closed;
      steps = 0;
      wake();
    },
    step() {
      if (!isClosed) return;
      steps += 1;
      wake();
    },
    async pass(signal) {
      while (isClosed && steps === 0 && !signal.aborted) await knock(signal);
      if (!isClosed) return 'all';
      steps = Math.max(0, steps - 1);
      return 'one';
    },
  };
}
