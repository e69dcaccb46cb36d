import { type Command, Option } from 'commander';
import { SETTINGS, type SettingGroup, type SettingName } from '../core/config/setting-table.ts';
import { TradekitError } from '../core/domain/error.ts';
import { addSettingNamed, type Flags } from './flags.ts';

/** What reading a file of candles needs; `--timeframe` is the one of the chart here. */
const READING: readonly SettingName[] = [
  'symbol',
  'from',
  'zone',
  'stamps',
  'dates',
  'columns',
  'delimiter',
  'adjust',
  'strict',
];
const OWN = ['test', 'data', 'at', 'direction', 'timeframe', 'json'];
const GROUPS: readonly SettingGroup[] = ['Market', 'Risk', 'Fills'];

/** Declares `--test` and what belongs to it alone. */
export function addTestOptions(command: Command): void {
  const own = (flags: string, meaning: string): Option => new Option(flags, meaning).helpGroup('Test:');
  command
    .addOption(own('--test', 'no service: show what the engine sees in candles, and the plan it would make'))
    .addOption(own('--data <file>', 'candles as CSV, also gzipped (default: the bundled ones)'))
    .addOption(
      own(
        '--at <time>',
        'date and exchange time of the decision (default: the end of the data; of the bundled ones without --symbol, ' +
          '2015-07-24 11:00, where there is more to see)',
      ),
    )
    .addOption(own('--direction <long|short>', 'of the plan (default: with the trend)'))
    .addOption(own('--timeframe <length>', 'candles of the chart (default: 5m)'));
  for (const name of READING) addSettingNamed(command, name);
  addSettingNamed(command, 'json').addHelpText('after', EXAMPLES);
}

const EXAMPLES = `
The engine on its own, with the reasons and the time of everything it names:
  tradekit mse --test
  tradekit mse --test --symbol FRL --at "2015-07-08 11:10" --direction long
  tradekit mse --test --data SPY.csv --market us --zone UTC --timeframe 15m --json`;

/**
 * Whether the engine is to be shown on its own.
 *
 * @throws TradekitError CONFIG for a flag of the one together with the other
 */
export function isTest(flags: Flags): boolean {
  const isAsked = flags['test'] === true;
  const names = Object.keys(flags).filter((name) => name !== 'config');
  const stranger = names.find((name) => (isAsked ? !belongs(name) : isOwn(name)));
  if (stranger === undefined) return isAsked;
  const flag = `--${stranger.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (isAsked) {
    throw new TradekitError('CONFIG', `"${flag}" is for the service; --test runs none.`, {
      hint: `Leave it out: tradekit mse --test. All that --test takes: tradekit mse --help`,
    });
  }
  throw new TradekitError('CONFIG', `"${flag}" belongs to --test.`, {
    hint: `Try: tradekit mse --test ${flag} …`,
  });
}

function isOwn(name: string): boolean {
  return OWN.includes(name) || READING.some((each) => each === name);
}

function belongs(name: string): boolean {
  if (isOwn(name)) return true;
  const group = Object.entries(SETTINGS).find(([each]) => each === name)?.[1].group;
  return GROUPS.some((each) => each === group);
}
