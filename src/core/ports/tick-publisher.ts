/** Shows ticks to whoever looks at this moment. They are stored nowhere, nothing decides on them, and some may be lost. */
export interface TickPublisher {
  /**
   * A tick for which there is no connection is dropped.
   *
   * @throws CONFIG where ticks may not be published there
   */
  publishTick(line: string): Promise<void>;
}
