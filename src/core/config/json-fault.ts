/** A text, a number or word, or a sign; in a text everything but quotes, backslashes and control characters. */
const TOKEN =
  /[ \t\r\n]*(?:("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/uy;

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
  const fault = at + json.slice(at).search(/[^ \t\r\n]|$/);
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
