import {
  bodyJson,
  boundaryCases,
  type Check,
  type Contract,
  encodeRequest,
  type Exchange,
  isJsonObject,
  type Json,
  type ProbeContext,
  type RequestCase,
  type Resource,
  validRequests,
} from '@assay/contract';
import { isAcknowledgement } from '../kit/answers/acknowledgement.ts';
import { canShowNull, type Counterpart, counterpart, memberOf } from '../kit/answers/counterpart.ts';
import { advice } from '../kit/answers/turned-away.ts';
import { type Difference, differences } from '../kit/comparison/compare.ts';
import { type GivenByBackend, givenByBackend } from '../kit/comparison/given-by-backend.ts';
import { isKeptByBackend } from '../kit/comparison/kept-by-backend.ts';
import { othersOf, ownPart } from '../kit/comparison/own-part.ts';
import { isSameSingle } from '../kit/comparison/single-precision.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { showsAnyOf } from '../kit/reading/shows-any-of.ts';
import { hash, operationOf, sample } from '../kit/requests/cases.ts';
import { jsonContentOf } from '../kit/requests/json-body.ts';
import { tellingCase } from '../kit/requests/telling-case.ts';
import { idOf } from '../kit/setup/id-of.ts';
import { Marks } from '../kit/setup/marks.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isCarriedOut, isSuccess, outcome, requestLine, shorten } from '../kit/words.ts';

/** How many values of each sort are written and read. */
const quota = { boundary: 20, random: 20 } as const;

interface RoundTrip {
  readonly resource: string;
  /** Where the contract shows the id in an answer, and so what it is wrapped in. */
  readonly idPointer?: string | null;
  /** Resources that are made by themselves, so that their objects in the body are pointed at. */
  readonly others?: readonly string[];
  readonly sent: Json;
  /** What others of the kind were given by the backend itself. */
  readonly given?: GivenByBackend;
  readonly created: Exchange;
  readonly read: Exchange;
}

/** What a creation made, by its id: one that is told of twice was there before, if only the second time. */
interface Made {
  readonly id: string;
  readonly trip: RoundTrip;
}

interface Evidence {
  readonly trips: number;
  readonly resources: number;
  /** Those in which something came back otherwise. */
  readonly suspects: readonly RoundTrip[];
  readonly trouble: string | null;
  /** What is read has none of the members that were sent. */
  readonly unshown?: string | null;
}

/** What was created can be read back unchanged: Unicode, big and exact numbers, null and absent, time zones. */
export const check: Check<Evidence> = {
  id: 'data/round-trip',
  claim: 'What was created can be read back unchanged',
  skill: 'databases',
  severity: 'high',
  names: {},
  needs: [],
  instance: 'shared',
  applies: (contract, shape) =>
    shape.resources.some(
      (resource) => isReadable(resource) && jsonContentOf(operationOf(contract, resource.create ?? '')) !== null,
    )
      ? applies
      : doesNotApply('nothing that can be created can be read'),
  probe: async (context) => {
    const setup = new Setup(context);
    const suspects: RoundTrip[] = [];
    let trips = 0;
    let trouble: string | null = null;
    let unshown: string | null = null;
    const resources = context.shape.resources.filter(isReadable);
    for (const resource of resources) {
      const made: Made[] = [];
      const marks = new Marks(context, setup, resource);
      for (const request of casesFor(context, resource)) {
        if (context.signal.aborted) break;
        try {
          const trip = await roundTrip(context, setup, marks, resource, request);
          if (typeof trip === 'string') trouble = trip;
          else made.push(trip);
        } catch (error) {
          if (!(error instanceof SetupFailed)) throw error;
          trouble = error.message;
          break;
        }
      }
      const times = Map.groupBy(made, ({ id }) => id);
      const once = made.filter(({ id }) => times.get(id)?.length === 1);
      if (once.length === 0 && made.length > 0)
        trouble = `${resource.create} answers with the same ${resource.name} again and again`;
      const telling = once.filter(({ trip: { idPointer = null, sent, read } }) =>
        showsAnyOf({ idPointer }, sent, read),
      );
      const [one] = once;
      if (telling.length === 0 && one !== undefined) {
        const isRead = once.some(({ trip }) => isSuccess(trip.read));
        if (isRead) unshown = `${resource.read} shows nothing of what was sent to ${resource.create}`;
        else trouble = `what ${resource.create} made could not be read: ${outcome(one.trip.read)}`;
      }
      trips += telling.length;
      const given = givenByBackend(telling.flatMap(({ trip }) => readPair(trip) ?? []));
      suspects.push(
        ...once.map(({ trip }) => ({ ...trip, given })).filter((trip) => lossesOf(context.contract, trip).length > 0),
      );
    }
    return { trips, resources: resources.length, suspects: suspects.slice(0, 20), trouble, unshown };
  },
  judge: ({ trips, resources, suspects, trouble, unshown = null }, contract) => {
    const findings = distinct(suspects.flatMap((trip) => lossesOf(contract, trip).map((loss) => finding(trip, loss))));
    if (trips === 0 && findings.length === 0) {
      if (trouble === null && unshown !== null) return notApplicable(unshown);
      return undecided(trouble ?? 'nothing could be created and read');
    }
    return judged(findings, `${count(trips, 'value')} of ${count(resources, 'resource')} written and read`);
  },
};

function isReadable(resource: Resource): boolean {
  return resource.create !== null && resource.read !== null;
}

function casesFor(context: ProbeContext, resource: Resource): readonly RequestCase[] {
  const operation = operationOf(context.contract, resource.create ?? '');
  const telling = tellingCase(context, operation);
  return [
    ...(telling === null ? [] : [telling]),
    ...boundaryCases(context.contract, operation)
      .valid.slice(0, quota.boundary)
      .map(({ request }) => request),
    ...sample(
      validRequests(context.contract, operation, { mode: 'wild' }),
      context.random.seed ^ hash(resource.name),
      quota.random,
    ),
  ].filter(({ body }) => body !== undefined && typeof body.value !== 'string');
}

/** What was written and read, or why it could not be. */
async function roundTrip(
  context: ProbeContext,
  setup: Setup,
  marks: Marks,
  resource: Resource,
  request: RequestCase,
): Promise<Made | string> {
  const operation = operationOf(context.contract, resource.create ?? '');
  const { request: bound, member } = marks.on(operation, await setup.bind(operation, request));
  const created = await context.backend.send(encodeRequest(operation, bound));
  if (!isSuccess(created)) return `nothing could be created: ${outcome(created)}${advice(created)}`;
  // It may be another thing that is told of then, such as the job, and this one may not be there yet.
  if (!isCarriedOut(created)) return `${requestLine(created)} was only accepted (202)`;
  const id =
    idOf(resource, created, bodyJson(created.response?.body) as Json | undefined) ?? (await marks.idOf(bound, member));
  if (id === undefined && marks.begin()) return roundTrip(context, setup, marks, resource, request);
  if (id === undefined) return `${outcome(created)}, but no id of what it made can be found`;
  const read = await context.backend.send(
    await setup.request(resource.read ?? '', { [`path:${resource.idParameter ?? 'id'}`]: id }),
  );
  if (resource.idPointer === null && !isOurs(resource, bound.body?.value as Json | undefined, read))
    return `${outcome(read)}, which cannot be told from what was there before`;
  const others = othersOf(context.shape, resource);
  const { name, idPointer } = resource;
  const trip = { resource: name, idPointer, others, sent: bound.body?.value as Json, created, read };
  return { id: String(id), trip };
}

/**
 * Whether what is read has anything else of what was sent beside the name that the client gave it: where that name was taken, and the creation was answered with
 * 200 all the same, it is somebody else's.
 */
function isOurs({ idParameter, idPointer }: Resource, sent: Json | undefined, read: Exchange): boolean {
  const body = bodyJson(read.response?.body) as Json | undefined;
  if (sent === undefined || body === undefined || !isSuccess(read)) return true;
  const pair = counterpart({ idPointer }, sent, body);
  if (idParameter === null || !isJsonObject(pair.sent) || !isJsonObject(pair.back) || !(idParameter in pair.sent))
    return true;
  const { back } = pair;
  const shown = Object.entries(pair.sent).filter(([name]) => name !== idParameter && name in back);
  return shown.length === 0 || shown.some(([name, value]) => differences(value, back[name] ?? null).length === 0);
}

function readPair({ sent, idPointer = null, read }: RoundTrip): Counterpart | null {
  const body = bodyJson(read.response?.body) as Json | undefined;
  return body === undefined ? null : counterpart({ idPointer }, sent, body);
}

/** What the later answers lost; a thing that cannot be read at all is the business of other checks. */
function lossesOf(
  contract: Contract,
  { sent, idPointer = null, others = [], given = { defaults: [], starts: [] }, created, read }: RoundTrip,
): readonly (Difference & { readonly exchange: Exchange })[] {
  return [created, read].filter(isSuccess).flatMap((exchange) => {
    const body = bodyJson(exchange.response?.body) as Json | undefined;
    if (body === undefined) return [];
    const pair = counterpart({ idPointer }, sent, body);
    if (exchange === created && isAcknowledgement(pair.sent, pair.back)) return [];
    return differences(ownPart(pair.sent, pair.back, others), pair.back, pair.at, () => true)
      .filter(({ place, sent: value }) => value !== null || canShowNull(contract, exchange.operation, memberOf(place)))
      .filter((each) => !isGiven(given, pair, each))
      .filter((each) => !isKeptByBackend({ contract, operation: created.operation, idPointer, ...pair }, each))
      .filter((each) => !isSameSingle(contract, created.operation, each.place.slice(pair.at.length), each))
      .map((difference) => ({ ...difference, exchange }));
  });
}

function isGiven(
  { defaults, starts }: GivenByBackend,
  { at }: Counterpart,
  { place, sent, back }: Difference,
): boolean {
  const name = memberOf(place);
  const isAtTop = place.slice(at.length).split('/').length === 2;
  return isAtTop && ((sent === null && defaults.includes(name)) || (back !== null && starts.includes(name)));
}

function finding(trip: RoundTrip, loss: Difference & { readonly exchange: Exchange }) {
  const [sent, back] = [shorten(JSON.stringify(loss.sent), 60), shorten(JSON.stringify(loss.back), 60)];
  return {
    key: `${trip.resource} ${loss.place.replaceAll(/\/\d+/g, '/*')} ${loss.what.split(':')[0]}`,
    title: `${requestLine(loss.exchange)} has ${back} at ${loss.place}, where ${sent} was sent: ${loss.what}`,
    detail:
      'The request was valid and was accepted, so its sender takes it as kept. What comes back otherwise was changed without anybody being told, and cannot be got back.',
    fix: 'Keep the value in a type that holds it whole (text in UTF-8, numeric for money, timestamptz for instants, bigint as text in JSON), or narrow the contract to what can be kept.',
    evidence: [
      { kind: 'value' as const, label: loss.place, expected: loss.sent, actual: loss.back },
      { kind: 'exchange' as const, exchange: trip.created },
      ...(loss.exchange === trip.read ? [{ kind: 'exchange' as const, exchange: trip.read }] : []),
    ],
  };
}
