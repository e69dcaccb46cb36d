/** Whether there is a screen to fill and somebody to press keys. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** What the kill switch says of who set it there. */
export const HALTED_BY = 'the dashboard of run-all';
