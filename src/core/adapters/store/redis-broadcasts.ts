import {
  CHANNEL_WRITERS,
  CHANNELS,
  type Channel,
  STAGE_NAMES,
  type StageName,
} from '../../domain/events/channels.ts';
import { comparePositions, type Position, parsePosition } from '../../domain/events/position.ts';
import type { ReadRange, StoredEvent } from '../../ports/store.ts';

/**
 * What commits say of themselves on `tk:moved:<service>`: from where to where, and small ones their events, too. A reader
 * that heard the commits of a range one after the other need not ask for it; whoever missed one asks.
 */
export interface Broadcasts {
  hear(message: string): void;
  /** The connection was lost: what came meanwhile was not heard. */
  forget(): void;
  /** Where the service's last commit moved its mark, as far as was heard. */
  mark(service: StageName): Position | undefined;
  /** The events of the range, or undefined where not all of it was heard. */
  read(range: ReadRange): readonly StoredEvent[] | undefined;
}

type Heard = {
  readonly from: Position;
  readonly to: Position;
  /** Undefined where the commit was too large to say. */
  readonly events: readonly StoredEvent[] | undefined;
};

/** Commits of one service that are kept, at least: what a reader that is a little behind still needs. */
const KEPT = 256;

export function createBroadcasts(): Broadcasts {
  const heard = new Map<StageName, Heard[]>();

  function of(service: StageName): readonly Heard[] {
    return heard.get(service) ?? [];
  }

  /** Behind the ones before it, where it follows them. */
  function keep(service: StageName, commit: Heard): void {
    const commits = heard.get(service);
    const last = commits?.at(-1);
    if (commits === undefined || last === undefined || comparePositions(last.to, commit.from) !== 0) {
      heard.set(service, [commit]);
      return;
    }
    if (commits.length >= 2 * KEPT) commits.splice(0, commits.length - KEPT);
    commits.push(commit);
  }

  /** The commits of one service that cover the range, one after the other. */
  function covering(service: StageName, { after, upTo }: ReadRange): readonly Heard[] | undefined {
    const commits = of(service);
    const first = commits.findLastIndex(({ from }) => comparePositions(from, after) <= 0);
    if (first === -1) return undefined;
    const covered = commits.slice(first);
    const last = covered.findIndex(({ to }) => comparePositions(to, upTo) >= 0);
    return last === -1 ? undefined : covered.slice(0, last + 1);
  }

  return {
    hear(message) {
      const said = parse(message);
      // Whatever that was, it was no commit of ours: from here on the streams tell.
      if (said === undefined) return heard.clear();
      keep(...said);
    },
    forget: () => heard.clear(),
    mark: (service) => of(service).at(-1)?.to,
    read(range) {
      const { after, upTo, channels = CHANNELS } = range;
      const found: StoredEvent[] = [];
      for (const service of new Set(channels.map((channel) => CHANNEL_WRITERS[channel]))) {
        const commits = covering(service, range);
        if (commits === undefined) return undefined;
        for (const { events } of commits) {
          if (events === undefined) return undefined;
          found.push(...events);
        }
      }
      return found
        .filter(({ position, channel }) => channels.includes(channel) && isWithin(position, after, upTo))
        .sort((a, b) => comparePositions(a.position, b.position));
    },
  };
}

function isWithin(position: Position, after: Position, upTo: Position): boolean {
  return comparePositions(position, after) > 0 && comparePositions(position, upTo) <= 0;
}

/** `[service, from, to, at, channel, id, line, …]`, texts all; without `at` and what follows where the commit is large. */
function parse(message: string): readonly [StageName, Heard] | undefined {
  try {
    const [name, from = '', to = '', at, ...rest] = JSON.parse(message) as string[]; // checked by what follows
    const service = STAGE_NAMES.find((stage) => stage === name);
    if (service === undefined) return undefined;
    const events = at === undefined ? undefined : eventsOf(rest, Number(at));
    return [service, { from: parsePosition(from), to: parsePosition(to), events }];
  } catch {
    return undefined;
  }
}

function eventsOf(texts: readonly string[], recordedAt: number): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  for (let i = 0; i < texts.length; i += 3) {
    const [channel = '', id = '', line = ''] = texts.slice(i, i + 3);
    events.push({ channel: channel as Channel, position: parsePosition(id), line, recordedAt }); // as the function had it from a commit
  }
  return events;
}
