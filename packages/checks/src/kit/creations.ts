import {
  bodyJson,
  encodeRequest,
  type Exchange,
  type Json,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { operationOf, plainCases } from './cases.ts';
import { mayBeHidden } from './hidden-accounts.ts';
import { idOf } from './id-of.ts';
import { readBack } from './read-back.ts';
import { type Made, type Setup, SetupFailed } from './setup.ts';
import { withUniqueTexts } from './unique-texts.ts';
import { isSuccess } from './words.ts';

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

/** What a creation made, as the answer tells; null when it was not acknowledged, or no id is told. */
export function madeBy({ resource, sent }: Creation, exchange: Exchange): Made | null {
  if (!isSuccess(exchange)) return null;
  const body = bodyJson(exchange.response?.body) as Json | undefined;
  const id = idOf(resource, exchange, body);
  return id === undefined ? null : { resource: resource.name, id, body, sent, exchange };
}

/** The kind of thing whose creations succeed, with the trouble of the last that did not. Those made to find out count as made. */
export async function creatable(
  context: ProbeContext,
  setup: Setup,
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
      const one = await setup.some(resource.name);
      if (mayBeHidden(context, resource) && !isSuccess((await readBack(setup, one)) ?? one.exchange)) {
        trouble = `what ${resource.create} makes is made in another name than it is read in, and hidden from whoever reads it`;
        continue;
      }
      made.push(one);
      resources.push(resource);
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      trouble = error.message;
    }
  }
  return { resources, made, trouble };
}
