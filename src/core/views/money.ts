const formats = new Map<string, Intl.NumberFormat>();

/**
 * Minor units → text with the currency's sign and grouping: ₹10,00,000.00, $100,000.00, -$12.50.
 *
 * Rupees are grouped the Indian way. What is no ISO code (USDT) stands behind the number.
 */
export function formatMoney(minor: number, currency: string, digits: number): string {
  const isIso = /^[A-Z]{3}$/.test(currency);
  const text = formatOf(isIso ? currency : undefined, digits).format(decimalText(minor, digits));
  return isIso ? text : `${text} ${currency}`;
}

/** The decimal written out from the integer, so that no large amount loses its last digits: 12345, 2 → `123.45`. */
function decimalText(minor: number, digits: number): `${number}` {
  const size = String(Math.abs(minor)).padStart(digits + 1, '0');
  const cut = size.length - digits;
  const fraction = digits === 0 ? '' : `.${size.slice(cut)}`;
  // Digits, one dot, one sign: a numeric string, which the formatter reads exactly.
  return `${minor < 0 ? '-' : ''}${size.slice(0, cut)}${fraction}` as `${number}`;
}

function formatOf(currency: string | undefined, digits: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const created = new Intl.NumberFormat(currency === 'INR' ? 'en-IN' : 'en-US', {
    ...(currency === undefined ? {} : { style: 'currency', currency }),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(key, created);
  return created;
}
