import type { Indicator } from './indicator.ts';
import type { Source } from './source.ts';

/** A parameter of a reading with its default and limits. */
export type ParamSpec =
  | {
      readonly kind: 'whole' | 'number';
      readonly default: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[] };

export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

/** Parameters as a user sets them: each one checked against its spec, none missing. */
export type Params = Readonly<Record<string, number | string>>;

type ParamValue<Spec> = Spec extends { readonly choices: readonly (infer Choice)[] } ? Choice : number;
type ParamValues<Specs> = { readonly [Name in keyof Specs]: ParamValue<Specs[Name]> };

/** What a reading's numbers are: it decides what they may be compared with. */
export type ReadingKind = 'number' | 'boolean' | 'time';

type Common = {
  readonly name: string;
  readonly summary: string;
  readonly kind: ReadingKind;
  /** Names of the cells of `out`; the first is what the bare name means. */
  readonly outputs: readonly string[];
  /** Starts anew at each session's open, so that no earlier candle of another session counts. */
  readonly sessionAnchored: boolean;
  readonly needsVolume: boolean;
  /** What is folded unless the user says `source`; undefined where there is no choice. */
  readonly source: Source | undefined;
  /** The parameter that digits after the name set: `ema9`. */
  readonly shorthand: string | undefined;
};

/** A line of a catalog, by whose name strategies.json asks for it. */
export type CatalogEntry = Common & {
  readonly params: ParamSpecs;
  /** What these parameters ask of the timeframe, where they do not fit it. */
  misfit(params: Params, timeframeMs: number): string | undefined;
  create(params: Params, source: Source): Indicator;
};

export type Catalog = ReadonlyMap<string, CatalogEntry>;

type Definition<Specs> = Pick<Common, 'name' | 'summary'> &
  Partial<Common> & {
    readonly params?: Specs;
    misfit?(params: ParamValues<Specs>, timeframeMs: number): string | undefined;
    create(params: ParamValues<Specs>, source: Source): Indicator;
  };

/** Declares a reading. A number without parameters, source, volume or session unless said otherwise. */
export function entry<const Specs extends ParamSpecs = Record<never, never>>(
  definition: Definition<Specs>,
): CatalogEntry {
  // The catalog holds readings of all kinds, so the types of their parameters end here: `params` were checked
  // against `definition.params` before they come back.
  const typed = (params: Params) => params as ParamValues<Specs>;
  return {
    name: definition.name,
    summary: definition.summary,
    kind: definition.kind ?? 'number',
    outputs: definition.outputs ?? ['value'],
    sessionAnchored: definition.sessionAnchored ?? false,
    needsVolume: definition.needsVolume ?? false,
    source: definition.source,
    shorthand: definition.shorthand,
    params: definition.params ?? {},
    misfit: (params, timeframeMs) => definition.misfit?.(typed(params), timeframeMs),
    create: (params, source) => definition.create(typed(params), source),
  };
}

export function catalogOf(entries: readonly CatalogEntry[]): Catalog {
  return new Map(entries.map((each) => [each.name, each]));
}

/** A whole number of candles. */
export function candles(standard: number, min = 1) {
  return { kind: 'whole', default: standard, min, max: 5_000 } as const;
}

/** A positive factor. */
export function factor(standard: number) {
  return { kind: 'number', default: standard, min: 0.001, max: 1_000 } as const;
}

export function choice<const Choice extends string>(standard: Choice, ...others: readonly Choice[]) {
  return { kind: 'choice', default: standard, choices: [standard, ...others] } as const;
}

/** The defaults of all parameters. */
export function defaultParams(specs: ParamSpecs): Params {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}
