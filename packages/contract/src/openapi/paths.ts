import { isJsonObject } from '../vocabulary/json.ts';
import { templateNames, withoutNames } from './path-template.ts';
import { type Reading, followed } from './reading.ts';
import { readBasePath } from './servers.ts';
import { child, members, type Place } from './source/place.ts';

const methods: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
]);
const otherKeys: ReadonlySet<string> = new Set([
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  'additionalOperations',
]);

/** An operation that was found and is still to be read. */
export interface OperationPlace {
  readonly id: string;
  /** The `operationId` of the document, also where another operation has it already. */
  readonly operationId: string | null;
  readonly method: string;
  /** As under `paths`, mended. */
  readonly template: string;
  /** With the path of the server in front. */
  readonly path: string;
  readonly place: Place;
  /** What its path says of all operations: beside a `$ref`, and behind it. */
  readonly pathItems: readonly Place[];
}

/** Every operation of the document, each with an id of its own. */
export function findOperations(root: Place, reading: Reading): readonly OperationPlace[] {
  const { log } = reading;
  const paths = child(root, 'paths');
  if (paths.value !== undefined && !isJsonObject(paths.value)) log.broken(paths, '`paths` must be an object of paths');
  const documentBase = readBasePath(root, log) ?? '';
  const ids = new Set<string>();
  const requests = new Map<string, string>();
  const found: OperationPlace[] = [];
  for (const [key, at] of members(paths)) {
    if (key.startsWith('x-')) continue;
    const template = readTemplate(key, at, reading);
    if (template === null || at.value === null) continue;
    const pathItems = pathItemsOf(at, reading);
    const pathBase = firstBasePath(pathItems, log) ?? documentBase;
    for (const [method, place] of operationsOfAll(pathItems, reading)) {
      const path = (readBasePath(place, log) ?? pathBase) + template;
      const request = `${method} ${withoutNames(path)}`;
      const other = requests.get(request);
      if (other === undefined) requests.set(request, path);
      else log.odd(place, `${method} ${path} matches the same requests as ${method} ${other}`);
      const operationId = readOperationId(place, reading);
      found.push({
        id: uniqueId(operationId, `${method} ${path}`, ids, place, reading),
        operationId,
        method,
        template,
        path,
        place,
        pathItems,
      });
    }
  }
  return found;
}

/** A path may refer to another for what it shares with it, and have methods of its own beside the `$ref`. */
function pathItemsOf(at: Place, reading: Reading): readonly Place[] {
  const behind = followed(at, 'a path', reading);
  const isReference = isJsonObject(at.value) && at.value.$ref !== undefined;
  return [...(isReference ? [at] : []), ...(behind === null ? [] : [behind])];
}

function firstBasePath(pathItems: readonly Place[], log: Reading['log']): string | null {
  for (const pathItem of pathItems) {
    const base = readBasePath(pathItem, log);
    if (base !== null) return base;
  }
  return null;
}

/** Of a method that stands on both sides of the `$ref`, the one beside it. */
function operationsOfAll(pathItems: readonly Place[], reading: Reading): readonly (readonly [string, Place])[] {
  const found = new Map<string, Place>();
  for (const pathItem of pathItems) {
    const own = operationsOf(pathItem, reading).filter(([method]) => !found.has(method));
    for (const [method, place] of own) found.set(method, place);
  }
  return [...found];
}

function readTemplate(key: string, at: Place, { log }: Reading): string | null {
  if (/[?#]/.test(key)) {
    log.broken(at, `the path ${key} has a query or a fragment, which is no part of a path; it is left out`);
    return null;
  }
  const colons = key.replaceAll(/(^|\/):(\w+)(?=\/|$)/g, '$1{$2}');
  if (colons !== key) log.odd(at, `the path ${key} has parameters in the style of a router; it is read as ${colons}`);
  const template = colons.startsWith('/') ? colons : `/${colons}`;
  if (template !== colons) log.odd(at, `the path ${key} must begin with a slash`);
  const names = templateNames(template);
  if (/[{}]/.test(withoutNames(template).replaceAll('{}', '')) || names.includes('')) {
    log.broken(at, `the braces of the path ${key} do not match; it is left out`);
    return null;
  }
  return template;
}

function operationsOf(pathItem: Place, reading: Reading): readonly (readonly [string, Place])[] {
  const { log } = reading;
  const found: (readonly [string, Place])[] = [];
  for (const [key, place] of [...members(pathItem), ...members(child(pathItem, 'additionalOperations'))]) {
    if (key.startsWith('x-') || otherKeys.has(key)) continue;
    const lower = key.toLowerCase();
    const additional = place.pointer.startsWith(`${pathItem.pointer}/additionalOperations/`);
    if (!additional && !methods.has(lower)) {
      log.broken(place, `\`${key}\` is not a method; it is left out`);
    } else if (!isJsonObject(place.value)) {
      log.broken(place, `the operation ${key.toUpperCase()} must be an object; it is left out`);
    } else {
      if (!additional && key !== lower) log.odd(place, `the method \`${key}\` is written in lower case`);
      // A reference has no place here by the letter, but documents in many files are written so.
      const operation = followed(place, 'an operation', reading);
      if (operation !== null) found.push([additional ? key : lower.toUpperCase(), operation]);
    }
  }
  return found;
}

function readOperationId(place: Place, { log }: Reading): string | null {
  const at = child(place, 'operationId');
  if (at.value === undefined || at.value === null) return null;
  if (typeof at.value === 'string' && at.value.trim() !== '') return at.value;
  log.odd(at, '`operationId` must be a text; it is left out');
  return null;
}

function uniqueId(
  operationId: string | null,
  fallback: string,
  taken: Set<string>,
  place: Place,
  { log }: Reading,
): string {
  if (operationId !== null && taken.has(operationId)) {
    log.odd(
      child(place, 'operationId'),
      `the operationId \`${operationId}\` is taken by an operation above; this one is called \`${fallback}\``,
    );
  }
  let id = operationId !== null && !taken.has(operationId) ? operationId : fallback;
  for (let count = 2; taken.has(id); count += 1) id = `${fallback} (${count})`;
  taken.add(id);
  return id;
}
