/** Reasons why a reading is undefined, in the words traces use. */
export const NO_VOLUME = 'no volume';
export const SESSION_INCOMPLETE = 'session incomplete';
export const NO_SESSION = 'no session yet';

export function warmingUp(seen: number, needed: number): string {
  return `warming up (${seen} of ${needed})`;
}
