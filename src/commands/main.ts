import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { usageError } from './usage-error.ts';

type Declare = (command: Command) => void;

/** What there is. A command's own file is read only when it is asked for, so that help stays quick. */
const COMMANDS: Readonly<
  Record<string, { readonly does: string; readonly declare: () => Promise<Declare> }>
> = {
  'run-all': {
    does: 'Replay candles through the whole pipeline and watch signals become plans, orders and closed trades',
    declare: async () => (await import('./run-all.ts')).declareRunAll,
  },
  screen: {
    does: 'Service: make candles of a feed, evaluate the strategies at each close, publish signals',
    declare: async () => (await import('./service.ts')).declareService('screen'),
  },
  mse: {
    does: 'Service: turn signals into plans by market structure; mse --test shows what it sees on a chart',
    declare: async () => (await import('./service.ts')).declareService('mse'),
  },
  risk: {
    does: 'Service: size trade plans, and reject those that break a rule',
    declare: async () => (await import('./service.ts')).declareService('risk'),
  },
  exec: {
    does: 'Service: execute validated plans on paper, and close them',
    declare: async () => (await import('./service.ts')).declareService('exec'),
  },
  backtest: {
    does: 'Run the whole pipeline over history: the trades as CSV, and a summary of what happened and why',
    declare: async () => (await import('./backtest.ts')).declareBacktest,
  },
  log: {
    does: 'Copy the events of a run into an event log, MongoDB or a file; log tail and log query read one',
    declare: async () => (await import('./log.ts')).declareLog,
  },
  'dash-tui': {
    does: 'Watch a run in the terminal: what is on, what it risks, and why nothing happens',
    declare: async () => (await import('./dash-tui.ts')).declareDashTui,
  },
  init: {
    does: 'Write a commented strategies.json and tradekit.json where there is none',
    declare: async () => (await import('./init.ts')).declareInit,
  },
  redis: {
    does: 'Prepare a Redis for the services',
    declare: async () => (await import('./redis.ts')).declareRedis,
  },
};

/**
 * The command line: declares, then delegates.
 *
 * @throws TradekitError; bin/tradekit.js makes text and an exit code of it
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = createProgram();
  for (const [name, { does, declare }] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(does);
    throwUsageErrors(command);
    if (argv.includes(name)) (await declare())(command);
    for (const part of command.commands) throwUsageErrors(part);
  }
  if (argv.length === 0) return program.outputHelp();
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError && error.exitCode === 0)) throw error; // 0: help or version was shown
  }
}

function createProgram(): Command {
  const program = new Command('tradekit')
    .description('Intraday trading: screen, plan, risk, execute and backtest with one engine')
    .version(versionOfPackage(), '-v, --version')
    .configureOutput({ outputError: () => {} })
    .enablePositionalOptions()
    .addHelpText('after', '\nTry: tradekit run-all, or tradekit backtest --help');
  throwUsageErrors(program);
  return program;
}

function throwUsageErrors(command: Command): void {
  command.exitOverride((error) => {
    throw usageError(error, command);
  });
}

function versionOfPackage(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version; // our own package.json
}
