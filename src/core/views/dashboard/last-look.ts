/** How the dashboard of a run that is over stands there. */
export type LastLook = {
  /** Until it closes by itself; undefined where somebody is there to close it. */
  readonly closesInMs: number | undefined;
};

/** So long it stands where nobody presses a key. */
const UNATTENDED_MS = 20_000;

/**
 * Who watches a run wants to see how it ended, so the dashboard stays; a run that nobody watches ends by itself all the same.
 * A key tells the one from the other.
 *
 * @param isOver the run is over, and the end of it on the screen
 */
export function createLastLook(isOver: () => boolean) {
  let closesAt: number | undefined;
  let isAttended = false;
  return {
    /** What is pressed before the end says nothing of who is there afterwards. */
    onKey(): void {
      isAttended = closesAt !== undefined;
    },
    /** Undefined while the run goes on. */
    at(now: number): LastLook | undefined {
      if (!isOver()) return undefined;
      closesAt ??= now + UNATTENDED_MS;
      return { closesInMs: isAttended ? undefined : Math.max(0, closesAt - now) };
    },
  };
}
