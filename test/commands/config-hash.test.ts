import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choiceOf, settingsOf } from '../../src/commands/choice.ts';
import { configHashOf } from '../../src/commands/compose/config-hash.ts';
import type { Flags } from '../../src/commands/flags.ts';
import { freshFolder } from '../tradekit.ts';

const folder = freshFolder();
afterAll(folder.remove);

function write(name: string, value: unknown): string {
  const path = join(folder.path, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}

function strategy(value: number) {
  return {
    strategy_name: 'above',
    entry_direction: 'LONG',
    timeframes: ['1m'],
    logic: { operator: 'AND', rules: [{ indicator: 'close', condition: '>', value }] },
  };
}

const MARKET = {
  name: 'mine',
  zone: 'Asia/Kolkata',
  currency: 'INR',
  open: '09:15',
  close: '15:30',
  tick: 0.05,
  costs: 'zerodha',
};

let common: Flags = {};
beforeAll(() => {
  common = { strategies: write('strategies.json', [strategy(100)]), market: write('market.json', MARKET) };
});

function hash(flags: Flags = {}): string {
  return configHashOf(choiceOf(settingsOf({ ...common, ...flags })));
}

describe('the fingerprint of what decides', () => {
  it('is the same for the same, whatever does not decide', () => {
    expect(hash()).toMatch(/^[0-9a-f]{16}$/);
    expect(hash()).toBe(hash());
    expect(hash({ run: 'another', speed: '10' })).toBe(hash());
  });

  it.each([
    ['a rule of a strategy', () => ({ strategies: write('other.json', [strategy(101)]) })],
    ['the risk of a trade', () => ({ riskPct: '2' })],
    ['a rule switched off', () => ({ disable: 'liquidity' })],
    ['the model of fills', () => ({ fills: 'neutral' })],
    ['slippage', () => ({ slippage: '2tick' })],
    ['the market', () => ({ market: 'us' })],
    ['the costs', () => ({ costs: 'none' })],
    ['the decimals of the money in a market file', () => write('market.json', { ...MARKET, minorDigits: 3 })],
  ])('is another where it changes: %s', (_, change) => {
    const before = hash();
    const changed = change();
    expect(hash(typeof changed === 'string' ? {} : changed)).not.toBe(before);
  });
});
