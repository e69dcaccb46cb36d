import { describe, expect, it } from 'vitest';
import type { TradekitError } from '../../../src/core/domain/error.ts';
import { formatRunNote, parseRunNote, type RunNote } from '../../../src/core/services/run-note.ts';
import { simulatedTape } from '../../simulation/tapes.ts';

const { description: feed } = simulatedTape(1).openFeed();

describe('the note of a run', () => {
  it.each<[string, RunNote]>([
    ['its feed', { feed }],
    ['its feed and the flags of its start', { feed, flags: { to: '2015-07-09', verbose: true } }],
  ])('keeps %s', (_, note) => {
    expect(parseRunNote(formatRunNote(note))).toEqual(note);
  });

  it.each(['csv:july.csv', '', 'null', '7', '[]', '{}', '{"feed":null}', '{"feed":{"instruments":7}}'])(
    'is no note where the store says %j',
    (text) => {
      let failure: TradekitError | undefined;
      try {
        parseRunNote(text);
      } catch (error) {
        failure = error as TradekitError; // nothing else is thrown there
      }
      expect(failure).toMatchObject({
        code: 'DATA',
        message: `The store's run says of its feed "${text}".`,
        hint: 'It was begun by another version of tradekit: start a new run.',
      });
    },
  );
});
