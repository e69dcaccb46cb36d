/**
 * What flags and environment write, read into the value that JSON would bear. Anything a grammar does not know is
 * given back as it is, so that the schema refuses it with the user's own text.
 */

/** `0.5` → 0.5: plain decimal numbers only. */
export function plainNumber(value: unknown): unknown {
  return typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : value;
}

/** `0.5`, `0.5%`, `0.5 %` → 0.5. */
export function percentage(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const number = plainNumber(value.replace(/ ?%$/, ''));
  return typeof number === 'number' ? number : value;
}

/** `10,00,000` and `1,000,000` → 1000000: groups of two or three digits, the last of three. */
export function money(value: unknown): unknown {
  const grouped = typeof value === 'string' && /^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/.test(value);
  return grouped ? Number(value.replaceAll(',', '')) : plainNumber(value);
}

/** `yes`, `true`, `1` → true; `no`, `false`, `0` → false. */
export function toggle(value: unknown): unknown {
  if (value === 'true' || value === 'yes' || value === '1') return true;
  if (value === 'false' || value === 'no' || value === '0') return false;
  return value;
}

/** `reward-risk,liquidity` → two names. */
export function list(value: unknown): unknown {
  return typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
}

/** `symbol=id,open=O` → { symbol: 'id', open: 'O' }; as it is where a name comes twice. */
export function pairs(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const entries = value.split(',').map((pair) => splitOnce(pair, '='));
  return new Set(entries.map(([name]) => name)).size < entries.length ? value : Object.fromEntries(entries);
}

/** `FEDERALBNK@2015-07-03=0.5` → [{ symbol, date, factor }]. */
export function adjustments(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.split(',').map((item) => {
    const [key, factor] = splitOnce(item, '=');
    const [symbol, date] = splitOnce(key, '@');
    return { symbol, date, factor: plainNumber(factor) };
  });
}

/** `1tick,2bp` → { ticks: 1, bp: 2 }; `0` → none. */
export function slippage(value: unknown): unknown {
  if (value === 0 || value === '0') return { ticks: 0, bp: 0 };
  if (typeof value !== 'string' || value.trim() === '') return value;
  const match = /^(?:(\d+)ticks?)?(?:(?:^|,)(\d+(?:\.\d+)?)bp)?$/.exec(value.replaceAll(' ', ''));
  return match === null ? value : { ticks: Number(match[1] ?? 0), bp: Number(match[2] ?? 0) };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
