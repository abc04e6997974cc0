import {
  bodyJson,
  encodeRequest,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { unwrapped } from '../answers/counterpart.ts';
import { bodySchema, propertySchema } from '../requests/body-schema.ts';
import { operationOf, plainCases } from '../requests/cases.ts';
import { isValidBody, jsonContentOf } from '../requests/json-body.ts';
import { pinned } from '../requests/pin.ts';
import { type Made, type Setup, SetupFailed } from '../setup/setup.ts';
import { isRefusal, isSuccess, status } from '../words.ts';
import type { Facts, Prepared, Trial } from './trial.ts';
import { bothSucceed } from './trial.ts';
import type { Subject } from './twin-updates.ts';

/** How many changes are tried in turn for a rule that refuses the second one. */
const mostTried = 8;
/** How many values of a member. */
const mostValues = 3;

/** What is done to one of two things: it is deleted, or one of its members set. */
interface Deed {
  readonly operation: Operation;
  readonly set: { readonly member: string; readonly value: Json } | null;
}

/**
 * The same done to two things of one parent, where in turn the second is refused: the last line of an order, the last administrator of a team. Each request reads
 * both things and writes one, so that neither sees the other's write and no row is written twice: a write skew (Berenson et al., 1995: A5B).
 */
export async function* siblingSubjects(context: ProbeContext, setup: Setup): AsyncGenerator<Subject> {
  let tried = 0;
  for (const resource of context.shape.resources) {
    const parent = parentOf(context, resource);
    if (parent === null || resource.create === null || resource.read === null) continue;
    for (const deed of deedsOf(context, resource)) {
      if (tried >= mostTried || context.signal.aborted) return;
      tried += 1;
      const prepare = () => prepareDeed(context, setup, resource, parent, deed);
      if (!(await isSecondRefused(setup, prepare))) continue;
      const done =
        deed.set === null ? 'both are deleted' : `both get ${deed.set.member} ${JSON.stringify(deed.set.value)}`;
      yield {
        operation: deed.operation.id,
        kind: 'skew',
        what: `two ${resource.name} of one ${parent.resource}: ${done}`,
        prepare,
      };
    }
  }
}

/** Whether in turn the first is done and the second refused; not so where there are no two such things. */
async function isSecondRefused({ instance }: Setup, prepare: () => Promise<Prepared>): Promise<boolean> {
  try {
    const { first, second } = await prepare();
    if (!isSuccess(await instance.send(first))) return false;
    const late = await instance.send(second);
    return isRefusal(late) && status(late) !== 403;
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return false;
  }
}

/** Whether both were done, where in either order the second is refused and leaves its thing as it was. */
export function isSkewed({ serial, interleaved }: Trial): boolean {
  const [order, again, reversed] = serial;
  const [one, same, other, both] = [order, again, reversed, interleaved].map(({ facts }) => JSON.stringify(facts));
  const told = Object.keys(interleaved.facts).length === 2;
  return (
    bothSucceed(interleaved) && !serial.some(bothSucceed) && told && one === same && both !== one && both !== other
  );
}

interface Parent {
  readonly target: string;
  readonly resource: string;
}

function parentOf({ shape }: ProbeContext, { create, name }: Resource): Parent | null {
  const bindings = create === null ? [] : (shape.bindings[create] ?? []);
  const canBeMade = (other: string): boolean =>
    shape.resources.some((one) => one.name === other && one.create !== null);
  return (
    bindings.findLast(
      ({ target, resource }) => target.startsWith('path:') && resource !== name && canBeMade(resource),
    ) ?? null
  );
}

function deedsOf({ contract }: ProbeContext, { remove, patch }: Resource): readonly Deed[] {
  const deletion = remove === null ? [] : [{ operation: operationOf(contract, remove), set: null }];
  const operation = patch === null ? null : operationOf(contract, patch);
  if (operation === null || jsonContentOf(operation) === null) return deletion;
  const schema = bodySchema(contract, operation);
  const names = Object.keys((schema?.['properties'] ?? {}) as JsonObject);
  const changes = names.flatMap((member) => {
    const { type, enum: listed } = propertySchema(contract, schema, member) ?? {};
    const values: readonly Json[] =
      type === 'boolean' ? [false, true] : Array.isArray(listed) ? (listed as Json[]) : [];
    return values
      .slice(0, mostValues)
      .filter((value) => value !== null && isValidBody(contract, operation, { [member]: value }))
      .map((value) => ({ operation, set: { member, value } }));
  });
  return [...deletion, ...changes];
}

async function prepareDeed(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  parent: Parent,
  deed: Deed,
): Promise<Prepared> {
  const whole = await setup.make(parent.resource);
  const inIt = () => setup.make(resource.name, (request) => pinned(request, parent.target, whole.id));
  const pair = [await inIt(), await inIt()] as const;
  for (const made of [whole, ...pair]) setup.forget(made);
  const own = ({ id }: Made) => ({ [`path:${resource.idParameter ?? 'id'}`]: id });
  const reads = [
    await setup.request(resource.read ?? '', own(pair[0])),
    await setup.request(resource.read ?? '', own(pair[1])),
  ];
  return {
    first: await requestOf(context, setup, deed, own(pair[0])),
    second: await requestOf(context, setup, deed, own(pair[1])),
    look: async () => {
      const exchanges = await Promise.all(reads.map((read) => setup.instance.send(read)));
      const facts: Facts = Object.fromEntries(
        exchanges.flatMap((exchange, index) => {
          const state = stateOf(deed, isSuccess(exchange), status(exchange), bodyJson(exchange.response?.body));
          return state === undefined ? [] : [[index === 0 ? 'the first' : 'the second', state]];
        }),
      );
      return { facts, reads: exchanges };
    },
  };
}

/** What a read says of what was to be done; undefined when it says nothing. */
function stateOf({ set }: Deed, isThere: boolean, code: number | null, body: unknown): Json | undefined {
  if (set === null) return isThere ? 'there' : code === 404 || code === 410 ? 'gone' : undefined;
  const shown = isThere ? unwrapped(body as Json) : undefined;
  return isJsonObject(shown) ? shown[set.member] : undefined;
}

async function requestOf(
  context: ProbeContext,
  setup: Setup,
  { operation, set }: Deed,
  own: Readonly<Record<string, Json>>,
): Promise<RequestSpec> {
  if (set === null) return setup.request(operation.id, own);
  const [base] = plainCases(context, operation).take(1);
  if (base?.body === undefined) throw new SetupFailed(`no valid request can be generated for ${operation.id}`);
  const body = { mediaType: base.body.mediaType, value: { [set.member]: set.value } };
  return encodeRequest(operation, await setup.bind(operation, { ...base, body }, own));
}
