/** How a process ended: its code, or the signal that killed it. */
export type ProcessEnd = { readonly code: number | undefined; readonly signal: string | undefined };

export interface ChildProcess {
  readonly pid: number;
  readonly ended: Promise<ProcessEnd>;
  /** Asks it to end: it may finish what it is at. */
  stop(): void;
  /** Ends it, whatever it is at. */
  kill(): void;
}

/** Starts another copy of this program. */
export interface Launcher {
  /** `onLine` hears each line of its stderr. */
  launch(args: readonly string[], onLine: (line: string) => void): ChildProcess;
}
