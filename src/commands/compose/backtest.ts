import { systemClock } from '../../core/adapters/clock/system.ts';
import { createSha256 } from '../../core/adapters/digest/sha256.ts';
import { SETTINGS_FILE } from '../../core/config/settings-file.ts';
import { choiceOf, namedConfig, packageVersion, settingsOf } from '../choice.ts';
import type { Flags } from '../flags.ts';
import { untilInterrupted } from '../terminal.ts';
import { openHistory } from './traded.ts';

export async function runBacktest(files: readonly string[], flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const { signal } = untilInterrupted();
  const { backtest } = await import('../backtest-run.ts');
  const { isSameFile } = await import('../../core/adapters/files/same-file.ts');
  const { writeWholeFiles } = await import('../../core/adapters/files/write-whole.ts');
  const choice = choiceOf(settings);
  const market = settings.market.name;
  await backtest({
    open: (onProgress) => openHistory(files, choice, { onProgress, signal }),
    inputs: [
      ...files,
      choice.strategiesFile,
      namedConfig(flags) ?? SETTINGS_FILE,
      ...(market.endsWith('.json') ? [market] : []),
    ],
    isSameFile,
    output: settings.output,
    createDigest: createSha256,
    writeFiles: writeWholeFiles,
    codeVersion: packageVersion(),
    clock: systemClock,
    signal,
  });
}
