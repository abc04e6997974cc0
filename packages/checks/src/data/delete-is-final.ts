import {
  bodyJson,
  type Check,
  type Exchange,
  type Json,
  type ProbeContext,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { applies, distinct, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { mayBeStale } from '../kit/reading/may-be-stale.ts';
import { isGone } from '../kit/reading/read-back.ts';
import { showsThing } from '../kit/reading/shows-thing.ts';
import { standsInList } from '../kit/reading/stands-in-list.ts';
import { askedUntil } from '../kit/reading/still-there.ts';
import { isTombstone } from '../kit/reading/tombstone.ts';
import { misuses, type Use, usesOfDeleted } from '../kit/reading/used-after-deletion.ts';
import { operationOf } from '../kit/requests/cases.ts';
import { withNeededTag, withoutConditions } from '../kit/requests/without-conditions.ts';
import { type Made, Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, hasFailed, isEnveloped, isSuccess, outcome, status } from '../kit/words.ts';

/** How many things of each kind are deleted. */
const rounds = 3;
/** How long a list may go on showing what was deleted: an index for searching follows what was written. Milliseconds. */
const listsWithinMs = 2000;

interface Deletion {
  readonly resource: string;
  /** The thing as it was read before; null when it could not be. */
  readonly before?: Exchange | null;
  readonly remove: Exchange;
  readonly read: Exchange | null;
  readonly again: Exchange;
  /** The page on which the deleted thing still stood, and as what. */
  readonly listed: Exchange | null;
  readonly item?: Json | null;
  /** Where it cannot be read by itself: as what it stood in the list before. */
  readonly itemBefore?: Json | null;
  /** Another thing of the kind, made before: it must still be there. */
  readonly other: Exchange | null;
  /** Where it cannot be read by itself: the page on which that other thing stood, and no page does any more. */
  readonly unlisted?: Exchange | null;
}

interface Evidence {
  readonly deletions: readonly Deletion[];
  /** Requests that named what was deleted, and were taken. */
  readonly uses?: readonly Use[];
  readonly trouble: string | null;
}

/** What was deleted is gone, from reads and lists, deleting it again is no failure of the backend, and nothing else is gone with it. */
export const check: Check<Evidence> = {
  id: 'data/delete-is-final',
  claim: 'What was deleted is gone, and nothing else is',
  skill: 'databases',
  severity: 'high',
  names: { wfc: 'F113' },
  needs: [],
  instance: 'shared',
  applies: (_contract, shape) =>
    shape.resources.some(({ create, remove }) => create !== null && remove !== null)
      ? applies
      : doesNotApply('nothing that can be created can be deleted'),
  probe: async (context) => {
    const setup = new Setup(context);
    const deletions: Deletion[] = [];
    let trouble: string | null = null;
    for (const resource of context.shape.resources.filter(({ create, remove }) => create !== null && remove !== null)) {
      try {
        for (let round = 0; round < rounds && !context.signal.aborted; round += 1) {
          const deletion = await deleted(context, setup, resource, round === 0);
          if (typeof deletion === 'string') trouble = deletion;
          else deletions.push(deletion);
        }
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { deletions, uses: await usesOfDeleted(context, setup), trouble };
  },
  judge: ({ deletions, uses = [], trouble }) =>
    deletions.length === 0 && uses.length === 0
      ? undecided(trouble ?? 'the time was up')
      : judged(
          distinct([...deletions.flatMap(complaints), ...misuses(uses)]),
          `${count(deletions.length, 'deletion')} looked for afterwards`,
        ),
};

/**
 * What was deleted and looked for, or why nothing was.
 * @param twins whether the two are to look alike
 */
async function deleted(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  twins: boolean,
): Promise<Deletion | string> {
  const parameter = `path:${resource.idParameter ?? 'id'}`;
  const requests: RequestCase[] = [];
  const other = await setup.make(resource.name, (request) => {
    requests.push(request);
    return request;
  });
  const made = await another(context, setup, resource, other, twins ? requests.at(-1) : undefined);
  if (made === null) return `${resource.create} answers with the same ${resource.name} again and again`;
  const requestFor = async (operation: string, id: Json) =>
    withoutConditions(await setup.request(operation, { [parameter]: id }));
  // Read once before, so that whatever keeps what was read keeps this one.
  const before = resource.read === null ? null : await context.backend.send(await requestFor(resource.read, made.id));
  const stood = resource.read === null ? null : await context.backend.send(await requestFor(resource.read, other.id));
  const standsAt = (id: Json) => standsInList(context, setup, resource, id);
  const shownBefore = resource.read === null ? await standsAt(other.id) : 'unknown';
  const listedBefore = resource.read === null ? await standsAt(made.id) : 'unknown';
  const itemBefore = typeof listedBefore === 'string' ? null : listedBefore.item;
  const removal = operationOf(context.contract, resource.remove ?? '');
  const request = withNeededTag(removal, await requestFor(removal.id, made.id), before);
  const remove = await context.backend.send(request);
  if (!isSuccess(remove)) return `no ${resource.name} could be deleted`;
  if (status(remove) === 202) return `the deletion of ${resource.name} was only accepted (202)`;
  setup.forget(made);
  const read = resource.read === null ? null : await context.backend.send(await requestFor(resource.read, made.id));
  const again = await context.backend.send(request);
  const stays = resource.read === null ? null : await context.backend.send(await requestFor(resource.read, other.id));
  const was = wasOf(before) ?? itemBefore ?? undefined;
  const found = await askedUntil(
    () => standsAt(made.id),
    (shown) => !isLingering(was, shown),
    { signal: context.signal, patienceMs: listsWithinMs },
  );
  // When the time was up before the patience was, it may still go.
  const lingers = typeof found === 'string' || (context.signal.aborted && isLingering(was, found)) ? null : found;
  const unlisted = typeof shownBefore !== 'string' && (await standsAt(other.id)) === 'absent' ? shownBefore.page : null;
  if (resource.read === null && found === 'unknown' && unlisted === null && !hasFailed(again))
    return `whether deleted ${resource.name} are gone is not to be seen: they cannot be read one by one, and no list of them could be read to its end`;
  return {
    resource: resource.name,
    before,
    remove,
    read,
    again,
    listed: lingers?.page ?? null,
    item: lingers?.item ?? null,
    itemBefore,
    // What cannot be read by whoever asks was not there for them before either.
    other: isGone(stood) ? null : stays,
    unlisted,
  };
}

/** Another thing than `other`, alike where that is allowed; null where creating answers with what is there already. */
async function another(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  other: Made,
  first: RequestCase | undefined,
): Promise<Made | null> {
  const isOther = (made: Made): boolean => String(made.id) !== String(other.id);
  const twin = await alike(context, setup, resource, first);
  if (isOther(twin)) return twin;
  const made = first === undefined ? twin : await setup.make(resource.name);
  return isOther(made) ? made : null;
}

/** Another one that differs from the first by its id alone, where that is allowed: what is deleted by its looks takes both. */
async function alike(
  { contract }: ProbeContext,
  setup: Setup,
  { name, create }: Resource,
  first: RequestCase | undefined,
): Promise<Made> {
  if (first === undefined) return setup.make(name);
  // Where the client chooses the id, it stands at the end of the path.
  const key = /\{([^{}]+)\}$/.exec(operationOf(contract, create ?? '').path)?.[1];
  try {
    return await setup.make(name, (request) => {
      const own = key === undefined ? undefined : request.path[key];
      const path = key === undefined || own === undefined ? first.path : { ...first.path, [key]: own };
      return { ...request, body: first.body, path };
    });
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return setup.make(name);
  }
}

/** What a list goes on showing although it neither says of itself that it is over nor that the list may be old. */
function isLingering(was: Json | undefined, listed: Awaited<ReturnType<typeof standsInList>>): boolean {
  return typeof listed !== 'string' && !isTombstone(was, listed.item) && !mayBeStale(listed.page);
}

function complaints({
  resource,
  before = null,
  remove,
  read,
  again,
  listed,
  item = null,
  itemBefore = null,
  other,
  unlisted = null,
}: Deletion) {
  const was = wasOf(before);
  const tell = (key: string, title: string, exchanges: readonly Exchange[], fix: string) => ({
    key: `${resource} ${key}`,
    title,
    detail:
      'A client that deletes something relies on it: for privacy, for money, for the next thing of the same name.',
    fix,
    evidence: exchanges.map((exchange) => ({ kind: 'exchange' as const, exchange })),
  });
  const findings = [];
  const earlier = before !== null && isSuccess(before) ? before : null;
  if (read !== null && isSuccess(read) && showsThing(earlier, read) && !isTombstone(was, bodyOf(read) ?? null))
    findings.push(
      tell(
        'read',
        `${outcome(read)} after ${outcome(remove)}`,
        [remove, read],
        'Delete the row (or filter deleted ones out of every read), commit, and drop it from caches.',
      ),
    );
  if (listed !== null && isLingering(was ?? itemBefore ?? undefined, { page: listed, item }))
    findings.push(
      tell(
        'listed',
        `A list still has what was deleted: ${outcome(remove)}, and ${outcome(listed)} with it`,
        [remove, listed],
        'Filter deleted rows out of lists as well, or drop the cached list when something is deleted.',
      ),
    );
  if (hasFailed(again))
    findings.push(
      tell(
        'again',
        `${outcome(again)} when it was deleted a second time`,
        [remove, again],
        isEnveloped(again)
          ? 'Answer with a fault that blames the client (soap:Client, env:Sender), or with one that the WSDL declares, when nothing was there to delete.'
          : 'Answer 404 (or 204) when nothing was there to delete.',
      ),
    );
  if (isGone(other)) {
    findings.push(
      tell(
        'other',
        `${outcome(remove)}, and another one is gone with it: ${outcome(other)}`,
        [remove, other],
        'Restrict the DELETE to the one id.',
      ),
    );
  }
  if (unlisted !== null)
    findings.push(
      tell(
        'other',
        `${outcome(remove)}, and another one is gone with it from the list`,
        [unlisted, remove],
        'Restrict the DELETE to the one id.',
      ),
    );
  return findings;
}

function wasOf(before: Exchange | null): Json | undefined {
  return before === null || !isSuccess(before) ? undefined : bodyOf(before);
}

function bodyOf(exchange: Exchange): Json | undefined {
  return bodyJson(exchange.response?.body) as Json | undefined;
}
