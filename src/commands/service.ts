import type { Command } from 'commander';
import type { StageName } from '../core/domain/events/channels.ts';
import { addSettings, typedFlags } from './flags.ts';
import { addTestOptions, isTest } from './mse-test.ts';
import { groupsOf } from './service-groups.ts';

export function declareService(name: StageName): (command: Command) => void {
  return (command) => {
    addSettings(command, groupsOf(name)).addHelpText('after', examplesOf(name));
    if (name === 'mse') addTestOptions(command);
    command.action(async () => {
      if (name === 'mse' && isTest(typedFlags(command))) {
        const { testStructure } = await import('./compose.ts');
        return testStructure(typedFlags(command));
      }
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
