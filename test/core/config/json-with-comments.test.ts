import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../../src/core/config/json-fault.ts';
import { parseJsonWithComments } from '../../../src/core/config/json-with-comments.ts';

const parse = (text: string) => parseJsonWithComments(text, 'a.json');

describe('parseJsonWithComments', () => {
  it.each([
    ['{ "a": 1 } // end', { a: 1 }],
    ['/* a\n b */ [1, /* two */ 2]', [1, 2]],
    ['{ "url": "http://x", "b": "/* no */" }', { url: 'http://x', b: '/* no */' }],
    ['{ "quote": "\\"// still text", "b": 1, }', { quote: '"// still text', b: 1 }],
    ['[1, 2, // last\n]', [1, 2]],
    ['{ "a": ",}" }', { a: ',}' }],
    ['\uFEFF{ "a": 1 }', { a: 1 }],
  ])('reads %s', (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 'a.json:3:3: did not expect "b" here.'],
    ['{ "a": }', 'a.json:1:8: did not expect "}" here.'],
    ['{\n // "a": 1\n "b": tru }', 'a.json:3:7: did not expect "tru" here.'],
    ["{ 'a': 1 }", 'a.json:1:3: did not expect "\'" here.'],
    ['[1,,2]', 'a.json:1:4: did not expect "," here.'],
    ['{ "a": 01 }', 'a.json:1:9: did not expect "1" here.'],
    ['[1] [2]', 'a.json:1:5: did not expect "[" here.'],
    ['{ "a": [1, 2', 'a.json:1:13: the file ends too early.'],
    ['{ "a": "no end\n" }', 'a.json:1:8: did not expect "no end here.'],
    ['  \n// nothing', 'a.json is empty.'],
  ])('says where %j goes wrong', (text, message) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'CONFIG', message }));
  });

  it('says of an empty file what to do about that one, not to look for a comma', () => {
    const empty = () => parseJsonWithComments('// nothing', 'a.json', 'Delete it.');
    expect(empty).toThrow(expect.objectContaining({ message: 'a.json is empty.', hint: 'Delete it.' }));
  });

  it('reads ten thousand levels without running out of stack', () => {
    expect(() => parse(`${'['.repeat(10_000)}1${']'.repeat(10_000)}`)).not.toThrow();
    expect(() => parse(`${'['.repeat(10_000)}1${']'.repeat(9_999)}`)).toThrow('the file ends too early');
  });

  it('keeps __proto__ an ordinary key', () => {
    expect(Object.keys(parse('{ "__proto__": 1 }') as object)).toEqual(['__proto__']);
  });

  it.each([
    ['{"a":1,"a":2}', 'a.json:1:8: "a" stands here'],
    ['{ "a": 1, // one\n  "\\u0061": 2 }', 'a.json:2:3: "\\u0061" stands here'],
    ['[{"a":{"b":1,"c":{},"b":2}}]', 'a.json:1:21: "b" stands here'],
    ['{"__proto__":1,"__proto__":2}', 'a.json:1:16: "__proto__" stands here'],
  ])('refuses what stands twice in one object: %s', (text, says) => {
    expect(() => parse(text)).toThrow(says);
  });

  it.each([
    '{"a":{"a":1},"b":{"a":1}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a:","c":"\\"a\\":"}',
    '["a","a"]',
  ])('takes what stands once in each: %s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it('takes any JSON as it is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => isDeepStrictEqual(parse(text), JSON.parse(text))),
    );
  });
});

describe('jsonFault', () => {
  const json = fc.json({ maxDepth: 4 });

  it('finds nothing wrong with JSON', () => {
    fc.assert(fc.property(json, (text) => jsonFault(text) === undefined));
  });

  it('finds a fault exactly where JSON.parse refuses: any JSON with one character dropped or changed', () => {
    const damaged = fc
      .tuple(
        json,
        fc.nat(),
        fc.constantFrom('', '"', ',', ':', '{', '}', '[', ']', '\\', '0', '-', '.', 'e', '\n', '\u00a0'),
      )
      .map(([text, at, by]) => text.slice(0, at % text.length) + by + text.slice((at % text.length) + 1));
    fc.assert(
      fc.property(damaged, (text) => (jsonFault(text) === undefined) === isJson(text)),
      { numRuns: 2000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
