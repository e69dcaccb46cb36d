/** Holds back who folds while a display is paused, and lets single instants through. */
export interface Gate {
  set(isClosed: boolean): void;
  /** One instant more, while it is closed. */
  step(): void;
  /** Resolves when something may pass: everything, or one instant. Resolves also when the signal aborts. */
  pass(signal: AbortSignal): Promise<'all' | 'one'>;
}

export function createGate(): Gate {
  let isClosed = false;
  let steps = 0;
  let wake = (): void => {};

  return {
    set(closed) {
      if (isClosed === closed) return;
      isClosed = closed;
      steps = 0;
      wake();
    },
    step() {
      steps += 1;
      wake();
    },
    async pass(signal) {
      while (isClosed && steps === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      if (!isClosed) return 'all';
      steps = Math.max(0, steps - 1);
      return 'one';
    },
  };
}
