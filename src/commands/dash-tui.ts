import { type Command, Option } from 'commander';
import { VIEWS } from '../core/views/dashboard/ui.ts';
import { holdKeys } from './early-keys.ts';
import { addSettingNamed, addSettings, typedFlags } from './flags.ts';
import { hasTerminal } from './terminal.ts';

export function declareDashTui(command: Command): void {
  addSettings(command, ['Strategies', 'Market', 'Risk', 'Fills']);
  addSettingNamed(addSettingNamed(command, 'redis'), 'redisCa')
    .option('--store <url>', 'watch the run in this store, such as sqlite:FILE (default: the newest run)')
    .addOption(new Option('--view <name>', 'the view to begin with (default: now)').choices(VIEWS))
    .option('--symbol <text>', 'only symbols that contain it')
    .option('--once', 'print one picture as text and end')
    .addOption(new Option('--size <columns>x<lines>', 'of that picture (default: the terminal, else 80x24)'))
    .addOption(new Option('--json', 'print the same figures as JSON and end').conflicts('once'))
    .addHelpText('after', EXAMPLES);
  command.action(async () => {
    const flags = typedFlags(command);
    const isOnce = flags['once'] === true || flags['json'] === true;
    using _keys = !isOnce && hasTerminal() ? holdKeys() : undefined;
    const { runDashTui } = await import('./compose.ts');
    await runDashTui(flags);
  });
}

const EXAMPLES = `
It looks and never writes, but for one key: k, asked twice, sets the kill switch. ? shows the keys, q quits; p pauses
the display, not the run.

Examples:
  tradekit dash-tui
  tradekit dash-tui --store sqlite:.tradekit/runs/july.db --view trades
  tradekit dash-tui --redis redis://localhost:6379
  tradekit dash-tui --once --view watch
  tradekit dash-tui --json | jq .account`;
