import { describe, expect, it } from 'vitest';
import { CHANNELS, channelOf } from '../../src/core/domain/events/channels.ts';
import type { TradekitEvent } from '../../src/core/domain/events/events.ts';
import { readPage } from './pages/page.ts';

const page = readPage('docs/glossary.md');
const [words = '', events = ''] = page.split('## Events and their channels');
const rowsOf = (text: string) => [...text.matchAll(/^\| (?!word |event )(.*?) \| (.*?) \|/gm)];

describe('docs/glossary.md', () => {
  it('is in the order of the alphabet, each word once', () => {
    const listed = rowsOf(words).map(([, word = '']) => word);
    expect(listed.length).toBeGreaterThan(80);
    expect(listed).toEqual([...new Set(listed)].toSorted((a, b) => a.localeCompare(b, 'en')));
  });

  it('names each channel, and with each event the one that it is kept in', () => {
    const shown = rowsOf(events).map(([, type = '', channel = '']) => [type, channel].map(plain));
    for (const [type, channel] of shown) expect(channelOf({ type } as TradekitEvent), type).toBe(channel);
    expect(new Set(shown.map(([, channel]) => channel))).toEqual(new Set(CHANNELS));
    expect(shown).toHaveLength(14);
  });
});

function plain(code: string): string {
  return code.replaceAll('`', '');
}
