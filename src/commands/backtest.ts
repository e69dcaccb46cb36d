import type { Command } from 'commander';
import { addSettings, typedFlags } from './flags.ts';

export function declareBacktest(command: Command): void {
  command.argument('<files...>', 'candles as CSV, also gzipped');
  addSettings(command, ['Strategies', 'Data', 'Market', 'Risk', 'Fills', 'Results']).addHelpText(
    'after',
    EXAMPLES,
  );
  command.action(async (files: readonly string[]) => {
    const { runBacktest } = await import('./compose.ts');
    await runBacktest(files, typedFlags(command));
  });
}

const EXAMPLES = `
Examples:
  tradekit backtest NIFTY.csv
  tradekit backtest FEDERALBNK.csv TCS.csv --from 2015-07-06 --to 2015-07-31 --equity 10,00,000
  tradekit backtest SPY.csv --market us --zone America/New_York --risk-pct 0.5 --json
  tradekit backtest BTC.csv --market crypto --lock position --disable reward-risk,liquidity

Every setting may also stand in tradekit.json ("riskPct": 0.5) or in the environment (TRADEKIT_RISK_PCT=0.5);
a flag wins over the environment, the environment over the file.`;
