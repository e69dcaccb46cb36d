import type { Money } from '../domain/performance/result.ts';

const SYMBOLS: Readonly<Record<string, string>> = { INR: '₹', USD: '$', EUR: '€', GBP: '£', JPY: '¥' };

/** Integer minor units → `₹10,00,000.00`, `-$1,234.50`, `1,234.50 USDT`. Fractions of a minor unit are rounded. */
export function formatMoney(minor: number, money: Money): string {
  const amount = groupedAmount(Math.abs(minor), money);
  const symbol = Object.hasOwn(SYMBOLS, money.currency) ? SYMBOLS[money.currency] : undefined;
  return `${signOf(minor)}${symbol === undefined ? `${amount} ${money.currency}` : `${symbol}${amount}`}`;
}

/** The same with a plus before gains: a sign that reads without colour. */
export function formatSignedMoney(minor: number, money: Money): string {
  return `${Math.round(minor) > 0 ? '+' : ''}${formatMoney(minor, money)}`;
}

/** Without the currency, for columns whose title names it: `-12,34,567.00`. */
export function formatAmount(minor: number, money: Money): string {
  return signOf(minor) + groupedAmount(Math.abs(minor), money);
}

/** What stands for the currency: `₹`, or its code. */
export function currencySymbol({ currency }: Money): string {
  return (Object.hasOwn(SYMBOLS, currency) ? SYMBOLS[currency] : undefined) ?? currency;
}

/** Without grouping, for files: 123456 with 2 digits → `1234.56`. */
export function decimalAmount(minor: number, { minorDigits }: Money): string {
  return signOf(minor) + digitsOf(Math.abs(minor), minorDigits);
}

function signOf(minor: number): string {
  return Math.round(minor) < 0 ? '-' : '';
}

function digitsOf(size: number, minorDigits: number): string {
  const digits = String(Math.round(size)).padStart(minorDigits + 1, '0');
  if (minorDigits === 0) return digits;
  return `${digits.slice(0, -minorDigits)}.${digits.slice(-minorDigits)}`;
}

function groupedAmount(size: number, { currency, minorDigits }: Money): string {
  const [whole = '0', fraction] = digitsOf(size, minorDigits).split('.');
  const grouped = currency === 'INR' ? groupIndian(whole) : groupThousands(whole);
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Thousands, then lakhs and crores: 12345678 → 1,23,45,678. */
function groupIndian(digits: string): string {
  const head = digits.slice(0, -3);
  return head === '' ? digits : `${head.replace(/\B(?=(\d{2})+$)/g, ',')},${digits.slice(-3)}`;
}

/** 12345678 → 12,345,678 */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
