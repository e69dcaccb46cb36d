import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../shared.ts';

/** The program as it is installed: bin in front of dist, which `npm test` has built. */
function tradekit(...args: string[]) {
  const bin = join(PROJECT, 'bin/tradekit.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('tradekit, as installed', () => {
  it.each([[], ['--help'], ['help']])('%j shows the commands on stdout', (...args) => {
    const { status, stdout, stderr } = tradekit(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: tradekit .*run-all.*backtest.*init/s);
  });

  it('answers a misspelt flag with a sentence, exit 1', () => {
    expect(tradekit('backtest', 'a.csv', '--risk-pc', '1')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'Unknown option "--risk-pc".\nDid you mean --risk-pct? Try: tradekit backtest --help\n',
    });
  });
});
