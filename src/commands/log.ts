import { type Command, Option } from 'commander';
import { TradekitError } from '../core/domain/error.ts';
import { addSettingNamed, typedFlags } from './flags.ts';

export function declareLog(command: Command): void {
  command.enablePositionalOptions();
  addSettingNamed(addSettingNamed(addSettingNamed(command, 'mongo'), 'redis'), 'redisCa')
    .option(
      '--store <url>',
      'the run to copy is in this store, such as sqlite:FILE (default: the newest run)',
    )
    .option('--to <url>', 'copy into this event log instead of a MongoDB (default: sqlite:.tradekit/log.db)')
    .option('--follow', 'go on waiting when the feed has ended')
    .addHelpText('after', EXAMPLES);
  command.action(async () => {
    const { runLog } = await import('./compose.ts');
    await runLog(typedFlags(command));
  });
  declareTail(
    command.command('tail').description('Print the last events of a run, then each new one as it comes'),
  );
  declareQuery(command.command('query').description('Print the events of a run that fit'));
}

function declareTail(command: Command): void {
  addReading(command)
    .addOption(new Option('--last <count>', 'events to begin with (default: 10)').argParser(count))
    .addOption(new Option('--json', 'print events as JSON lines'))
    .addHelpText('after', TAIL_EXAMPLES);
  command.action(async () => {
    const { tailLog } = await import('./compose.ts');
    await tailLog(typedFlags(command));
  });
}

function declareQuery(command: Command): void {
  addReading(command)
    .addOption(new Option('--limit <count>', 'the oldest so many').argParser(count))
    .addOption(new Option('--last <count>', 'the newest so many').argParser(count).conflicts('limit'))
    .addOption(new Option('--json', 'print events as JSON lines'))
    .addOption(new Option('--csv', 'print a table of their single values as CSV').conflicts('json'))
    .addHelpText('after', QUERY_EXAMPLES);
  command.action(async () => {
    const { queryLog } = await import('./compose.ts');
    await queryLog(typedFlags(command));
  });
}

/** Where events are read, and which. */
function addReading(command: Command): Command {
  for (const name of ['mongo', 'redis', 'redisCa', 'market'] as const) addSettingNamed(command, name);
  return command
    .option(
      '--store <url>',
      'read this event log or store, such as sqlite:FILE (default: the newest there is)',
    )
    .option('--run <name>', 'of this run; query also takes the word all (default: the one written last)')
    .addOption(new Option('--channel <name,…>', 'of these channels').argParser(list))
    .option('--symbol <name>', 'of this symbol')
    .option('--strategy <name>', 'that follow from a signal of this strategy')
    .option('--correlation <id>', 'that follow from this signal')
    .option('--from <date>', 'from this date, or date and exchange time, on')
    .option('--to <date>', 'up to this date, or date and exchange time, included');
}

function list(value: string, before: string | undefined): string {
  return before === undefined ? value : `${before},${value}`;
}

function count(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new TradekitError('CONFIG', `"${value}" is no count of events.`, {
    hint: 'It is a whole number of at least 1.',
  });
}

const EXAMPLES = `
Copies every event of a run into an event log, as the run goes, and ends when the feed has ended and everything is
there. An event log that is away is tried again until it is back; trading never waits for it.

Examples:
  tradekit log --redis redis://localhost --mongo mongodb://localhost/tradekit
  tradekit log --redis redis://localhost
  tradekit log --store sqlite:.tradekit/runs/july.db --to sqlite:archive.db
  tradekit log tail
  tradekit log query --channel order_filled --symbol INFY --csv

TRADEKIT_MONGO says where the MongoDB is without its password on the command line.`;

const TAIL_EXAMPLES = `
Ends when the feed has ended, or with Ctrl-C.

Examples:
  tradekit log tail
  tradekit log tail --channel execution --last 50
  tradekit log tail --redis redis://localhost --symbol INFY --json`;

const QUERY_EXAMPLES = `
Channels: MARKET.CANDLE, SIGNALS.POTENTIAL, SIGNALS.MSE_OUTPUT, SIGNALS.RISK_VALIDATED, SIGNALS.RISK_REJECTED,
EXECUTION.ORDER_PLACED, EXECUTION.ORDER_FILLED, EXECUTION.ORDER_CANCELLED, EXECUTION.POSITION_CLOSED; a part
will do, such as fill, order or risk.

Examples:
  tradekit log query --last 20
  tradekit log query --channel risk_rejected --strategy opening_range_breakout_long --from 2015-07-06
  tradekit log query --correlation FORTIS/opening_range_breakout_long/5m/1436154600000
  tradekit log query --channel position_closed --run all --csv > closed.csv
  tradekit log query --store sqlite:.tradekit/runs/july.db --json | head`;
