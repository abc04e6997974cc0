import { rules } from './input.js';
import { invalid } from './problem.js';

/**
 * One page of a query, in the order of `keys` (the last is the id, so that none are alike), and the cursor of the next. A cursor holds the keys
 * of the last row that was shown, so a page deep in the list costs no more than the first.
 */
export async function pageOf(query, { list, keys, direction }, { limit = '20', cursor }, present) {
  const size = Number(limit);
  let page = query.limit(size + 1);
  for (const key of keys) page = page.orderBy(key, direction);
  if (cursor !== undefined) {
    const after = decode(cursor, list, keys);
    page = page.where(({ eb, refTuple, tuple }) => eb(refTuple(...keys), direction === 'asc' ? '>' : '<', tuple(...after)));
  }
  const rows = await page.execute();
  const shown = rows.slice(0, size);
  return { items: shown.map(present), next: rows.length > size ? encode(list, keys, shown.at(-1)) : null };
}

const encode = (list, keys, row) => Buffer.from(JSON.stringify([list, ...keys.map((key) => row[key])])).toString('base64url');

/** Clients can make cursors up, so each key must hold the rule of its name. */
function decode(cursor, list, keys) {
  try {
    const [name, ...values] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (name === list && values.length === keys.length && keys.every((key, at) => rules[key](values[at]) === null)) return values;
  } catch {
    // Not a cursor at all.
  }
  throw invalid([{ parameter: 'cursor', detail: 'must be the `next` of this list, with the same `sort`' }]);
}
