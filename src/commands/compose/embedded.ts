import { systemClock } from '../../core/adapters/clock/system.ts';
import { createSha256 } from '../../core/adapters/digest/sha256.ts';
import { openEventLog } from '../../core/adapters/event-log/open.ts';
import { openStore, openStoreReader } from '../../core/adapters/store/open.ts';
import type { Settings } from '../../core/config/settings.ts';
import { TradekitError } from '../../core/domain/error.ts';
import { parseFeedSpec } from '../../core/domain/feed-spec.ts';
import type { FeedDescription } from '../../core/ports/feed.ts';
import type { Store } from '../../core/ports/store.ts';
import { createGate, type Gate } from '../../core/services/gate.ts';
import { untilSilent } from '../../core/services/pipeline/heartbeats.ts';
import { formatRunNote, parseRunNote } from '../../core/services/run-note.ts';
import { nameOf, packageVersion, settingsOf } from '../choice.ts';
import type { Flags } from '../flags.ts';
import { copyBeside } from '../log-copy.ts';
import { createNotices, type Notices } from '../notices.ts';
import { findRunFile, newRunFile } from '../run-files.ts';
import { runSettingsOf } from '../run-settings.ts';
import { hasTerminal, tellLines, untilInterrupted } from '../terminal.ts';
import { configHashOf } from './config-hash.ts';
import { HALTED_BY } from './on-terminal.ts';
import { openTraded, paced, type Traded } from './traded.ts';

/** A new run in one process. */
export async function startRun(flags: Flags, settings: Settings, isPlain: boolean): Promise<void> {
  const id = settings.services.run ?? nameOf(new Date());
  const path = newRunFile(id);
  const traded = await openTraded(settings);
  await embed({ flags, settings, traded, id, path, isPlain, allowsEntries: false });
}

/** The flags of its start are kept with a run; what is typed now goes before them. */
export async function resumeRun(
  name: string | undefined,
  flags: Flags,
  { isPlain, allowsEntries }: Pick<EmbeddedStart, 'isPlain' | 'allowsEntries'>,
): Promise<void> {
  const path = findRunFile(name);
  const { id, note } = await noteOf(path);
  const kept = { ...note.flags, ...flags };
  const settings = settingsOf(kept);
  const traded = await openTraded(settings);
  await embed({ flags: note.flags ?? {}, settings, traded, id, path, isPlain, allowsEntries });
}

async function noteOf(path: string) {
  await using reader = await openStoreReader(`sqlite:${path}`);
  const run = await reader.run();
  if (run === undefined) {
    throw new TradekitError('DATA', `The run in "${path}" ended before its first instant.`, {
      hint: 'Nothing is lost: start it again with tradekit run-all.',
    });
  }
  return { id: run.id, note: parseRunNote(run.feed) };
}

type EmbeddedStart = {
  readonly flags: Flags;
  readonly settings: Settings;
  readonly traded: Traded;
  readonly id: string;
  readonly path: string;
  /** Lines also where there is a terminal. */
  readonly isPlain: boolean;
  /** Takes the kill switch away where it stands. */
  readonly allowsEntries: boolean;
};

async function embed({
  flags,
  settings,
  traded,
  id,
  path,
  isPlain,
  allowsEntries,
}: EmbeddedStart): Promise<void> {
  const { signal } = untilInterrupted();
  const { history, feed, source } = traded;
  await using store = await openStore(`sqlite:${path}`);
  if (!settings.services.takeOver) {
    await untilSilent(store, systemClock, signal, (ms) => {
      const seconds = Math.ceil(ms / 1000);
      tellLines(
        `The run's process was heard a moment ago: waiting ${seconds} s to be sure that it is gone (--take-over does not wait).`,
      );
    });
  }
  await tellKill(store, allowsEntries);
  const { mongo } = settings.services;
  const isShown = !isPlain && hasTerminal();
  const gate = isShown && isReplay(feed) ? createGate() : undefined;
  const notices = createNotices(tellLines);
  const endCopy =
    mongo === undefined
      ? undefined
      : copyBeside({
          from: `sqlite:${path}`,
          to: mongo,
          openStore: openStoreReader,
          openLog: openEventLog,
          clock: systemClock,
          signal,
          say: (line) => notices.say(`log: ${line}`),
        });
  const { runInOneProcess } = await import('../embedded-run.ts');
  const isOver = await runInOneProcess({
    history,
    feed,
    source,
    store,
    keptIn: path,
    run: { id, configHash: configHashOf(traded.choice), feed: formatRunNote({ feed, flags }) },
    takeOver: settings.services.takeOver,
    dashboard: isShown
      ? (until, over) =>
          notices.whileShown(() => watchRun({ id, traded, store, path, replay: gate, notices, over }, until))
      : undefined,
    openFeed: async (seen) => paced(await traded.openFeed(), settings, seen, gate),
    replay: settings.replay,
    createDigest: createSha256,
    codeVersion: packageVersion(),
    clock: systemClock,
    signal,
  });
  await endCopy?.(isOver);
}

/** A run that was halted trades nothing: who goes on with it is told, or takes the switch away. */
async function tellKill(store: Store, allowsEntries: boolean): Promise<void> {
  const halted = await store.key('TG:KILL');
  if (halted === undefined) return;
  if (allowsEntries) await store.resume();
  tellLines(
    allowsEntries
      ? 'The kill switch is taken away: entries are placed again.'
      : `The kill switch stands, set by "${halted}": no entry is placed. --resume --allow-entries takes it away.`,
  );
}

/** History stands still where it is told to. What invents a market, or hears one, is shown as a market: that never waits. */
function isReplay({ source }: FeedDescription): boolean {
  return parseFeedSpec(source).kind !== 'random';
}

type WatchedRun = {
  readonly id: string;
  readonly traded: Traded;
  readonly store: Store;
  readonly path: string;
  readonly replay: Gate | undefined;
  readonly notices: Notices;
  readonly over: AbortSignal;
};

/** The dashboard of the run that this process makes: it reads the run's file, as another process would. */
async function watchRun(
  { id, traded: { choice, feed }, store, path, replay, notices, over }: WatchedRun,
  signal: AbortSignal,
): Promise<void> {
  const { showDashboard } = await import('../show-dashboard.ts');
  await using reader = await openStoreReader(`sqlite:${path}`);
  await showDashboard({
    reader,
    settings: runSettingsOf(id, feed, choice),
    replay,
    notice: () => notices.newest,
    halt: () => store.halt(HALTED_BY),
    clock: systemClock,
    signal,
    over,
  });
}
