import { objectId, type StructureObject } from './objects.ts';

export type What =
  | 'formed'
  | 'joined'
  | 'touched'
  | 'mitigated'
  | 'filled'
  | 'broken'
  | 'swept'
  | 'reclaimed'
  | 'final'
  | 'superseded'
  | 'expired';

/** One thing that happened to one object: the log of these is append-only, and no prefix of it is ever rewritten. */
export type StructureEvent = {
  readonly id: string;
  readonly kind: StructureObject['kind'];
  readonly what: What;
  /** The instant at which this happened and was known, UTC epoch ms. */
  readonly knownAt: number;
  /** The object as it then was. */
  readonly object: StructureObject;
};

export type OnStructure = (event: StructureEvent) => void;

/** Where the parts of a structure say what happened; events are built only while someone listens. */
export interface StructureLog {
  /** The instant under way. */
  readonly at: number;
  tell(what: What, object: StructureObject): void;
}

export interface ListenedLog extends StructureLog {
  begin(at: number, listener: OnStructure | undefined): void;
}

export function createStructureLog(): ListenedLog {
  let listener: OnStructure | undefined;
  const log = {
    at: Number.NaN,
    begin(at: number, next: OnStructure | undefined): void {
      log.at = at;
      listener = next;
    },
    tell(what: What, object: StructureObject): void {
      if (listener === undefined) return;
      const { kind } = object;
      listener({ id: objectId(object), kind, what, knownAt: log.at, object: { ...object } });
    },
  };
  return log;
}
