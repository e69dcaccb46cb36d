import { TradekitError } from '../domain/error.ts';
import { jsonFault } from './json-fault.ts';

/**
 * Reads JSON that may bear comments (`//` to the end of the line, or between slash-star and star-slash) and a comma
 * after the last entry, as people write it by hand.
 *
 * @param file how the file is called in messages
 * @param ifEmpty what to do about a file in which nothing stands
 * @throws TradekitError CONFIG with file, line and column where the text is no JSON, or says one thing of an object twice
 */
export function parseJsonWithComments(text: string, file: string, ifEmpty = 'Write JSON into it.'): unknown {
  const json = blankComments(text.startsWith('\uFEFF') ? text.slice(1) : text);
  if (json.trim() === '') throw new TradekitError('CONFIG', `${file} is empty.`, { hint: ifEmpty });
  const value = parsed(json, file);
  const again = repeatedKey(json);
  if (again === undefined) return value;
  throw new TradekitError(
    'CONFIG',
    `${placeOf(json, file, again.at)}: ${again.name} stands here a second time in one object.`,
    { hint: 'Leave one of the two out: JSON takes the last one, and says nothing.' },
  );
}

function parsed(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new TradekitError('CONFIG', sentence(json, file), {
      hint: 'Look for a missing comma, quote or bracket at or just before that place.',
      cause,
    });
  }
}

/** Comments and trailing commas become spaces, so that line and column of everything else stay what they are. */
function blankComments(text: string): string {
  // A string, a comment, or a comma before a closing bracket (with comments between); all else is left alone.
  const gap = String.raw`(?:\s|//[^\n]*|/\*[\s\S]*?\*/)*`;
  const tokens = new RegExp(String.raw`"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*[\s\S]*?\*/|,(?=${gap}[}\]])`, 'g');
  return text.replace(tokens, (token) => (token.startsWith('"') ? token : token.replace(/[^\n]/g, ' ')));
}

/** The first name that an object bears twice, in quotes as it is written. */
function repeatedKey(json: string): { readonly name: string; readonly at: number } | undefined {
  const open: Set<unknown>[] = [];
  // In JSON, a string before a colon is a name.
  for (const { 0: token, 1: name, index: at } of json.matchAll(
    /("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g,
  )) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (name !== undefined) {
      const names = open.at(-1);
      const plain: unknown = JSON.parse(name);
      if (names?.has(plain)) return { name, at };
      names?.add(plain);
    }
  }
  return undefined;
}

function sentence(json: string, file: string): string {
  const at = jsonFault(json) ?? json.length;
  const place = placeOf(json, file, at);
  const found = /^(?:"[^"\n]{0,20}"?|[\w.+-]{1,20}|.)/u.exec(json.slice(at))?.[0];
  return found === undefined
    ? `${place}: the file ends too early.`
    : `${place}: did not expect ${quoted(found)} here.`;
}

/** File, line and column, from 1. */
function placeOf(json: string, file: string, at: number): string {
  const before = json.slice(0, at);
  return `${file}:${before.split('\n').length}:${at - before.lastIndexOf('\n')}`;
}

function quoted(found: string): string {
  return found.startsWith('"') ? found : `"${found}"`;
}
