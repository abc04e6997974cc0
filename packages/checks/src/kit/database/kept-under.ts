import type { Json } from '@assay/contract';
import { copiesIn } from './copies.ts';
import { isSameValue } from './same-value.ts';
import { plainName, type Writes, type WrittenResource } from './written.ts';

/** So many different values do not agree by chance. */
const leastValues = 3;

/**
 * The columns that keep a property under a longer name, as `price_amount` and `price_cents` do for `price`: they begin with it, and held its value
 * each time, of at least three.
 */
export function keptUnder(
  { tables }: Pick<Writes, 'tables'>,
  { written }: Pick<WrittenResource, 'written'>,
  property: string,
): readonly { readonly table: string; readonly column: string }[] {
  const known = written.flatMap(({ sent, answered, rows }) => {
    const value: Json = sent[property] ?? answered[property] ?? null;
    return value === null ? [] : [{ value, rows }];
  });
  if (new Set(known.map(({ value }) => JSON.stringify(value))).size < leastValues) return [];
  const copies = copiesIn(tables);
  const isLonger = (name: string): boolean =>
    plainName(name).startsWith(plainName(property)) && plainName(name) !== plainName(property);
  return tables
    .filter(({ key }) => !copies.has(key))
    .flatMap(({ key, columns }) =>
      columns
        .filter(({ name }) => isLonger(name))
        .filter(({ name }) =>
          known.every(({ value, rows }) =>
            rows.some((row) => row.table === key && isSameValue(value, row.values[name] ?? null)),
          ),
        )
        .map(({ name }) => ({ table: key, column: name })),
    );
}
