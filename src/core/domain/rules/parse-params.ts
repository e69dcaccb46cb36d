import { type CatalogEntry, defaultParams, type ParamSpec, type Params } from '../indicators/entry.ts';
import { nearestName } from '../nearest.ts';
import { at, type Problems } from './problem.ts';

/** The parameters of one reading: those given, checked against their limits, and the defaults of the others. */
export function parseParams(
  entry: CatalogEntry,
  given: unknown,
  path: string,
  problems: Problems,
): Params | undefined {
  if (given === undefined) return defaultParams(entry.params);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    problems.add(path, given, 'an object of parameters');
    return undefined;
  }
  const before = problems.list.length;
  const params: Record<string, number | string> = { ...defaultParams(entry.params) };
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.hasOwn(entry.params, name) ? entry.params[name] : undefined;
    if (spec === undefined) addUnknown(entry, name, value, at(path, name), problems);
    else if (isWithin(spec, value)) params[name] = value;
    else problems.add(at(path, name), value, describeSpec(spec), nearestChoice(spec, value));
  }
  return problems.list.length === before ? params : undefined;
}

function addUnknown(
  entry: CatalogEntry,
  name: string,
  value: unknown,
  path: string,
  problems: Problems,
): void {
  const known = Object.keys(entry.params);
  const list = known.length === 0 ? 'none' : known.join(', ');
  problems.add(path, value, `no such parameter; those of ${entry.name}: ${list}`, nearestName(name, known));
}

export function isWithin(spec: ParamSpec, value: unknown): value is number | string {
  if (spec.kind === 'choice') return typeof value === 'string' && spec.choices.includes(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return value >= spec.min && value <= spec.max && (spec.kind === 'number' || Number.isInteger(value));
}

export function describeSpec(spec: ParamSpec): string {
  if (spec.kind === 'choice') return `one of ${spec.choices.map((each) => `"${each}"`).join(', ')}`;
  return `a ${spec.kind === 'whole' ? 'whole number' : 'number'} from ${spec.min} to ${spec.max}`;
}

function nearestChoice(spec: ParamSpec, value: unknown): string | undefined {
  return spec.kind === 'choice' && typeof value === 'string' ? nearestName(value, spec.choices) : undefined;
}
