import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a ./strategies.json that places its first orders in the first minutes of a session: no test waits long for one. */
export function writeEarlyStrategies(folder: string): void {
  const strategies = [pair('LONG', 'crosses_above'), pair('SHORT', 'crosses_below')];
  writeFileSync(join(folder, 'strategies.json'), JSON.stringify(strategies));
}

function pair(entry_direction: 'LONG' | 'SHORT', condition: string) {
  return {
    strategy_name: `early ${entry_direction.toLowerCase()}`,
    entry_direction,
    timeframes: ['1m'],
    logic: { operator: 'AND', rules: [{ indicator: average(2), condition, value: average(5) }] },
    plan: { entry: 'market', stop: { ticks: 24 }, target: { r: 3 } },
  };
}

function average(period: number) {
  return { name: 'sma', params: { period } };
}
