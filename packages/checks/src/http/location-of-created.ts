import {
  bodyJson,
  type Check,
  type Exchange,
  isJsonObject,
  type Json,
  responseHeaderOf,
  valueAt,
} from '@assay/contract';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { isGone, readBack } from '../kit/reading/read-back.ts';
import { operationOf } from '../kit/requests/cases.ts';
import { mayBeHidden } from '../kit/setup/hidden-accounts.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome } from '../kit/words.ts';

interface Created {
  readonly operation: string;
  readonly idPointer: string | null;
  /** The contract speaks of Location and leaves it open. Where it requires one, contract/response-headers tells of its absence. */
  readonly documented: boolean;
  readonly created: Exchange;
  /** What came back from the place that Location names; null when there was none to ask. */
  readonly followed: Exchange | null;
}

interface Evidence {
  readonly made: readonly Created[];
  /** How many things were made with another status than 201, or hidden from whoever reads. */
  readonly otherwise?: number;
  readonly trouble: string | null;
}

/** The Location of a 201 response leads to the thing that was created. */
export const check: Check<Evidence> = {
  id: 'http/location-of-created',
  claim: 'The Location of a created thing leads to it',
  skill: 'apis',
  severity: 'medium',
  names: { wfc: 'F120' },
  needs: [],
  instance: 'shared',
  over: 'http',
  applies: (_contract, shape) =>
    shape.resources.some((resource) => resource.create !== null) ? applies : doesNotApply('nothing can be created'),
  probe: async (context) => {
    const setup = new Setup(context);
    const made: Created[] = [];
    let answered = 0;
    let trouble: string | null = null;
    for (const resource of context.shape.resources) {
      if (resource.create === null || context.signal.aborted) continue;
      const operation = operationOf(context.contract, resource.create);
      try {
        const one = await setup.make(resource.name);
        const { exchange: created } = one;
        if (created.response?.status !== 201) {
          answered += 1;
          continue;
        }
        const documented = operation.responses.some(
          ({ status, headers }) =>
            status === '201' && headers.some(({ name, required }) => name.toLowerCase() === 'location' && !required),
        );
        const target = targetOf(responseHeaderOf(created, 'location'), created.request.target);
        const followed =
          target === null
            ? null
            : await context.backend.send({
                method: 'GET',
                target,
                ...(resource.read === null ? {} : { operation: resource.read }),
              });
        const isHidden = mayBeHidden(context, resource) && isGone(followed) && isGone(await readBack(setup, one));
        if (isHidden) {
          answered += 1;
          continue;
        }
        made.push({ operation: operation.id, idPointer: resource.idPointer, documented, created, followed });
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { made, otherwise: answered, trouble };
  },
  judge: ({ made, otherwise = 0, trouble }) => {
    if (made.length === 0)
      return trouble === null || otherwise > 0
        ? notApplicable('no create operation answers 201, or what it makes is hidden from others')
        : undecided(trouble);
    const judgeable = made.filter(
      ({ documented, created, followed }) =>
        documented || followed !== null || responseHeaderOf(created, 'location') !== undefined,
    );
    if (judgeable.length === 0) return notApplicable('no Location is sent');
    return judged(judgeable.flatMap(complaints), `${count(judgeable.length, 'Location')} followed`);
  },
};

/** The request target a Location names, resolved against the request's own (RFC 9110, section 10.2.2); null when it is none. */
function targetOf(location: string | undefined, base: string): string | null {
  if (location === undefined || location === '') return null;
  try {
    const url = new URL(location, new URL(base, 'http://backend.invalid'));
    return url.pathname + url.search;
  } catch {
    return null;
  }
}

function isElsewhere(location: string | undefined): boolean {
  const url = URL.parse(location ?? '', 'http://localhost');
  return url !== null && !['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].includes(url.hostname);
}

function complaints({ operation, idPointer, created, followed }: Created) {
  const location = responseHeaderOf(created, 'location');
  const told = (title: string, key: string, evidence: readonly Exchange[]) => [
    {
      key: `${operation} ${key}`,
      title,
      detail:
        'A client that has created something goes on with the address in Location. When it leads nowhere, the thing is lost to that client.',
      fix: `Send the path of the created thing as Location with the 201 of ${operation}, built from the id that the database gave it.`,
      operation,
      evidence: evidence.map((exchange) => ({ kind: 'exchange' as const, exchange })),
    },
  ];
  if (followed === null)
    return told(
      `${outcome(created)} ${location === undefined ? 'without a Location' : location === '' ? 'with an empty Location' : `with a Location that is no address: ${location}`}`,
      'missing',
      [created],
    );
  const status = followed.response?.status;
  if (status === 401 || status === 403) return [];
  // An address on another host may well lead to the thing there; only its path could be asked for here.
  if (!isSuccess(followed) && isElsewhere(location)) return [];
  if (!isSuccess(followed))
    return told(`The Location of what ${operation} created leads nowhere: ${outcome(followed)}`, 'dangling', [
      created,
      followed,
    ]);
  const path = (target: string): string | undefined => target.split('?')[0];
  const before = bodyJson(created.response?.body) as Json | undefined;
  const after = bodyJson(followed.response?.body) as Json | undefined;
  const made = idPointer === null || before === undefined ? undefined : valueAt(before, idPointer);
  const found = idPointer === null || after === undefined ? undefined : valueAt(after, idPointer);
  // Of what there is one for each person (a cart, a profile), the address that makes it is the one that shows it.
  const isThere = made !== undefined && isSameId(made, found);
  // What was put is where it was put.
  if (!isThere && created.request.method !== 'PUT' && path(followed.request.target) === path(created.request.target))
    return told(`The Location of what ${operation} created is the address that created it: ${location}`, 'itself', [
      created,
      followed,
    ]);
  return made !== undefined && found !== undefined && !isSameId(made, found)
    ? told(
        `The Location of what ${operation} created (${JSON.stringify(made)}) leads to another one (${JSON.stringify(found)})`,
        'other',
        [created, followed],
      )
    : [];
}

/** As a number or a text, and also where an id is an object (`{"$oid": …}`). */
function isSameId(one: unknown, other: unknown): boolean {
  const written = (id: unknown): string => (isJsonObject(id) ? JSON.stringify(id) : String(id));
  return written(one) === written(other);
}
