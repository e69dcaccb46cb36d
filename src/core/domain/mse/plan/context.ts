import type { Cluster } from '../../structure/objects.ts';
import type { Structure } from '../../structure/structure.ts';
import { tolerance } from '../../structure/tolerance.ts';
import type { PlanReason } from '../../trading/plan.ts';
import { nameOf, ofObject } from './reasons.ts';
import { type PlanRequest, signOf } from './request.ts';

/** A cluster stands behind a stop whose pivot lies within this many ATR of its centre. */
const CLUSTER_ATR = 0.5;

/** What a trader would want to know beside the prices: it informs and decides nothing. */
export function contextOf(request: PlanRequest): readonly PlanReason[] {
  const { structure } = request;
  if (structure === undefined || !request.explains) return [];
  return [...lastBreak(request, structure), ...clusterBehindStop(request, structure)];
}

function lastBreak(request: PlanRequest, { lastBreak: last }: Structure): readonly PlanReason[] {
  if (last === undefined) return [];
  const relation = last.dir === signOf(request.direction) ? 'with' : 'against';
  return [
    ofObject(
      request,
      'LAST_BREAK',
      () => `${relation} the last break: ${nameOf(last)} through ${last.level}`,
      last,
    ),
  ];
}

function clusterBehindStop(request: PlanRequest, structure: Structure): readonly PlanReason[] {
  if (request.strategyPlan.stop !== undefined) return [];
  const sign = signOf(request.direction);
  const pivot = structure.lastPivotBeyond(sign === 1 ? -1 : 1, request.price);
  if (pivot === undefined) return [];
  const width = tolerance(CLUSTER_ATR, structure.atr, request.instrument.tick);
  const distance = ({ level }: Cluster): number => Math.abs(level - pivot.level);
  const nearestFirst = [...structure.clusters()].sort(
    (a, b) => distance(a) - distance(b) || a.formedAt - b.formedAt,
  );
  const [cluster] = nearestFirst;
  if (cluster === undefined || distance(cluster) > width) return [];
  const text = (): string =>
    `${nameOf(cluster)} around ${cluster.level.toFixed(request.instrument.decimals)} behind the stop`;
  return [ofObject(request, 'CLUSTER', text, cluster)];
}
