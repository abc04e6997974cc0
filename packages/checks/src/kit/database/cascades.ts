import type { Table } from './catalog.ts';

/** The tables that rows are deleted from, by their keys, with those whose rows go along (ON DELETE CASCADE), and by which operation. */
export function withCascades(
  deleted: ReadonlyMap<string, string>,
  tables: readonly Table[],
): ReadonlyMap<string, string> {
  const all = new Map(deleted);
  // What is added while a map is walked is walked as well.
  for (const [target, operation] of all) {
    for (const { key, foreignKeys } of tables) {
      const goesAlong = foreignKeys.some((each) => each.target === target && each.onDelete === 'cascade');
      if (goesAlong && !all.has(key)) all.set(key, operation);
    }
  }
  return all;
}
