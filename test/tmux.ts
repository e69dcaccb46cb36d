import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** A real terminal: a server of tmux of its own, with one window. */

const HAS_TMUX = spawnSync('tmux', ['-V']).status === 0;

if (!HAS_TMUX && process.env['CI'] === 'true') throw new Error('CI=true, and there is no tmux.');

/** Tests of a terminal are skipped by name where there is none: `describe.skipIf(NO_TMUX)('… (needs tmux)')`. */
export const NO_TMUX = !HAS_TMUX;

export type TerminalSize = { readonly columns: number; readonly rows: number };

export interface Terminal extends Disposable {
  /** What is on the screen, line by line. */
  screen(): string;
  /** Types text as it is, then presses Enter. */
  line(text: string): void;
  /** Presses keys by their names in tmux: `k`, `Down`, `Escape`. */
  press(...keys: readonly string[]): void;
  resize(size: TerminalSize): void;
  /** Of the window's process: the shell, or what it has become. */
  pid(): number;
  /** Sends a signal such as `TERM` to the program that the shell runs. */
  signal(name: string): void;
  /** Waits until the screen says it, and gives the screen. */
  until(says: string | RegExp, timeoutMs?: number): Promise<string>;
}

let count = 0;

export function openTerminal(
  cwd: string,
  { columns, rows }: TerminalSize = { columns: 80, rows: 24 },
): Terminal {
  count += 1;
  const socket = `tradekit-${process.pid}-${count}`;
  // tmux gives its server's environment to the shell: no CI, no NO_COLOR of whoever runs the tests.
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'screen-256color', LANG: 'C.UTF-8' };
  const tmux = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync('tmux', ['-L', socket, '-u', ...args], {
      encoding: 'utf8',
      env,
    });
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('-f', '/dev/null', 'new-session', '-d', '-s', 't', ...size, '-c', cwd, 'env PS1="\\$ " sh');
  const terminal: Terminal = {
    screen: () => tmux('capture-pane', '-p', '-t', 't'),
    line: (text) => void tmux('send-keys', '-t', 't', '-l', `${text}\n`),
    press: (...keys) => void tmux('send-keys', '-t', 't', ...keys),
    resize: (to) => void tmux('resize-window', '-t', 't', '-x', String(to.columns), '-y', String(to.rows)),
    pid: () => Number(tmux('display-message', '-p', '-t', 't', '#{pane_pid}')),
    signal(name) {
      const shell = String(terminal.pid());
      const pid = Number(
        spawnSync('ps', ['-o', 'pid=', '--ppid', shell], { encoding: 'utf8' }).stdout.trim(),
      );
      if (!(pid > 0)) throw new Error(`The shell ${shell} runs nothing.`);
      process.kill(pid, `SIG${name}`);
    },
    async until(says, timeoutMs = 30_000) {
      const fits = (text: string): boolean =>
        typeof says === 'string' ? text.includes(says) : says.test(text);
      for (const until = Date.now() + timeoutMs; ; await setTimeout(50)) {
        const screen = terminal.screen();
        if (fits(screen)) return screen;
        if (Date.now() > until) throw new Error(`The screen never said ${says}:\n${screen}`);
      }
    },
    [Symbol.dispose]() {
      spawnSync('tmux', ['-L', socket, 'kill-server'], { env });
    },
  };
  return terminal;
}
