// The engine against the bare loop, `--help` against an empty process, and what is held after a collection: medians of
// interleaved fresh processes. Usage: node bench/run.mjs [--json] (ROUNDS=7 in the environment: fewer are quicker)
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CANDLES = 1_000_000;
const FEWER = 200_000;
/**
 * Node starts four threads for V8's compiler whatever the machine has, and on two cores they take the processor from what
 * is measured. With 0 it starts as many as there are cores to spare: for the engine and for what it is measured against.
 */
const BY_CORES = ['--v8-pool-size=0'];
const rounds = Math.max(1, Number(process.env.ROUNDS ?? 7));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const shared = here('../../shared/bench');
const temp = mkdtempSync(join(tmpdir(), 'tradekit-bench-'));

try {
  const report = measure();
  console.log(process.argv.includes('--json') ? JSON.stringify(report, null, 2) : table(report));
} finally {
  rmSync(temp, { recursive: true, force: true });
}

function measure() {
  const yardstick = sharedYardstick();
  const runs = interleaved({
    engine: () => told([...BY_CORES, here('engine.mjs'), CANDLES]),
    'engine, default threads': () => told([here('engine.mjs'), CANDLES]),
    'bare loop': () => told([...BY_CORES, here('yardstick.mjs'), CANDLES]),
    ...(yardstick === undefined ? {} : { 'bare loop of ../shared': () => told([...BY_CORES, ...yardstick]) }),
  });
  // Short processes are noisy: three times the rounds, among themselves.
  const starts = interleaved(
    {
      help: () => wall([here('../bin/tradekit.js'), '--help']),
      'empty process': () => wall(['-e', '0']),
    },
    3 * rounds,
  );
  const heap = (count) => told(['--expose-gc', here('engine.mjs'), count]).heapMb;
  return {
    rounds,
    rows: { ...runs, ...starts },
    targets: [
      target('candles/s, engine ÷ bare loop', runs['bare loop'].ms / runs.engine.ms, '≥', 0.3),
      ...Object.entries(runs)
        .filter(([name]) => name === 'bare loop of ../shared')
        .map(([name, { ms }]) => target(`candles/s, engine ÷ ${name}`, ms / runs.engine.ms, '≥', 0.3)),
      target('--help ÷ empty process', starts.help.ms / starts['empty process'].ms, '≤', 1.5),
      target('heap after GC, 1 M ÷ 200 k candles', heap(CANDLES) / heap(FEWER), '≤', 1.1),
    ],
  };
}

function target(name, value, relation, limit) {
  return { name, value, relation, limit, met: relation === '≥' ? value >= limit : value <= limit };
}

/** The loop that issues quote, with its file of candles; undefined where ../shared is not beside the checkout. */
function sharedYardstick() {
  if (!existsSync(join(shared, 'engines/run.mjs'))) return undefined;
  node([join(shared, 'gen.mjs'), CANDLES], { BENCH_DATA: temp });
  return [join(shared, 'engines/run.mjs'), join(temp, `bars-${CANDLES}.bin`), CANDLES];
}

/** Each command once a round, so that a slow minute of the machine slows all of them. */
function interleaved(commands, times = rounds) {
  const seen = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < times; round += 1)
    for (const [name, run] of Object.entries(commands)) seen[name].push(run());
  return Object.fromEntries(
    Object.entries(seen).map(([name, all]) => [
      name,
      { ms: median(all.map(({ ms }) => ms)), note: all[0].note },
    ]),
  );
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** The JSON line that a timed script prints. */
function told(args) {
  return JSON.parse(node(args).trim().split('\n').at(-1));
}

function wall(args) {
  const before = performance.now();
  node(args);
  return { ms: performance.now() - before, note: '' };
}

function node(args, env = {}) {
  return execFileSync(process.execPath, args.map(String), {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function table({ rows, targets }) {
  const lines = Object.entries(rows).map(([name, { ms, note }]) =>
    `${name.padEnd(24)}${ms.toFixed(0).padStart(6)} ms   ${note ?? ''}`.trimEnd(),
  );
  const told = targets.map(
    ({ name, value, relation, limit, met }) =>
      `${name.padEnd(50)}${value.toFixed(2).padStart(6)}   ${relation} ${limit}${met ? '' : '   missed'}`,
  );
  return [`Medians of ${rounds} interleaved fresh processes, ${CANDLES} candles`, ...lines, '', ...told].join(
    '\n',
  );
}
