/** 1: of highs, upwards, buy-side; -1: of lows, downwards, sell-side. */
export type Dir = 1 | -1;

/**
 * What every object of market structure bears. Times are UTC epoch ms: `formedAt` is the open time of the candle it
 * formed on, `knownAt` the instant from which it may be used. Stamps are written once; undefined means "not yet".
 */
type Formed<Kind extends string> = {
  readonly kind: Kind;
  readonly dir: Dir;
  readonly formedAt: number;
  readonly knownAt: number;
  /** Price of the level; of a gap its middle, of a cluster its centre. */
  readonly level: number;
  /** ATR when it became known, in price; undefined while warming up. */
  readonly atr: number | undefined;
};

/** A confirmed pivot. Taken: some candle after its own traded at or beyond the level. */
export type Pivot = Formed<'pivot'> & { readonly takenAt: number | undefined };

/** Against the swing of the same side before: higher or lower high, higher or lower low. An equal one is not beyond. */
export type SwingLabel = 'HH' | 'LH' | 'HL' | 'LL';

/** A pivot that alternates with those of the other side. */
export type Swing = Formed<'swing'> & {
  /** Undefined for the first of its side. */
  readonly label: SwingLabel | undefined;
  /** A more extreme pivot of its side came before one of the other. */
  readonly supersededAt: number | undefined;
  /** The next swing of the other side was confirmed: this one stands. */
  readonly finalAt: number | undefined;
  /** Some candle closed beyond it. */
  readonly brokenAt: number | undefined;
};

/** A close beyond the last unbroken swing: with the trend (BOS) or against it (CHoCH). */
export type Break = Formed<'break'> & {
  readonly tag: 'BOS' | 'CHoCH';
  /** Id of the swing that broke. */
  readonly swing: string;
};

/** Three candles that leave prices untraded between the first and the third. 1: left by a rise, support. */
export type Gap = Formed<'gap'> & {
  readonly top: number;
  readonly bottom: number;
  /** Traded into. */
  readonly touchedAt: number | undefined;
  /** Traded to its middle. */
  readonly mitigatedAt: number | undefined;
  /** Traded through to its far edge. */
  readonly filledAt: number | undefined;
  /** Closed beyond its far edge. */
  readonly brokenAt: number | undefined;
  readonly expiredAt: number | undefined;
};

/** How a level was traded through: a sweep closed back behind it, a break closed beyond. */
type Liquidity = {
  /** Traded at or beyond the level. */
  readonly touchedAt: number | undefined;
  readonly sweptAt: number | undefined;
  readonly brokenAt: number | undefined;
  /** Closed back within two candles of a break: it failed. */
  readonly reclaimedAt: number | undefined;
  readonly expiredAt: number | undefined;
};

/** Equal highs or lows: orders rest beyond them. `level` is the most extreme member. */
export type Pool = Formed<'pool'> &
  Liquidity & {
    /** The first member; others joined within `tolerance` of it. */
    readonly anchor: number;
    readonly tolerance: number;
    readonly touches: number;
    /** Nothing traded at or beyond the level since the last member formed. */
    readonly untaken: boolean;
  };

/** High or low of the last complete session that had candles. */
export type DayLevel = Formed<'day'> & Liquidity & { readonly session: string };

/** Pivots of both sides close to one price. `dir` is the first one's side. */
export type Cluster = Formed<'cluster'> & {
  /** Price of its first pivot. */
  readonly anchor: number;
  readonly touches: number;
  /** Σ weights of its pivots. */
  readonly weight: number;
  /**
   * log2(Σ weight·2^(candle ÷ half-life)): the score at any moment but for a term that all clusters share, so they are
   * compared without ageing each of them.
   */
  readonly rank: number;
  readonly supersededAt: number | undefined;
  readonly expiredAt: number | undefined;
};

export type StructureObject = Pivot | Swing | Break | Gap | Pool | DayLevel | Cluster;

/** For the one that owns an object and stamps it. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** `kind:dir:formedAt:ref`, the same in every run. */
export function objectId(object: StructureObject): string {
  return `${object.kind}:${object.dir}:${object.formedAt}:${refOf(object)}`;
}

/** When the object of that id formed, UTC epoch ms; undefined for what is no id. */
export function formedAtOf(id: string): number | undefined {
  const formedAt = Number(id.split(':')[2] ?? Number.NaN);
  return Number.isNaN(formedAt) ? undefined : formedAt;
}

function refOf(object: StructureObject): string | number {
  switch (object.kind) {
    case 'pool':
    case 'cluster':
      return object.anchor;
    case 'day':
      return object.session;
    default:
      return object.level;
  }
}
