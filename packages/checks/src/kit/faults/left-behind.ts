import type { Exchange, Statement } from '@assay/contract';
import type { Effects, View } from '../reading/api-view.ts';
import type { TableChange } from './snapshot.ts';

/** What a request left behind, in the API and in the tables. */
export interface Left {
  readonly exchange: Exchange;
  readonly effects: Effects;
  /** Places of a new item that are not as sent. */
  readonly itemDifferences: readonly string[];
  readonly tables: Readonly<Record<string, TableChange>>;
  readonly reads: readonly Exchange[];
  readonly statements: readonly Statement[];
}

export interface Parts {
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Which of the places that the whole request changes were changed; what had its new value already counts as neither.
 * @param counts the lists that always grow or shrink by as much, so that another number is a part of it
 */
export function shownOf(
  whole: Pick<Left, 'effects' | 'itemDifferences'>,
  left: Pick<Left, 'effects' | 'itemDifferences'>,
  before: View,
  counts: readonly string[],
): Parts {
  const changed: string[] = [];
  const unchanged: string[] = [];
  for (const [name, value] of Object.entries(whole.effects)) {
    const isCount = name.startsWith('items of ');
    if (!(name in left.effects)) {
      if (isCount || !hadAlready(before, name, value)) unchanged.push(name);
    } else if (isCount && counts.includes(name) && left.effects[name] !== value) {
      changed.push(name);
      unchanged.push(name);
    } else changed.push(name);
  }
  unchanged.push(...left.itemDifferences.filter((place) => !whole.itemDifferences.includes(place)));
  return { changed, unchanged };
}

function hadAlready(before: View, name: string, value: Effects[string] | undefined): boolean {
  const [label = '', member] = name.split(' /');
  const body = before.things[label];
  if (member === undefined || typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return JSON.stringify((body as Effects)[member]) === JSON.stringify(value);
}

/**
 * The same for tables. A table counts as left unchanged only where the whole request adds rows: how many it changes or takes away depends on
 * what was there before.
 */
export function storedOf(whole: Left, left: Left): Parts {
  const tables = Object.entries(whole.tables);
  const isUntouched = Object.keys(left.tables).length === 0;
  return {
    changed: tables.filter(([table]) => table in left.tables).map(([table]) => table),
    unchanged: tables
      .filter(([table, { added, removed }]) => !(table in left.tables) && (isUntouched || added > removed))
      .map(([table]) => table),
  };
}
