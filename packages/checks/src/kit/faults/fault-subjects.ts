import {
  encodeRequest,
  type Json,
  type ListOperation,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type RequestSpec,
} from '@assay/contract';
import { withoutQuery } from '../answers/list-walk.ts';
import type { Watched } from '../reading/api-view.ts';
import { firstPage } from '../reading/first-page.ts';
import { readingsOf } from '../reading/readings.ts';
import { operationOf, plainCases } from '../requests/cases.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { feed, type Feeding, feedings } from '../setup/feeding.ts';
import { secondTry } from '../setup/second-try.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess } from '../words.ts';

/** An operation that writes, with a request of which each run has fresh things to act on. */
export interface FaultSubject {
  readonly operation: string;
  prepare(): Promise<{ readonly request: RequestSpec; readonly sent: Json | undefined; readonly watched: Watched }>;
}

const attempts = 6;
const mostOperations = 12;
const pageSize = 100;

/** The operations that write: those that act on several things first, for they have the most to leave half done. */
export function writingOperations(context: ProbeContext): readonly Operation[] {
  const { shape, contract, focus } = context;
  const signsIn = [shape.signIn?.login?.operation, shape.signIn?.signUp?.operation];
  const weight = ({ id, method }: Operation): number =>
    (shape.bindings[id] ?? []).filter(({ target }) => !target.startsWith('query:')).length +
    (method === 'DELETE' ? -1 : 0);
  return contract.operations
    .filter(({ id, method }) => /^(POST|PUT|PATCH|DELETE)$/.test(method) && !signsIn.includes(id))
    .filter(({ id }) => focus === null || focus === id)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, mostOperations);
}

/** Finds a request that is accepted. Throws SetupFailed. */
export async function faultSubject(context: ProbeContext, setup: Setup, operation: Operation): Promise<FaultSubject> {
  let last = '';
  // The one that says most writes most: optional parts often go into tables of their own.
  const plain = [...plainCases(context, operation).take(attempts)].sort((a, b) => sizeOf(b) - sizeOf(a));
  // What is refused for what it says of others is tried again without that.
  const again = plain.slice(0, 2).map((request, index) => secondTry(context, operation, request, index + 1));
  for (const request of [...plain.slice(0, 2), ...again, ...plain.slice(2)]) {
    if (context.signal.aborted) break;
    for (const feeder of [null, ...feedings(context, operation)]) {
      if (context.signal.aborted) break;
      const feeding = feeder === null ? null : { operation: feeder, request };
      const prepared = await prepare(context, setup, operation, request, feeding);
      const exchange = await setup.instance.send(prepared.request);
      if (isSuccess(exchange)) return repeatable(context, setup, operation, request, feeding);
      last = `: the last one answered ${exchange.response?.status ?? exchange.error?.kind}`;
    }
  }
  throw new SetupFailed(`${operation.id} accepted no request${last}`);
}

/** A request that was accepted, to be sent again and again: with other texts each time where the same ones are refused, for they are taken. */
async function repeatable(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
  feeding: Feeding | null,
): Promise<FaultSubject> {
  const same = () => prepare(context, setup, operation, request, feeding);
  const other = () => {
    const texts = withUniqueTexts(context, operation, request, { likely: true });
    return prepare(context, setup, operation, texts, feeding);
  };
  const isAccepted = async (make: typeof same) => isSuccess(await setup.instance.send((await make()).request));
  const isTaken = !(await isAccepted(same)) && (await isAccepted(other));
  return { operation: operation.id, prepare: isTaken ? other : same };
}

function sizeOf({ body }: RequestCase): number {
  return JSON.stringify(body?.value ?? null).length;
}

interface Named {
  readonly label: string;
  readonly resource: string;
  readonly id: Json;
}

async function prepare(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  request: RequestCase,
  feeding: Feeding | null,
) {
  const own: Record<string, Json> = {};
  const named: Named[] = [];
  const things: Watched['things'][number][] = [];
  for (const { target, resource } of setup.bindingsOf(operation.id)) {
    if (target.startsWith('query:')) continue;
    const { id } = await (target.startsWith('path:') ? setup.make(resource) : setup.makeFellow(resource));
    own[target] = id;
    if (feeding !== null) await feed(context, setup, feeding, [{ resource, id }]);
    const label = target.split(/[:/]/).findLast((part) => !/^\d+$/.test(part)) ?? resource;
    named.push({ label, resource, id });
    for (const { part, request: read } of await readingsOf(context, setup, resource, id))
      things.push({ label: `${label}${part}`, read: withoutConditions(read) });
  }
  const bound = await setup.bind(operation, request, own);
  return {
    request: withoutConditions(encodeRequest(operation, bound)),
    sent: bound.body?.value as Json | undefined,
    watched: { things, lists: await listsOf(context, setup, operation, named) },
  };
}

/**
 * Lists of what the operation itself makes or takes away, and lists that hang on one of the things that the request names. How much longer
 * another list grows (of tags, of categories) depends on what was there before.
 */
async function listsOf(
  context: ProbeContext,
  setup: Setup,
  { id: operation }: Operation,
  named: readonly Named[],
): Promise<Watched['lists']> {
  const lists: Watched['lists'][number][] = [];
  const watch = (label: string, list: ListOperation, request: RequestSpec): void => {
    lists.push({ label, list, ...firstPage(context.contract, list, bare(request), pageSize) });
  };
  const all = context.shape.resources.flatMap((resource) =>
    resource.lists.map((list) => ({ list, isOwn: resource.create === operation || resource.remove === operation })),
  );
  for (const { list, isOwn } of all) {
    const [parent, ...others] = setup.bindingsOf(list.operation).filter(({ target }) => target.startsWith('path:'));
    const { path } = operationOf(context.contract, list.operation);
    if (isOwn && parent === undefined && !path.includes('{'))
      watch(list.operation, list, await setup.request(list.operation));
    if (parent === undefined || others.length > 0) continue;
    for (const { label, id } of named.filter(({ resource }) => resource === parent.resource))
      watch(`${list.operation} of ${label}`, list, await setup.request(list.operation, { [parent.target]: id }));
  }
  return lists;
}

function bare(request: RequestSpec): RequestSpec {
  return withoutConditions(withoutQuery(request));
}
