const TOKEN =
  /\s*(?:("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-f]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?|true|false|null)|([{}[\],:]))/iuy;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

/**
 * Index of the first character at which a text stops being JSON; its length when it ends too early; undefined when
 * nothing is wrong. `JSON.parse` of Node 20 often does not say where.
 */
export function jsonFault(json: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(json);
    if (match === null) break;
    const next = step(expected, open, match);
    if (next === undefined) break;
    expected = next;
    at += match[0].length;
  }
  const rest = json.slice(at);
  const fault = at + (rest.length - rest.trimStart().length);
  return fault === json.length && expected === 'nothing' ? undefined : fault;
}

/** What may follow once this token was read, or undefined when it may not stand here. Keeps the open brackets. */
function step(expected: Expected, open: ('{' | '[')[], match: RegExpExecArray): Expected | undefined {
  const [, text, scalar, sign] = match;
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : ', or end');
  const wantsValue = expected === 'value' || expected === 'value or ]';
  if (text !== undefined && (expected === 'key' || expected === 'key or }')) return ':';
  if (text !== undefined || scalar !== undefined) return wantsValue ? afterValue() : undefined;
  if (sign === '{' || sign === '[') {
    if (!wantsValue) return undefined;
    open.push(sign);
    return sign === '{' ? 'key or }' : 'value or ]';
  }
  if (sign === ':') return expected === ':' ? 'value' : undefined;
  const inside = open.at(-1);
  if (sign === ',') return expected !== ', or end' ? undefined : inside === '{' ? 'key' : 'value';
  const closes = sign === '}' ? '{' : '[';
  const mayClose = expected === ', or end' || expected === (sign === '}' ? 'key or }' : 'value or ]');
  if (inside !== closes || !mayClose) return undefined;
  open.pop();
  return afterValue();
}
