import { type Json, type RequestCase, valueAt } from '@assay/contract';

/** The case with the value at a binding's target replaced: `path:id`, `query:accountId`, `header:X`, `body:/from/id`. */
export function pinned(request: RequestCase, target: string, value: Json): RequestCase {
  const [place, name] = split(target);
  switch (place) {
    case 'path':
      return { ...request, path: { ...request.path, [name]: value } };
    case 'query':
      return { ...request, query: { ...request.query, [name]: value } };
    case 'header':
      return { ...request, headers: { ...request.headers, [name]: value } };
    case 'body':
      return request.body === undefined
        ? request
        : {
            ...request,
            body: { ...request.body, value: withValueAt(request.body.value as Json, name, value) },
          };
    default:
      return request;
  }
}

/** The value with another one at a JSON Pointer; what is not there is made on the way. */
export function withValueAt(whole: Json, pointer: string, value: Json): Json {
  return replaced(whole, pointer.split('/').slice(1), value);
}

function split(target: string): readonly [string, string] {
  const colon = target.indexOf(':');
  return [target.slice(0, colon), target.slice(colon + 1)];
}

function replaced(node: Json, path: readonly string[], value: Json): Json {
  const [head, ...rest] = path;
  if (head === undefined) return Array.isArray(node) && !Array.isArray(value) ? node.map(() => value) : value;
  const key = head.replaceAll('~1', '/').replaceAll('~0', '~');
  if (Array.isArray(node))
    return node.map((item, index) => (key === '*' || key === String(index) ? replaced(item, rest, value) : item));
  if (typeof node !== 'object' || node === null) return node;
  const object = node as Readonly<Record<string, Json>>;
  // What is not there is made on the way: a wrapper that the schema lets be left out.
  const inside = object[key] ?? (key in object || rest.length === 0 ? null : {});
  return { ...object, [key]: replaced(inside, rest, value) };
}

/** Whether a case has something at a binding's target. */
export function isPresent(request: RequestCase, target: string): boolean {
  if (target.startsWith('path:')) return true;
  if (target.startsWith('query:')) return target.slice('query:'.length) in request.query;
  if (!target.startsWith('body:')) return false;
  const value = request.body?.value;
  return value !== undefined && valueAt(value, target.slice('body:'.length)) !== undefined;
}
