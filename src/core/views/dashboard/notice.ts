/** What was said of the run by who watches over it, and when: UTC epoch ms. */
export type Notice = { readonly text: string; readonly at: number };
