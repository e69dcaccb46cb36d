import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../src/core/domain/events/decode.ts';
import { createMarket } from '../../src/core/domain/market/presets/catalog.ts';
import { DEFAULT_RISK_LIMITS } from '../../src/core/domain/risk/settings.ts';
import type { Append } from '../../src/core/ports/store.ts';
import { createDashboard, type Dashboard } from '../../src/core/views/dashboard/controller.ts';
import type { Surroundings } from '../../src/core/views/dashboard/figures.ts';
import { createRunFold, type RunFold } from '../../src/core/views/dashboard/fold/run-fold.ts';
import type { RunSettings } from '../../src/core/views/dashboard/fold/settings.ts';
import type { Effect } from '../../src/core/views/dashboard/keys.ts';
import { BUSY } from '../laws/strategies.ts';
import { recordedRun } from '../recorded-run.ts';
import { strategiesOf } from '../run-engine.ts';
import { PROJECT } from '../shared.ts';

/** The recorded run as a dashboard meets it. */

export const STARTING_PAISE = 1_000_000_00;

export async function recordedSettings(): Promise<RunSettings> {
  const market = createMarket('nse');
  const symbols = [
    ...new Set((await recordedRun()).flatMap(({ line }) => JSON.parse(line).symbol ?? [])),
  ].sort();
  const shipped = strategiesOf(JSON.parse(readFileSync(join(PROJECT, 'strategies.json'), 'utf8')));
  return {
    id: 'july',
    source: 'csv:july.csv',
    baseTimeframeMs: 60_000,
    instruments: symbols.map((symbol) => ({
      symbol,
      type: 'equity',
      tick: 0.05,
      lot: 1,
      decimals: 2,
      hasVolume: true,
    })),
    zone: market.calendar.zone,
    money: { currency: 'INR', minorDigits: 2 },
    risk: {
      ...DEFAULT_RISK_LIMITS,
      startingBalance: market.startingBalance,
      leverage: market.leverage,
      lock: 'position',
    },
    strategies: [...BUSY, ...shipped],
    doubts: [],
  };
}

/** The fold of the recorded run up to and with an instant. */
export async function foldUpTo(n: number): Promise<RunFold> {
  const fold = createRunFold(await recordedSettings());
  feed(
    fold,
    (await recordedRun()).filter(({ position }) => position.n <= n),
  );
  return fold;
}

export function feed(fold: RunFold, events: readonly Append[]): void {
  fold.take(
    events.map(({ position, line }) => ({
      n: position.n,
      event: decode(line),
      recordedAt: 1000 + position.n,
    })),
  );
}

export function aroundAt(n: number, halted?: string): Surroundings {
  const service = { beatMs: 2000, done: n };
  return {
    services: { screen: service, mse: service, risk: service, exec: service },
    halted,
    now: 4000 + n,
    unreadable: 0,
  };
}

export async function dashboardAt(
  n: number,
  onEffect: (effect: Effect) => void = () => {},
): Promise<Dashboard> {
  return createDashboard({ fold: await foldUpTo(n), around: () => aroundAt(n), canHalt: true, onEffect });
}

/** Instants at which an order is placed: early, in the middle, late. */
export async function orderInstants(): Promise<readonly number[]> {
  const placed = (await recordedRun()).filter(({ line }) => line.includes('"type":"ORDER_PLACED"'));
  return [0.2, 0.5, 0.9].map((share) => placed[Math.floor(share * placed.length)]?.position.n ?? 0);
}

let busy: Promise<number> | undefined;

/** The first instant at which two positions are open and three trades have closed in the session. */
export function busyInstant(): Promise<number> {
  busy ??= findBusy();
  return busy;
}

async function findBusy(): Promise<number> {
  const fold = createRunFold({ ...(await recordedSettings()), strategies: undefined });
  for (const events of await instantsOfRun()) {
    feed(fold, events);
    if (fold.desk.positions.length >= 2 && fold.desk.trades.length >= 3) return fold.n;
  }
  throw new Error('the recorded run is never busy');
}

export async function instantsOfRun(): Promise<readonly (readonly Append[])[]> {
  const instants = new Map<number, Append[]>();
  for (const event of await recordedRun()) {
    const { n } = event.position;
    instants.set(n, [...(instants.get(n) ?? []), event]);
  }
  return [...instants.values()];
}
