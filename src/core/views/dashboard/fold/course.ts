/** The course of an account in at most so many samples: when they are full every second one goes and the stride doubles. */
export interface Course {
  add(value: number): void;
  clear(): void;
  /** The newest value is always the last. */
  read(): readonly number[];
}

export function createCourse(most = 400): Course {
  let samples: number[] = [];
  let stride = 1;
  let sinceKept = 0;
  let newest: number | undefined;
  return {
    add(value) {
      newest = value;
      sinceKept += 1;
      if (sinceKept < stride) return;
      sinceKept = 0;
      samples.push(value);
      if (samples.length < most) return;
      samples = samples.filter((_, i) => i % 2 === 1);
      stride *= 2;
    },
    clear() {
      samples = [];
      stride = 1;
      sinceKept = 0;
      newest = undefined;
    },
    read: () => (newest === undefined || sinceKept === 0 ? samples : [...samples, newest]),
  };
}
