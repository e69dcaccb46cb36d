import { describe, expect, it } from 'vitest';
import { createNotices } from '../../src/commands/notices.ts';

function open() {
  const written: string[] = [];
  let now = 0;
  const notices = createNotices(
    (line) => written.push(line),
    () => (now += 1),
  );
  return { written, notices };
}

describe('notices', () => {
  it('are written at once, and the newest is known with its time', () => {
    const { written, notices } = open();
    expect(notices.newest).toBeUndefined();
    notices.say('exec: died');
    notices.say('exec: lives');
    expect(written).toEqual(['exec: died', 'exec: lives']);
    expect(notices.newest).toEqual({ text: 'exec: lives', at: 2 });
  });

  it('are kept while something is shown, and written in their order when it is over', async () => {
    const { written, notices } = open();
    const shown = notices.whileShown(async () => {
      notices.say('one');
      notices.say('two');
      expect(written).toEqual([]);
      expect(notices.newest?.text).toBe('two');
      return 'seen';
    });
    expect(await shown).toBe('seen');
    expect(written).toEqual(['one', 'two']);
    notices.say('three');
    expect(written).toEqual(['one', 'two', 'three']);
  });

  it('are written also where what was shown failed', async () => {
    const { written, notices } = open();
    const shown = notices.whileShown(async () => {
      notices.say('away');
      throw new Error('lost');
    });
    await expect(shown).rejects.toThrow('lost');
    expect(written).toEqual(['away']);
  });

  it('are not kept without end: the newest 500, and how many were before them', async () => {
    const { written, notices } = open();
    await notices.whileShown(async () => {
      for (let i = 1; i <= 1700; i += 1) notices.say(String(i));
    });
    expect(written).toHaveLength(501);
    expect([written[0], written[1], written.at(-1)]).toEqual([
      '1,200 lines before these were not kept.',
      '1201',
      '1700',
    ]);
  });
});
