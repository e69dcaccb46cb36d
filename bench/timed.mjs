// One timed section of a fresh process, told as one JSON line.
export function timed(name, count, run, note) {
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  const result = run();
  const ms = performance.now() - before;
  const { user, system } = process.cpuUsage(cpuBefore);
  const heapMb = heapAfterGc();
  console.log(
    JSON.stringify({ name, count, ms, cpuMs: (user + system) / 1000, ...heapMb, note: note(result) }),
  );
}

// Only with --expose-gc: what is still held after a full collection, typed arrays of the data not counted.
function heapAfterGc() {
  if (globalThis.gc === undefined) return {};
  globalThis.gc();
  return { heapMb: process.memoryUsage().heapUsed / 2 ** 20 };
}
