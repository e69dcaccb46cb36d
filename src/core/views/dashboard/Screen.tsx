import { Box, useInput } from 'ink';
import { useEffect, useReducer } from 'react';
import type { Dashboard } from './controller.ts';
import { Lines } from './Lines.tsx';
import { keysOf } from './terminal-keys.ts';

export type Size = { readonly columns: number; readonly rows: number };

export type ScreenProps = {
  readonly dashboard: Dashboard;
  readonly size: Size;
  readonly colour: boolean;
  /** Hears that a key was answered, before that is drawn here. */
  readonly onAnswer?: (() => void) | undefined;
};

/** The whole dashboard on a terminal of this size: shows its picture, gives it the keys. */
export function Screen({ dashboard, size, colour, onAnswer }: ScreenProps) {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => dashboard.subscribe(redraw), [dashboard]);
  useInput((input, key) => {
    dashboard.press(...keysOf(input, key));
    onAnswer?.();
  });
  const lines = dashboard.frame({ width: size.columns, height: size.rows, colour });
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows}>
      <Lines lines={lines} />
    </Box>
  );
}
