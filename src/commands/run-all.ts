import type { Command } from 'commander';
import { holdKeys } from './early-keys.ts';
import { addSettings, typedFlags } from './flags.ts';
import { hasTerminal } from './terminal.ts';

export function declareRunAll(command: Command): void {
  addSettings(command, ['Replay', 'Run', 'Services', 'Log', 'Strategies', 'Data', 'Market', 'Risk', 'Fills'])
    .option('--plain', 'lines also on a terminal, where the dashboard is shown otherwise')
    .option('--resume [run]', 'go on with a run that ended early: the last one, or the one of that name')
    .option('--allow-entries', 'with --resume: take the kill switch away that was set in the run')
    .addHelpText('after', EXAMPLES);
  command.action(async () => {
    const flags = typedFlags(command);
    const isPlain = flags['plain'] === true || flags['verbose'] === true;
    using _keys = !isPlain && hasTerminal() ? holdKeys() : undefined;
    const { runAll } = await import('./compose.ts');
    await runAll(flags);
  });
}

const EXAMPLES = `
Examples:
  tradekit run-all
  tradekit run-all --from 2015-07-06 --speed max --verbose
  tradekit run-all --feed csv:NIFTY.csv --speed 600
  tradekit run-all --resume
  tradekit run-all --resume --allow-entries
  tradekit run-all --redis redis://localhost:6379

On a terminal it shows the dashboard: ? the keys, q quits. In one process p pauses the replay of files, . runs one instant.
Ctrl-C ends it with the summary so far. Settings may also stand in tradekit.json or in the environment.`;
