import {
  bodyJson,
  type Exchange,
  type Identity,
  type Json,
  type ListOperation,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { itemsOf, withQuery } from '../answers/list-walk.ts';
import { type Scalar, scalarsIn } from '../answers/scalars-in.ts';
import { isOpenToAll, mayAskForSomebody } from '../identity/asks-for-somebody.ts';
import { isForFew } from '../identity/for-few.ts';
import { idsOf } from '../identity/ids-of.ts';
import { bareRequest } from '../requests/bare-request.ts';
import { operationOf } from '../requests/cases.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { withoutConditions } from '../requests/without-conditions.ts';
import { itemIdOf } from '../setup/id-of.ts';
import { type Made, type Setup, SetupFailed } from '../setup/setup.ts';
import { isSuccess, status } from '../words.ts';
import { holdsAccounts } from '../setup/accounts-elsewhere.ts';
import { isPersonal } from './ownership.ts';
import type { Trespass } from './trespass.ts';

/** A list that is asked for by whose things are to stand in it: `/users/{userId}/orders`, `/orders?userId=`. */
interface ListOfOne {
  readonly list: ListOperation;
  readonly operation: Operation;
  /** `path:userId` or `query:userId`. */
  readonly target: string;
}

/** How many things of a kind are made, so that among them are some that are closed, and by how many ids their owner is looked for. */
const [mostThings, mostIds] = [4, 4];
const whose = /^(user|owner|customer|client|member|author|person|player|profile)_?(uu)?(id|name)$/i;

/**
 * Makes things, and has somebody else ask for the list of what their owner has. Told is what was refused, and where the list holds all of what
 * reading the thing itself refuses to the same person. A public page with the titles of what is closed does not, nor does a list that everybody may see.
 */
export async function belowAccount(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  owner: Identity,
  other: Identity,
): Promise<readonly Trespass[]> {
  const lists = new Set(listsOfOne(context, setup, resource));
  if (lists.size === 0 || resource.read === null || resource.create === null) return [];
  // Under one's own address nobody finds what is another's, however public it is elsewhere.
  if (isPersonal(operationOf(context.contract, resource.read))) return [];
  const ids = (await idsOf(context, owner)).slice(0, mostIds);
  const found: Trespass[] = [];
  for (let count = 0; count < mostThings && lists.size > 0 && !context.signal.aborted; count += 1) {
    try {
      const { made, words } = await planted(context, setup, resource, count);
      const target = `path:${resource.idParameter ?? ''}`;
      const reading = withoutConditions(await setup.request(resource.read, { [target]: made.id }));
      const read = () => readByBoth(context, reading, owner, other);
      const first = await read();
      if (!isClosed(first)) continue;
      for (const one of lists) {
        const asked = await askedByBoth(context, setup, resource, { one, made, ids }, owner, other);
        if (asked === null) continue;
        const { mine, theirs, item, request } = asked;
        const isRefused = [401, 403, 404].includes(status(theirs) ?? 0);
        const kept = keptIn(first[0], made, words);
        if (!isRefused && (item === undefined || kept.length === 0 || !kept.every((scalar) => holds(item, scalar))))
          continue;
        // What nobody has to be signed in for is somebody's public page, unless the thing itself may be read so, too.
        const anonymous = isRefused ? null : await context.backend.send({ ...request, as: null });
        const isPage = anonymous !== null && itemIn(resource, one, anonymous, made) !== undefined;
        if (isPage && mayAskForSomebody(operationOf(context.contract, resource.read), context)) continue;
        const last = await read();
        if (!isClosed(last)) break;
        lists.delete(one);
        found.push({
          operation: one.operation.id,
          kind: 'list',
          made: { id: made.id, sent: made.sent },
          grounds: [status(first[1]) === 404 ? 'hidden' : 'read'],
          exchange: theirs,
          before: mine,
          after: null,
          owner: mine,
          shown: [...first, ...last],
        });
      }
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      break;
    }
  }
  return found;
}

function listsOfOne(context: ProbeContext, setup: Setup, { lists }: Resource): readonly ListOfOne[] {
  return lists.flatMap((list) => {
    const operation = operationOf(context.contract, list.operation);
    if (operation.soap !== null || isForFew(operation) || isOpenToAll(operation, context.contract)) return [];
    const bound = setup
      .bindingsOf(operation.id)
      .filter(({ resource }) => holdsAccounts(context, setup.resource(resource)))
      .map(({ target }) => target);
    const named = operation.parameters.filter(({ name }) => whose.test(name)).map((one) => `${one.in}:${one.name}`);
    const targets = [...bound, ...named].filter((target) => /^(path|query):/.test(target));
    const [target] = targets;
    return target === undefined ? [] : [{ list, operation, target }];
  });
}

/** Another thing of this kind, with texts that no other has. */
async function planted(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  count: number,
): Promise<{ readonly made: Made; readonly words: readonly string[] }> {
  const words: string[] = [];
  const unique = (prefix: string): string => {
    const word = context.random.unique(prefix);
    words.push(word.toLowerCase());
    return word;
  };
  const create = operationOf(context.contract, resource.create ?? '');
  // What is left out is often closed by default, as a draft is.
  const adjust: Parameters<Setup['make']>[1] = (request) =>
    withUniqueTexts(
      { contract: context.contract, random: { unique } },
      create,
      count === 1 ? bareRequest(context.contract, create, request) : request,
      { likely: true },
    );
  const made = await (count === 0 ? setup.makeExemplary(resource.name, adjust) : setup.make(resource.name, adjust));
  return { made, words };
}

type ByBoth = readonly [mine: Exchange, theirs: Exchange];

async function readByBoth(
  { backend }: ProbeContext,
  request: RequestSpec,
  owner: Identity,
  other: Identity,
): Promise<ByBoth> {
  return [await backend.send({ ...request, as: owner }), await backend.send({ ...request, as: other })];
}

function isClosed([mine, theirs]: ByBoth): boolean {
  return isSuccess(mine) && [401, 403, 404].includes(status(theirs) ?? 0);
}

/** The list of its owner, in which they see the thing, and what the other one sees with the same request. Null where it does not stand in it. */
async function askedByBoth(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  { one, made, ids }: { readonly one: ListOfOne; readonly made: Made; readonly ids: readonly Json[] },
  owner: Identity,
  other: Identity,
): Promise<{
  readonly request: RequestSpec;
  readonly mine: Exchange;
  readonly theirs: Exchange;
  readonly item: Json | undefined;
} | null> {
  for (const id of ids) {
    const request = await requestFor(setup, one, id);
    const mine = await context.backend.send({ ...request, as: owner });
    if (itemIn(resource, one, mine, made) === undefined) continue;
    const theirs = await context.backend.send({ ...request, as: other });
    return { request, mine, theirs, item: itemIn(resource, one, theirs, made) };
  }
  return null;
}

/** Without any filter but whose the things are. */
async function requestFor(setup: Setup, { operation, target }: ListOfOne, id: Json): Promise<RequestSpec> {
  const request = await setup.request(operation.id, { [target]: id });
  const name = target.slice(target.indexOf(':') + 1);
  const optional = operation.parameters.filter((one) => one.in === 'query' && !one.required);
  const cleared = withQuery(request, Object.fromEntries(optional.map((one) => [one.name, null])));
  return target.startsWith('query:') ? withQuery(cleared, { [name]: String(id) }) : cleared;
}

function itemIn(resource: Resource, { list }: ListOfOne, exchange: Exchange, { id }: Made): Json | undefined {
  return itemsOf(list, exchange)?.find((item) => String(itemIdOf(resource, item)) === String(id));
}

/** What its owner sent and reads again; nothing unless a text is in it that no other thing has. */
function keptIn(exchange: Exchange, { sent }: Made, words: readonly string[]): readonly Scalar[] {
  const body = bodyJson(exchange.response?.body);
  const kept = scalarsIn(sent).filter((scalar) => holds(body, scalar));
  const isPlanted = ({ value }: Scalar): boolean => words.some((word) => String(value).toLowerCase().includes(word));
  return kept.some(isPlanted) ? kept : [];
}

function holds(body: unknown, { name, value }: Scalar): boolean {
  return scalarsIn(body).some((one) => one.name === name && String(one.value) === String(value));
}
