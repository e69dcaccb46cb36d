import type { Command } from 'commander';

export function declareInit(command: Command): void {
  command
    .option('--dir <folder>', 'where to write them', '.')
    .addHelpText('after', '\nNothing is ever overwritten.');
  command.action(async ({ dir }: { readonly dir: string }) => {
    const { writeStarters } = await import('../core/config/starters.ts');
    writeStarters(dir, (line) => process.stdout.write(`${line}\n`));
  });
}
