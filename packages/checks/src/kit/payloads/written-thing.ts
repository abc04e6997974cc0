import {
  bodyJson,
  encodeRequest,
  type Exchange,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
  type Resource,
  valueAt,
} from '@assay/contract';
import { rowsWith, type StoredRow } from '../database/stored-rows.ts';
import { stringPlaces } from '../requests/json-body.ts';
import { withValueAt } from '../requests/pin.ts';
import { idOf } from '../setup/id-of.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';
import { isAround } from './around-it.ts';
import type { Planter } from './plant.ts';

/** A write, and what can be seen of what it wrote. */
export interface WrittenThing {
  /** The request as it was before anything was added. */
  readonly request: RequestCase;
  readonly written: Exchange;
  /** A later read of it; null where the contract has none. */
  readonly read: Exchange | null;
  /** What the read shows, without what it is wrapped in; of the write's own answer where there is no read. Empty when neither shows an object. */
  readonly shown: JsonObject;
  /** Its row, where the statements are seen. */
  readonly row: StoredRow | null;
}

/** What is added to a request. */
export interface Addition {
  /** JSON Pointer to its place in the thing. */
  readonly pointer: string;
  readonly value: Json;
}

/** An operation that writes one thing, again and again: a new one, or the same one or another. */
export interface Writer {
  readonly operation: Operation;
  /** The operation that reads what was written; null where there is none. */
  readonly readBy: string | null;
  /**
   * Null when the request cannot be made.
   * @param extra what is added to the thing in the body
   * @param like an earlier request that is sent once more, with new texts; any other when left out
   */
  write(extra: Addition | null, like?: RequestCase): Promise<WrittenThing | null>;
  /** What the thing shows that is written next, before it is; null when there is none yet, or it cannot be read. */
  look(): Promise<JsonObject | null>;
  /** What an answer shows of the thing, without what it is wrapped in. */
  shownBy(exchange: Exchange): JsonObject;
  /** There can be several of what it writes. */
  readonly several: boolean;
  /** What is written next is a thing of its own, as far as there can be several. */
  renew(): Promise<void>;
}

const singletonWords = /^(POST|PUT|PATCH)$/;

/**
 * How an operation writes; null when it is none that writes a thing.
 * @param wrapper what the thing is wrapped in by the request: `article` of `{article: {title}}`
 */
export function writerOf(
  context: ProbeContext,
  setup: Setup,
  planter: Planter,
  operation: Operation,
  wrapper: string | null,
): Writer | null {
  if (!singletonWords.test(operation.method)) return null;
  const { shape, contract } = context;
  const resource = shape.resources.find(({ create, replace, patch }) =>
    [create, replace, patch].includes(operation.id),
  );
  const isCreate = resource?.create === operation.id;
  const sibling = contract.operations.find(({ method, path }) => method === 'GET' && path === operation.path);
  const above = contract.operations.find(
    ({ method, path }) => method === 'GET' && path === operation.path.replace(/\/[^/{}]+$/, ''),
  );
  const readBy = resource?.read ?? (resource === undefined ? (sibling ?? above)?.id : undefined) ?? null;
  let own: Readonly<Record<string, Json>> = {};
  const renew = async (): Promise<void> => {
    if (resource === undefined || isCreate || resource.idParameter === null) return;
    own = { [`path:${resource.idParameter}`]: (await setup.make(resource.name)).id };
  };
  const shownBy = (exchange: Exchange): JsonObject => thingIn(resource ?? null, jsonOf(exchange), wrapper);
  const isKnown = (): boolean => isCreate || Object.keys(own).length > 0;
  return {
    operation,
    readBy,
    several: resource !== undefined && (isCreate || resource.idParameter !== null),
    renew,
    shownBy,
    look: async () => {
      if (isCreate || readBy === null) return null;
      try {
        if (!isKnown()) await renew();
        const read = await readWith(context, setup, readBy, own);
        return isSuccess(read) ? shownBy(read) : null;
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        return null;
      }
    },
    write: async (extra, like) => {
      try {
        if (!isKnown()) await renew();
        const request =
          like === undefined ? await planter.ordinary(operation, null, own) : await planter.again(operation, like, own);
        if (request === null || !isJsonObject(request.body?.value)) return null;
        const mark = context.backend.wire?.mark() ?? 0;
        const written = await context.backend.send(encodeRequest(operation, withAddition(request, extra, wrapper)));
        if (!isSuccess(written)) return { request, written, read: null, shown: {}, row: null };
        const id = isCreate && resource !== undefined ? idOf(resource, written, jsonOf(written)) : undefined;
        const place = `path:${resource?.idParameter ?? 'id'}`;
        const read =
          readBy === null ? null : await readWith(context, setup, readBy, id === undefined ? own : { [place]: id });
        return {
          request,
          written,
          read,
          shown: read !== null && !isSuccess(read) ? {} : shownBy(read ?? written),
          row: await rowOf(context, mark, request.body?.value as Json),
        };
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        return null;
      }
    },
  };
}

function withAddition(request: RequestCase, extra: Addition | null, wrapper: string | null): RequestCase {
  if (extra === null || request.body === undefined) return request;
  const pointer = `${wrapper === null ? '' : `/${wrapper.replaceAll('~', '~0').replaceAll('/', '~1')}`}${extra.pointer}`;
  return {
    ...request,
    body: { ...request.body, value: withValueAt(request.body.value as Json, pointer, extra.value) },
  };
}

async function readWith(
  context: ProbeContext,
  setup: Setup,
  operation: string,
  own: Readonly<Record<string, Json>>,
): Promise<Exchange> {
  const spec: RequestSpec = await setup.request(operation, own);
  return context.backend.send(spec);
}

/** Words of a body which nobody used before, one of each text that has any: letters and digits together, and no id. */
export function newWords(body: Json): readonly string[] {
  return stringPlaces(body).flatMap((place) => {
    const text = String(valueAt(body, place));
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text)) return [];
    return text.match(/[a-z0-9]{7,}/g)?.findLast((one) => /[a-z]/.test(one) && /\d/.test(one)) ?? [];
  });
}

/** The one row that holds such a word. */
async function rowOf(context: ProbeContext, mark: number, body: Json): Promise<StoredRow | null> {
  const { wire } = context.backend;
  if (wire === null) return null;
  await wire.idle(5, context.signal);
  const statements = wire.since(mark);
  for (const word of newWords(body)) {
    const rows = await rowsWith(context, statements, word);
    const [first] = rows;
    if (first !== undefined && rows.filter(({ table }) => table === first.table).length === 1) return first;
  }
  return null;
}

function jsonOf(exchange: Exchange): Json | undefined {
  return bodyJson(exchange.response?.body) as Json | undefined;
}

const wrappers: ReadonlySet<string> = new Set([
  'data',
  'item',
  'result',
  'user',
  'profile',
  'account',
  'resource',
  'record',
]);

/** The thing in an answer, out of what it is wrapped in. */
export function thingIn(
  resource: Pick<Resource, 'idPointer'> | null,
  body: Json | undefined,
  wrapper: string | null = null,
): JsonObject {
  const parent = resource?.idPointer?.split('/').slice(0, -1).join('/') ?? '';
  const inside = body === undefined ? undefined : valueAt(body, parent);
  const object = isJsonObject(inside) ? inside : isJsonObject(body) ? body : {};
  const named = wrapper === null ? undefined : object[wrapper];
  if (isJsonObject(named)) return named;
  const [only, ...others] = Object.entries(object).filter(([name]) => !isAround(name));
  if (only !== undefined && others.length === 0 && wrappers.has(only[0]) && isJsonObject(only[1])) return only[1];
  return object;
}
