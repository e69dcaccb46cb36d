import { join } from 'node:path';
import { choiceOf, settingsOf } from '../../../src/commands/choice.ts';
import { runSettingsOf } from '../../../src/commands/run-settings.ts';
import { openStoreReader } from '../../../src/core/adapters/store/open.ts';
import { decode } from '../../../src/core/domain/events/decode.ts';
import { BEFORE_ALL } from '../../../src/core/domain/events/position.ts';
import { followEvents } from '../../../src/core/services/follow-events.ts';
import { parseRunNote } from '../../../src/core/services/run-note.ts';
import { createDashboard } from '../../../src/core/views/dashboard/controller.ts';
import {
  createRunFold,
  type FoldedEvent,
  type RunFold,
} from '../../../src/core/views/dashboard/fold/run-fold.ts';
import { FIRST_UI, type View } from '../../../src/core/views/dashboard/ui.ts';
import { freshFolder, tradekit } from '../../tradekit.ts';

const RUN = 'july';

export type Shown = { readonly view: View; readonly symbol?: string };

/**
 * The dashboard in the middle of a real run: `run-all` replays the bundled candles into its file, the file is read back
 * and folded up to the moment, and drawn as `dash-tui` draws it. The services were heard a second before.
 *
 * @param moment UTC epoch ms of market time
 * @param to the day of it, after which the replay ends
 */
export async function runAt(moment: number, to: string): Promise<(shown: Shown) => readonly string[]> {
  const folder = freshFolder();
  try {
    const { code, stderr } = tradekit(['run-all', '--plain', '--speed', 'max', '--run', RUN, '--to', to], {
      cwd: folder.path,
    });
    if (code !== 0) throw new Error(stderr);
    const fold = await foldOf(join(folder.path, '.tradekit', 'runs', `${RUN}.db`), moment);
    return (shown) => draw(fold, shown);
  } finally {
    folder.remove();
  }
}

async function foldOf(file: string, moment: number): Promise<RunFold> {
  await using reader = await openStoreReader(`sqlite:${file}`);
  const { feed, flags = {} } = parseRunNote((await reader.run())?.feed ?? '');
  const fold = createRunFold(runSettingsOf(RUN, feed, choiceOf(settingsOf(flags))));
  for await (const stored of followEvents(reader, BEFORE_ALL, AbortSignal.abort())) {
    const events = stored.map(
      ({ position, line, recordedAt }): FoldedEvent => ({ n: position.n, event: decode(line), recordedAt }),
    );
    fold.take(events.filter(({ event }) => event.at <= moment));
  }
  return fold;
}

function draw(fold: RunFold, { view, symbol }: Shown): readonly string[] {
  const service = { beatMs: 1000, done: fold.n };
  const dashboard = createDashboard({
    fold,
    around: () => ({
      services: { screen: service, mse: service, risk: service, exec: service },
      halted: undefined,
      now: (fold.recordedAt ?? 0) + 1000,
      unreadable: 0,
    }),
    canHalt: true,
    onEffect: () => {},
    ui: { ...FIRST_UI, view, query: symbol ?? '' },
  });
  return dashboard.frame({ width: 100, height: 30, colour: true });
}
