import { invalidParameter, isText } from './input.js';

/** A cursor holds the order it belongs to and the key and id of the last item of its page. */
export function encodeCursor(sort, key, id) {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

const isInstant = (key) => typeof key === 'string' && /^[12]\d{3}-/.test(key) && new Date(key).toISOString() === key;
const keys = {
  position: (key) => Number.isInteger(key) && key >= 0 && key <= 1_000_000,
  title: (key) => typeof key === 'string' && isText(key),
  createdAt: isInstant,
  dueAt: (key) => key === null || isInstant(key),
  name: (key) => typeof key === 'string' && isText(key),
};

/** Cursors come back from clients: nothing in them is trusted. */
export function decodeCursor(cursor, sort) {
  try {
    const [madeFor, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (madeFor === sort && keys[sort.replace('-', '')](key) && Number.isInteger(id) && id >= 0 && id <= 2_147_483_647) {
      return { key, id };
    }
  } catch {
    // Not even our encoding: refused like every other foreign cursor.
  }
  throw invalidParameter('cursor', 'was not made by this list in this order');
}
