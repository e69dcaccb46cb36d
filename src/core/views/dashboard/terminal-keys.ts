import type { Key as InkKey } from 'ink';
import type { Key, KeyName } from './keys.ts';

const NAMES: readonly (readonly [flag: keyof InkKey, name: KeyName])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
];

/** What ink heard at once, key by key: characters that were sent together come as one input. */
export function keysOf(input: string, key: InkKey): readonly Key[] {
  if (key.ctrl) return input === 'c' ? [{ name: 'interrupt' }] : [];
  if (key.tab) return [{ name: key.shift ? 'backtab' : 'tab' }];
  const [, name] = NAMES.find(([flag]) => key[flag] === true) ?? [];
  if (name !== undefined) return [{ name }];
  return [...input].flatMap((character): readonly Key[] => {
    if (character === '\r' || character === '\n') return [{ name: 'enter' }];
    if (character === '\t') return [{ name: 'tab' }];
    return /\p{Cc}/u.test(character) ? [] : [{ character }];
  });
}
