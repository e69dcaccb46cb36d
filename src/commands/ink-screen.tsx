import { render } from 'ink';
import type { Dashboard } from '../core/views/dashboard/controller.ts';
import { Screen, type Size } from '../core/views/dashboard/Screen.tsx';
import type { TerminalScreen } from './terminal-screen.ts';

export type InkScreen = {
  resize(size: Size): void;
  /** Settles when ink has ended: rejects where drawing failed. */
  readonly ended: Promise<void>;
  end(): void;
};

/** Ink on the terminal's other screen. Read only when it is asked for: ink is the slowest import of all. */
export function openInkScreen(
  dashboard: Dashboard,
  screen: TerminalScreen,
  size: Size,
  colour: boolean,
  onAnswer: () => void,
): InkScreen {
  const element = (of: Size) => (
    <Screen dashboard={dashboard} size={of} colour={colour} onAnswer={onAnswer} />
  );
  const ink = render(element(size), {
    stdout: screen.stream,
    exitOnCtrlC: false,
    patchConsole: false,
    // Each frame whole and at once: the screen paints what changed, and where CI is set ink would draw nothing.
    debug: true,
  });
  return {
    resize: (to) => ink.rerender(element(to)),
    ended: ink.waitUntilExit().then(() => {}),
    end: () => ink.unmount(),
  };
}
