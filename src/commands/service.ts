import type { Command } from 'commander';
import type { SettingGroup } from '../core/config/setting-table.ts';
import type { StageName } from '../core/domain/events/channels.ts';
import { addSettings, typedFlags } from './flags.ts';

/** The four services of the pipeline differ in what they read, hence in the settings that concern them. */
const GROUPS: Readonly<Record<StageName, readonly SettingGroup[]>> = {
  screen: ['Services', 'Replay', 'Strategies', 'Data', 'Market', 'Risk', 'Fills'],
  mse: ['Services', 'Strategies', 'Market', 'Risk', 'Fills'],
  risk: ['Services', 'Strategies', 'Market', 'Risk', 'Fills'],
  exec: ['Services', 'Strategies', 'Market', 'Risk', 'Fills'],
};

export function declareService(name: StageName): (command: Command) => void {
  return (command) => {
    addSettings(command, GROUPS[name]).addHelpText('after', examplesOf(name));
    command.action(async () => {
      const { runServiceOf } = await import('./compose.ts');
      await runServiceOf(name, typedFlags(command));
    });
  };
}

function examplesOf(name: StageName): string {
  const own =
    name === 'screen'
      ? '  tradekit screen --feed csv:NIFTY.csv --speed 600 --redis redis://localhost:6379'
      : `  tradekit ${name} --redis redis://localhost:6379`;
  return `
Examples:
${own}
  tradekit ${name} --redis redis://localhost:6379 --take-over

The services may be started in any order, each with the same strategies and settings: screen begins the run, the others
wait for it. A service that was killed is started again and goes on. Try redis://localhost:6379 with: redis-cli ping`;
}
