import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFifty } from '../dashboard/fifty.ts';
import { PROJECT } from '../shared.ts';
import { NO_TMUX, openTerminal, type Terminal } from '../tmux.ts';
import { freshFolder } from '../tradekit.ts';

/** How long it is watched; LOAD_SECONDS=60 is the measurement that is reported. */
const SECONDS = Number(process.env['LOAD_SECONDS'] ?? 8);
/** Fifty candles an instant, ten instants a second. */
const SPEED = 600;
const TICKS_PER_SECOND = 100;

describe.skipIf(NO_TMUX || !existsSync('/proc/self/stat'))(
  'the dashboard under load (needs tmux and /proc)',
  () => {
    const folder = freshFolder();
    let run: ChildProcess;
    beforeAll(() => {
      // A session passes in 37.5 s, and two days of seven have none.
      writeFifty(join(folder.path, 'fifty.csv'), 375 * (3 + Math.ceil(SECONDS / 25)));
      const args = [
        join(PROJECT, 'bin', 'tradekit.js'),
        'run-all',
        '--feed',
        'csv:fifty.csv',
        '--speed',
        String(SPEED),
      ];
      run = spawn(process.execPath, args, { cwd: folder.path, stdio: ['ignore', 'ignore', 'inherit'] });
    });
    afterAll(async () => {
      // Where it could not start it has ended already: no second exit comes.
      if (run.exitCode === null && run.kill('SIGTERM')) await once(run, 'exit');
      folder.remove();
    });

    it(
      'takes little of a core at 50 symbols and 500 events a second, and answers keys',
      async () => {
        using terminal = openTerminal(folder.path);
        await terminal.until('$');
        terminal.line(
          `until ls .tradekit/runs/*.db; do sleep 0.2; done; clear; exec node ${join(PROJECT, 'bin', 'tradekit.js')} dash-tui`,
        );
        await terminal.until('● running', 60_000);
        const pid = terminal.pid();
        const from = instantOf(terminal);
        const before = statOf(pid);
        const startedAt = performance.now();
        const latencies: number[] = [];
        const sizes: number[] = [];
        for (let i = 0; performance.now() - startedAt < SECONDS * 1000; i += 1) {
          latencies.push(await latency(terminal, i));
          sizes.push(statOf(pid).rssMb);
          await setTimeout(300);
        }
        const seconds = (performance.now() - startedAt) / 1000;
        const cpuPct = (100 * (statOf(pid).cpuSeconds - before.cpuSeconds)) / seconds;
        const eventsPerSecond = (50 * (instantOf(terminal) - from)) / seconds;
        const sorted = latencies.toSorted((a, b) => a - b);
        const quarters = [0, 0.25, 0.5, 0.75, 1].map((share) =>
          sizes[Math.round(share * (sizes.length - 1))]?.toFixed(0),
        );
        const slowerThan = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
        const median = slowerThan(0.5);
        const p95 = slowerThan(0.95);
        console.log(
          `dashboard under load: ${seconds.toFixed(0)} s, ${eventsPerSecond.toFixed(0)} candles/s, CPU ${cpuPct.toFixed(0)} % of a core, ` +
            `memory at each quarter of it ${quarters.join(' → ')} MB, ` +
            `key to screen of ${sorted.length} keys median ${median.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, slowest ${sorted.at(-1)?.toFixed(0)} ms`,
        );
        expect(eventsPerSecond).toBeGreaterThan(100);
        expect(cpuPct).toBeLessThan(60);
        // What a key takes here includes asking tmux, and whoever else runs tests: a hang is what must not be.
        expect(median).toBeLessThan(1000);
        expect(Math.max(...sizes)).toBeLessThan(400);
        terminal.press('q');
      },
      (SECONDS + 120) * 1000,
    );
  },
);

/** From a key to the screen that it asks for, tmux asked without a pause. */
async function latency(terminal: Terminal, i: number): Promise<number> {
  const [key, says] = [
    ['2', '[2 Watch]'],
    ['3', '[3 Flow]'],
    ['4', '[4 Chart]'],
    ['1', '[1 Now]'],
  ][i % 4] ?? ['1', '[1 Now]'];
  const pressedAt = performance.now();
  terminal.press(key ?? '1');
  while (!terminal.screen().includes(says ?? '')) {
    if (performance.now() - pressedAt > 10_000) throw new Error(`${key} was not answered.`);
  }
  return performance.now() - pressedAt;
}

function instantOf(terminal: Terminal): number {
  const [, digits = '0'] = /instant ([\d,]+)/.exec(terminal.screen()) ?? [];
  return Number(digits.replaceAll(',', ''));
}

function statOf(pid: number): { readonly cpuSeconds: number; readonly rssMb: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    rssMb: (Number(fields[21]) * 4096) / 2 ** 20,
  };
}
