import { isJsonObject, type Json, type JsonObject } from '@assay/contract';

/** RFC 7396: null takes a member away. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged: Record<string, Json> = isJsonObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else
      Object.defineProperty(merged, name, {
        value: mergePatch(merged[name] ?? null, value),
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return merged;
}

/** The longest document that copies may make. Characters. */
const longest = 100_000;

/** RFC 6902 for the operations that questions need: add, remove, replace, test, move and copy on members and list entries. Null: the patch does not apply. */
export function jsonPatch(target: JsonObject, operations: Json): JsonObject | null {
  if (!Array.isArray(operations)) return null;
  let document: Json = structuredClone(target);
  for (const operation of operations as readonly Json[]) {
    if (!isJsonObject(operation) || typeof operation['path'] !== 'string') return null;
    const { op, path, from, value = null } = operation;
    const source: Json | undefined = typeof from === 'string' ? lookUp(document, from) : undefined;
    let next: Json | null = null;
    if (op === 'test') next = JSON.stringify(lookUp(document, path)) === JSON.stringify(value) ? document : null;
    else if (op === 'add') next = put(document, path, value, 'add');
    else if (op === 'replace')
      next = lookUp(document, path) === undefined ? null : put(document, path, value, 'replace');
    else if (op === 'remove')
      next = lookUp(document, path) === undefined ? null : put(document, path, undefined, 'remove');
    else if (op === 'copy' && source !== undefined) next = put(document, path, source, 'add');
    else if (op === 'move' && source !== undefined && typeof from === 'string') {
      const without = put(document, from, undefined, 'remove');
      next = without === null ? null : put(without, path, source, 'add');
    }
    // A few hundred copies, each of all that is there, would fill the memory.
    if (next === null || (op === 'copy' && JSON.stringify(next).length > longest)) return null;
    document = next;
  }
  return isJsonObject(document) ? document : null;
}

function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function lookUp(document: Json, pointer: string): Json | undefined {
  let at: Json | undefined = document;
  for (const key of keysOf(pointer)) {
    if (Array.isArray(at)) at = (at as readonly Json[])[Number(key)];
    else at = isJsonObject(at ?? null) && Object.hasOwn(at as JsonObject, key) ? (at as JsonObject)[key] : undefined;
  }
  return at;
}

/** A copy with the place changed, or null when there is no such place. */
function put(document: Json, pointer: string, value: Json | undefined, how: 'add' | 'replace' | 'remove'): Json | null {
  const [key, ...rest] = keysOf(pointer);
  if (key === undefined) return value ?? null;
  const inner = `${rest.map((each) => `/${each.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`;
  if (Array.isArray(document)) {
    const list = [...(document as readonly Json[])];
    const at = key === '-' ? list.length : Number(key);
    if (!Number.isInteger(at) || at < 0 || at > list.length) return null;
    if (rest.length > 0) {
      const changed = put(list[at] ?? null, inner, value, how);
      if (changed === null) return null;
      list[at] = changed;
    } else list.splice(at, how === 'add' ? 0 : 1, ...(value === undefined ? [] : [value]));
    return list;
  }
  if (!isJsonObject(document)) return null;
  const entries = { ...document };
  if (rest.length > 0) {
    const changed = put(entries[key] ?? null, inner, value, how);
    if (changed === null) return null;
    return { ...entries, [key]: changed };
  }
  if (value !== undefined) return { ...entries, [key]: value };
  const { [key]: _, ...without } = entries;
  return without;
}
