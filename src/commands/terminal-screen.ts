import { EventEmitter } from 'node:events';

const ESC = '\u001b[';
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}2J`;
const LEAVE = `${ESC}?25h${ESC}?1049l`;
/** Terminals that know it show what is between at once; others ignore it. */
const BEGIN = `${ESC}?2026h`;
const END = `${ESC}?2026l`;

/**
 * The terminal's other screen, painted line by line: only lines that changed are written, each at its own place, so that
 * nothing flickers and nothing scrolls. Ink writes whole frames into it as into a stream.
 */
export interface TerminalScreen extends Disposable {
  /** What ink takes for its terminal. */
  readonly stream: NodeJS.WriteStream;
  paint(lines: readonly string[]): void;
  /** The terminal has another size: everything is painted anew. */
  forget(): void;
}

/** Leaves the screen as it was when disposed of, and at the latest when the process ends. */
export function openTerminalScreen(terminal: NodeJS.WriteStream): TerminalScreen {
  let painted: readonly string[] = [];
  let waiting: readonly string[] | undefined;
  let isOpen = true;

  function paint(lines: readonly string[]): void {
    if (!isOpen) return;
    // A slow terminal gets the newest picture when it is ready, not all of them.
    if (terminal.writableNeedDrain) {
      if (waiting === undefined) terminal.once('drain', () => waiting !== undefined && paint(takeWaiting()));
      waiting = lines;
      return;
    }
    waiting = undefined;
    const changes = lines.flatMap((line, i) =>
      line === painted[i] ? [] : [`${ESC}${i + 1};1H${line}${ESC}0m${ESC}K`],
    );
    if (lines.length < painted.length) changes.push(`${ESC}${lines.length + 1};1H${ESC}J`);
    painted = lines;
    if (changes.length > 0) terminal.write(BEGIN + changes.join('') + END);
  }

  function takeWaiting(): readonly string[] {
    const lines = waiting ?? [];
    waiting = undefined;
    return lines;
  }

  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', close);
    process.off('uncaughtException', close);
    process.off('unhandledRejection', close);
    terminal.write(LEAVE);
  }

  terminal.write(ENTER);
  process.on('exit', close);
  // Before bin says what went wrong: that belongs on the screen that stays.
  process.prependListener('uncaughtException', close);
  process.prependListener('unhandledRejection', close);
  return {
    stream: streamOf(terminal, (frame) => paint(frame.split('\n'))),
    paint,
    forget() {
      painted = [];
      if (isOpen) terminal.write(`${ESC}2J`);
    },
    [Symbol.dispose]: close,
  };
}

/** As much of a terminal as ink asks for in its debug mode, in which it writes each frame whole. */
function streamOf(terminal: NodeJS.WriteStream, onFrame: (frame: string) => void): NodeJS.WriteStream {
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    write(frame: string) {
      onFrame(frame);
      return true;
    },
  });
  Object.defineProperty(stream, 'columns', { get: () => terminal.columns });
  Object.defineProperty(stream, 'rows', { get: () => terminal.rows });
  return stream as unknown as NodeJS.WriteStream; // the part of one that ink uses
}
