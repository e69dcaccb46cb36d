/** What the kill switch says of who set it there. */
export const HALTED_BY = 'the dashboard of run-all';
