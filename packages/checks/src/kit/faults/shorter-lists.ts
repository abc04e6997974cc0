import {
  bodyJson,
  type Exchange,
  isJsonObject,
  type Json,
  type ListOperation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { itemsOf } from '../answers/list-walk.ts';
import { mayBeStale } from '../reading/may-be-stale.ts';
import { itemIdOf } from '../setup/id-of.ts';
import type { Made } from '../setup/made.ts';

/** A list that was answered with success in the trouble, and lacked what it shows before and after it. */
export interface ShorterList {
  readonly before: Exchange;
  readonly meanwhile: Exchange;
  readonly after: Exchange;
  /** How many items each of them had. */
  readonly items: readonly [number, number, number];
}

/**
 * Lists that left out in the trouble what was made before it and is there again afterwards; nothing was deleted. Only things of our own count, for others may
 * come and go (services that are up), and only answers in the same form as before: one that says of itself that it is not whole, or old, tells no lie.
 * @param answers what was answered in the trouble
 */
export async function shorterLists(
  context: ProbeContext,
  made: readonly Made[],
  requests: readonly RequestSpec[],
  before: readonly Exchange[],
  answers: readonly Exchange[],
): Promise<readonly ShorterList[]> {
  const found: ShorterList[] = [];
  for (const [index, first] of before.entries()) {
    const request = requests[index];
    const known = listOf(context, first);
    if (request === undefined || known === null) continue;
    const whole = idsIn(known, first);
    const meanwhile = answers.find((answer) => {
      const { request: asked } = answer;
      const isSame = asked.method === 'GET' && asked.target === first.request.target;
      const ids = isSame && isInSameForm(first, answer) ? idsIn(known, answer) : null;
      return ids !== null && whole !== null && ids.length < whole.length && missing(made, known, whole, ids).length > 0;
    });
    if (meanwhile === undefined || context.signal.aborted) continue;
    const after = await context.backend.send(request);
    const [less, again] = [idsIn(known, meanwhile), idsIn(known, after)];
    if (whole === null || less === null || again === null || again.length <= less.length) continue;
    if (!missing(made, known, whole, less).some((id) => again.includes(id))) continue;
    found.push({ before: first, meanwhile, after, items: [whole.length, less.length, again.length] });
  }
  return found;
}

interface Listed {
  readonly resource: Resource;
  readonly list: ListOperation;
}

function listOf({ shape }: ProbeContext, { operation }: Exchange): Listed | null {
  for (const resource of shape.resources)
    for (const list of resource.lists)
      if (list.operation === operation && resource.create !== null) return { resource, list };
  return null;
}

/** The ids of all items; null where the answer is no list. */
function idsIn({ resource, list }: Listed, exchange: Exchange): readonly string[] | null {
  const items = itemsOf(list, exchange);
  return items === null ? null : items.map((item) => String(itemIdOf(resource, item) ?? ''));
}

function missing(
  made: readonly Made[],
  { resource }: Listed,
  whole: readonly string[],
  less: readonly string[],
): readonly string[] {
  return made
    .filter((one) => one.resource === resource.name)
    .map(({ id }) => String(id))
    .filter((id) => whole.includes(id) && !less.includes(id));
}

/** With the same members beside the items, the same header fields, and nothing that calls it old. */
function isInSameForm(before: Exchange, answer: Exchange): boolean {
  if (before.response?.status !== answer.response?.status || mayBeStale(answer)) return false;
  const names = ({ response }: Exchange): string =>
    JSON.stringify((response?.headers ?? []).map(([name]) => name.toLowerCase()).toSorted());
  const members = ({ response }: Exchange): string => {
    const body = bodyJson(response?.body) as Json | undefined;
    return JSON.stringify(isJsonObject(body) ? Object.keys(body).toSorted() : []);
  };
  return names(before) === names(answer) && members(before) === members(answer);
}
