import type Database from 'libsql';

/** A query whose rows come as tuples, read to the end at once. */
export function rows<Row extends readonly unknown[]>(
  db: Database.Database,
  sql: string,
): (...parameters: readonly unknown[]) => readonly Row[] {
  const statement = db.prepare(sql).raw(true);
  return (...parameters) => statement.all(...parameters) as readonly Row[]; // the columns of the schema, which is strict
}
