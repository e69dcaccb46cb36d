/** Ctrl-C, as a terminal sends it that leaves the keys to the program. */
const INTERRUPT = 0x03;

/** One at most: a process has one terminal. */
let passOn: (() => void) | undefined;

/**
 * Takes the terminal's keys before there is a dashboard: nothing that is typed is written over the screen, and it is kept for
 * who asks for it. Ctrl-C ends the program, as where nobody took it. The terminal is as it was when this is disposed of.
 */
export function holdKeys(): Disposable {
  const { stdin } = process;
  let kept: Buffer[] = [];

  function onKeys(): void {
    for (let keys: Buffer | null = stdin.read(); keys !== null; keys = stdin.read()) {
      if (keys.includes(INTERRUPT)) process.kill(process.pid, 'SIGINT');
      else kept.push(keys);
    }
  }

  function letGo(): void {
    stdin.off('readable', onKeys);
    process.off('SIGHUP', hangUp);
    passOn = undefined;
  }

  function restore(): void {
    letGo();
    stdin.setRawMode(false);
    stdin.unref();
  }

  /** Node itself sees to it at an exit, at SIGINT and at SIGTERM, not here. */
  function hangUp(): void {
    restore();
    process.kill(process.pid, 'SIGHUP');
  }

  stdin.setRawMode(true);
  stdin.on('readable', onKeys);
  process.on('SIGHUP', hangUp);
  passOn = () => {
    letGo();
    if (kept.length > 0) stdin.unshift(Buffer.concat(kept));
    kept = [];
  };
  return { [Symbol.dispose]: restore };
}

/** Leaves them, and those that were kept, to whoever listens to the terminal next. The terminal stays as it is. */
export function passKeysOn(): void {
  passOn?.();
}
