import { Text } from 'ink';
import { memo } from 'react';

/** Lines that are drawn already: painted, safe, none wider than the screen. */
export function Lines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line of a screen is nothing but its place
    <Line key={i} text={line} />
  ));
}

/** An empty line keeps its place. */
const Line = memo(function Line({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});
