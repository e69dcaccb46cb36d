import type { Command, CommanderError } from 'commander';
import { TradekitError } from '../core/domain/error.ts';

/** Commander's complaint as a sentence of ours, with the help to read next. Help and version (exit code 0) stay as they are. */
export function usageError(error: CommanderError, command: Command): Error {
  if (error.exitCode === 0) return error;
  const meant = /\(Did you mean (.+)\?\)/.exec(error.message)?.[1];
  const hint = `${meant === undefined ? '' : `Did you mean ${meant}? `}Try: ${wholeName(command)} --help`;
  return new TradekitError('CONFIG', sentence(error, command), { hint, cause: error });
}

/** `tradekit log query` */
function wholeName(command: Command): string {
  return command.parent === null ? command.name() : `${wholeName(command.parent)} ${command.name()}`;
}

function sentence({ code, message }: CommanderError, command: Command): string {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'commander.unknownCommand':
      return `Unknown command "${quoted}".`;
    case 'commander.unknownOption':
      return `Unknown option "${quoted}".`;
    case 'commander.optionMissingArgument':
      return `"${quoted}" needs a value.`;
    case 'commander.missingArgument':
      return `No ${quoted} given.`;
    case 'commander.excessArguments':
      return 'There are more arguments than this command takes.';
    case 'commander.help':
      if (command.parent !== null) return `"${command.name()}" does not say what to do.`;
      return 'There is no help under that name.';
    default:
      return message.replace(/^error: /, '');
  }
}
