import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { openEventLogReader } from '../../src/core/adapters/event-log/open.ts';
import { openStoreReader } from '../../src/core/adapters/store/open.ts';
import { CHANNELS, type Channel, channelOf } from '../../src/core/domain/events/channels.ts';
import { encode } from '../../src/core/domain/events/codec.ts';
import type { TradekitEvent } from '../../src/core/domain/events/events.ts';
import { BEFORE_ALL, endOfInstant, formatPosition } from '../../src/core/domain/events/position.ts';
import { createPlacedEngine } from '../../src/core/services/pipeline/placed-engine.ts';
import { openTape, type PipelineTape } from './tapes.ts';

/** The events of a run in its order: position and line, by channel. */
export type RunEvents = Readonly<Record<Channel, readonly PlacedLine[]>>;
type PlacedLine = readonly [position: string, line: string];

/** What the plain loop says. */
export async function eventsOfLoop(tape: PipelineTape): Promise<RunEvents> {
  const { feed, setup } = await openTape(tape);
  const engine = createPlacedEngine(setup);
  while (feed.run(engine, 10_000) > 0);
  await feed[Symbol.asyncDispose]();
  return byChannel(
    engine
      .takeEvents()
      .map(({ position, event }) => [channelOf(event), [formatPosition(position), encode(event)]]),
  );
}

/** What a run in one process has in its file. */
export async function eventsOfFile(path: string): Promise<RunEvents> {
  await using reader = await openStoreReader(`sqlite:${path}`);
  const events = await reader.read({ after: BEFORE_ALL, upTo: endOfInstant(1_000_000), max: 10_000_000 });
  return byChannel(events.map(({ channel, position, line }) => [channel, [formatPosition(position), line]]));
}

/** What services have in their Redis: its streams as any client reads them. */
export async function eventsOfRedis(redis: Redis): Promise<RunEvents> {
  const found: [Channel, PlacedLine][] = [];
  for (const channel of CHANNELS) {
    const entries = await redis.xrange(`tk:${channel}`, '-', '+');
    for (const [id, [, line = '']] of entries) found.push([channel, [id, line]]);
  }
  return byChannel(found);
}

/** What `tradekit log` has copied into a file. */
export async function eventsOfLog(path: string): Promise<RunEvents> {
  await using log = await openEventLogReader(`sqlite:${path}`);
  const [run] = await log.runs();
  const found: [Channel, PlacedLine][] = [];
  for await (const { channel, position, line } of log.read({ run: run?.id ?? 'none' }))
    found.push([channel, [formatPosition(position), line]]);
  return byChannel(found);
}

function byChannel(events: readonly (readonly [Channel, PlacedLine])[]): RunEvents {
  const lines = Object.fromEntries(CHANNELS.map((channel): [Channel, PlacedLine[]] => [channel, []]));
  for (const [channel, line] of events) lines[channel]?.push(line);
  return lines as Record<Channel, PlacedLine[]>; // one list for each of CHANNELS
}

/** All of them, parsed. */
export function parsed(events: RunEvents): readonly TradekitEvent[] {
  return CHANNELS.flatMap((channel) => events[channel]).map(([, line]) => JSON.parse(line) as TradekitEvent); // written by encode
}

/** Writes JSON lines, a file for each channel, and another with the positions. */
export function writeLines(folder: string, events: RunEvents): string {
  mkdirSync(folder, { recursive: true });
  for (const channel of CHANNELS) {
    const lines = events[channel];
    writeFileSync(join(folder, `${channel}.jsonl`), lines.map(([, line]) => `${line}\n`).join(''));
    writeFileSync(join(folder, `${channel}.positions`), lines.map(([position]) => `${position}\n`).join(''));
  }
  return folder;
}

/** `cmp` on each pair of files: where two runs differ first, a sentence for each file that does; empty: in nothing. */
export function differences(expected: string, actual: string): readonly string[] {
  return CHANNELS.flatMap((channel) =>
    ['jsonl', 'positions'].flatMap((kind) => compared(`${channel}.${kind}`, expected, actual)),
  );
}

function compared(name: string, expected: string, actual: string): readonly string[] {
  const [a, b] = [expected, actual].map((folder) => readFileSync(join(folder, name)));
  if (a === undefined || b === undefined || a.equals(b)) return [];
  const [said, now] = [a, b].map((bytes) => bytes.toString().split('\n'));
  const place = (said ?? []).findIndex((line, i) => line !== now?.[i]);
  return [`${name}, line ${place + 1} of ${said?.length}: ${said?.[place]} | ${now?.[place]}`];
}
