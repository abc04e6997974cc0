import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Json,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { isGone } from '../reading/read-back.ts';
import { readUntilShown } from '../reading/still-there.ts';
import { operationOf, plainCases } from '../requests/cases.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { isCarriedOut, isSuccess, outcome } from '../words.ts';
import { mayBeHidden } from './hidden-accounts.ts';
import { idOf } from './id-of.ts';
import { type Made, type Setup, SetupFailed } from './setup.ts';

/** A request that would create a thing, ready to be sent at any moment and once. */
export interface Creation {
  readonly resource: Resource;
  readonly request: RequestSpec;
  readonly sent: Json | undefined;
}

/** Things that can be made and read again. */
export function keptResources(resources: readonly Resource[]): readonly Resource[] {
  return resources.filter(({ create, read }) => create !== null && read !== null);
}

/**
 * Requests that each create another thing of this kind, bound to things that exist. What they are bound to is made now, so that nothing has to
 * be while they are under way. Throws SetupFailed.
 */
export async function creations(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  count: number,
): Promise<readonly Creation[]> {
  const operation = operationOf(context.contract, resource.create ?? '');
  const cases = plainCases(context, operation, 'ready');
  const ready: Creation[] = [];
  while (ready.length < count) {
    const next = cases.next();
    if (next.done === true) throw new SetupFailed(`no valid request can be generated for ${operation.id}`);
    const bound = await setup.bind(operation, withUniqueTexts(context, operation, next.value, { likely: true }));
    ready.push({ resource, request: encodeRequest(operation, bound), sent: bound.body?.value as Json | undefined });
  }
  return ready;
}

/** What a creation made, as the answer tells; null when it was not acknowledged, for which 202 is too little, or no id is told. */
export function madeBy({ resource, sent }: Creation, exchange: Exchange): Made | null {
  if (!isCarriedOut(exchange)) return null;
  const body = bodyJson(exchange.response?.body) as Json | undefined;
  const id = idOf(resource, exchange, body);
  return id === undefined ? null : { resource: resource.name, id, body, sent, exchange };
}

/** How long what was made may take to be shown the first time. Milliseconds. */
const showsWithinMs = 2000;

/**
 * The kinds of things whose creations succeed and that can be read afterwards, also when another one has been made, with the trouble of the last that is
 * none. Those made to find out, and read, count as made.
 */
export async function creatable(
  context: ProbeContext,
  setup: Setup,
  patienceMs = showsWithinMs,
): Promise<{
  readonly resources: readonly Resource[];
  readonly made: readonly Made[];
  readonly trouble: string | null;
}> {
  const resources: Resource[] = [];
  const made: Made[] = [];
  let trouble: string | null = null;
  for (const resource of keptResources(context.shape.resources)) {
    try {
      const some = await oneOrTwo(setup, resource);
      const hides = mayBeHidden(context, resource);
      const things = await readUntilShown(setup, some, { signal: context.signal, patienceMs: hides ? 0 : patienceMs });
      const gone = things.find(({ read }) => isGone(read));
      if (hides && !things.every(({ read }) => isSuccess(read)))
        trouble = `what ${resource.create} makes is made in another name than it is read in, and hidden from whoever reads it`;
      else if (gone !== undefined) trouble = `what ${resource.create} makes is not shown: ${outcome(gone.read)}`;
      else {
        made.push(...things.filter(({ read }) => isSuccess(read)).map((thing) => thing.made));
        resources.push(resource);
      }
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = error.message;
    }
  }
  return { resources, made, trouble };
}

/** Two of a kind, so that it shows when one takes the place of the other; one where there can be no second. */
async function oneOrTwo(setup: Setup, { name }: Resource): Promise<readonly Made[]> {
  const one = await setup.some(name);
  try {
    return [one, await setup.make(name)];
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return [one];
  }
}
