import { drawHanging } from '../core/views/line.ts';
import { DEFAULT_WIDTH, type Style } from '../core/views/style.ts';

/**
 * How to draw on a stream: colour on a terminal unless NO_COLOR, or where FORCE_COLOR asks for it; as wide as the terminal,
 * also where the stream is piped into a pager and only stderr still knows it. Without a terminal as COLUMNS says.
 */
export function styleOf(
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv = process.env,
  otherwise = DEFAULT_WIDTH,
): Style {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  const terminal = [stream, process.stderr].find(({ isTTY }) => isTTY);
  const columns = terminal?.columns ?? Number(env['COLUMNS'] ?? otherwise);
  return {
    width: Math.max(60, Math.min(columns > 0 ? columns : otherwise, 200)),
    colour: forced || (stream.isTTY === true && !refused),
  };
}

/** Whether there is a screen to fill and somebody to press keys. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** Sentences beside the results, a line each: on a terminal broken between words, elsewhere as they are. */
export function tellLines(text: string, stream: NodeJS.WriteStream = process.stderr): void {
  const style = { ...styleOf(stream), colour: false };
  const lines = text.split('\n').flatMap((line) => (stream.isTTY ? drawHanging(line, style) : [line]));
  stream.write(`${lines.join('\n')}\n`);
}

/**
 * Ctrl-C, SIGTERM, a terminal that is closed and the death of who started it end a run cleanly once; a second Ctrl-C
 * leaves at once.
 */
export function untilInterrupted(): AbortController {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // These come beside another signal, or after it: they are no second Ctrl-C.
  process.on('SIGHUP', () => controller.abort());
  process.on('disconnect', () => controller.abort());
  process.channel?.unref();
  return controller;
}
