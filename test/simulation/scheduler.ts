/** Decides who goes on next, from one seed: every await of a simulated process is a turn that it hands out. */
export interface Scheduler {
  /** A number in [0, 1). */
  random(): number;
  /** Resolves when its turn has come. */
  turn(): Promise<void>;
  /** Hands out turns until nobody waits for one; gives their number. */
  run(): Promise<number>;
}

export function createScheduler(seed: number): Scheduler {
  const random = mulberry32(seed);
  const waiting: (() => void)[] = [];
  return {
    random,
    turn: () => new Promise((resolve) => void waiting.push(resolve)),
    async run() {
      let turns = 0;
      await settle();
      while (waiting.length > 0) {
        const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
        next?.();
        turns += 1;
        await settle();
      }
      return turns;
    },
  };
}

/** Until every promise that can resolve has resolved. */
function settle(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
