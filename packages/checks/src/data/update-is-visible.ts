import {
  bodyJson,
  boundaryCases,
  type Check,
  type Contract,
  encodeRequest,
  type Exchange,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
  UnsupportedSchema,
  valueAt,
} from '@assay/contract';
import { canShowNull, counterpart, memberOf } from '../kit/answers/counterpart.ts';
import { withShownVersion } from '../kit/answers/shown-version.ts';
import { isAdded } from '../kit/comparison/added-amount.ts';
import { type Difference, differences } from '../kit/comparison/compare.ts';
import { isKeptByBackend } from '../kit/comparison/kept-by-backend.ts';
import { othersOf, ownPart } from '../kit/comparison/own-part.ts';
import { isSameSingle } from '../kit/comparison/single-precision.ts';
import { switchesIn, withoutSwitches } from '../kit/comparison/switches.ts';
import { untouched } from '../kit/comparison/untouched.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { isGone } from '../kit/reading/read-back.ts';
import { showsAnyOf } from '../kit/reading/shows-any-of.ts';
import { waitsForConfirmation } from '../kit/reading/until-confirmed.ts';
import { operationOf, plainCases } from '../kit/requests/cases.ts';
import { jsonContentOf } from '../kit/requests/json-body.ts';
import { withoutConditions } from '../kit/requests/without-conditions.ts';
import { idOf } from '../kit/setup/id-of.ts';
import { secondTry } from '../kit/setup/second-try.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { withWhatGoes } from '../kit/setup/with-what-goes.ts';
import { count, isSuccess, outcome, requestLine, shorten, status } from '../kit/words.ts';

/** How many updates of each operation are made. */
const updates = 6;
/** How many members at most are set to null, one at a time. */
const mostCleared = 3;

interface Update {
  readonly operation: string;
  /** A PATCH keeps what it does not name. */
  readonly partial: boolean;
  /** Where the contract shows the id in an answer, and so what it is wrapped in. */
  readonly idPointer?: string | null;
  /** Resources that are made by themselves. */
  readonly others?: readonly string[];
  readonly sent: Json;
  /** What the thing had been made of. */
  readonly made?: Json | undefined;
  readonly before: Exchange;
  /** The same read once more, before the update. */
  readonly again?: Exchange;
  readonly write: Exchange;
  readonly after: Exchange;
}

interface Evidence {
  readonly made: number;
  readonly suspects: readonly Update[];
  readonly trouble: string | null;
  /** What is read has none of the members that were sent. */
  readonly unshown?: string | null;
}

/** An update that was acknowledged is what the next read shows, and a partial one leaves the rest as it was. */
export const check: Check<Evidence> = {
  id: 'data/update-is-visible',
  claim: 'An update is what the next read shows',
  skill: 'databases',
  severity: 'high',
  names: {},
  needs: [],
  instance: 'shared',
  applies: (contract, shape) =>
    shape.resources.some((resource) => writersOf(contract.operations, resource).length > 0)
      ? applies
      : doesNotApply('nothing that can be created and read can be updated'),
  probe: async (context) => {
    const setup = new Setup(context);
    const suspects: Update[] = [];
    let made = 0;
    let trouble: string | null = null;
    let unshown: string | null = null;
    for (const resource of context.shape.resources) {
      for (const operation of writersOf(context.contract.operations, resource)) {
        let refused = 0;
        for (const next of casesFor(context, operation)) {
          if (context.signal.aborted) break;
          try {
            const update = await updated(
              context,
              setup,
              resource,
              operation,
              refused === 0 ? next : secondTry(context, operation, next, refused),
            );
            if (update === null) refused += 1;
            else if (typeof update === 'string') trouble = update;
            if (update === null || typeof update === 'string') continue;
            if (showsAnyOf(resource, update.sent, update.after)) made += 1;
            else if (isSuccess(update.after))
              unshown = `${resource.read} shows nothing of what was sent to ${operation.id}`;
            if (lossesOf(context.contract, update).length > 0 || !isSuccess(update.after)) suspects.push(update);
          } catch (error) {
            if (!(error instanceof SetupFailed)) throw error;
            trouble = error.message;
            break;
          }
        }
      }
    }
    return { made, suspects: suspects.slice(0, 20), trouble, unshown };
  },
  judge: ({ made, suspects, trouble, unshown = null }, contract) => {
    const found = distinct(suspects.flatMap((update) => findings(contract, update)));
    if (made === 0 && found.length === 0) {
      if (trouble === null && unshown !== null) return notApplicable(unshown);
      return undecided(trouble ?? 'no update was accepted');
    }
    return judged(found, `${count(made, 'update')} made and read`);
  },
};

function* casesFor(context: ProbeContext, operation: Operation): Generator<RequestCase> {
  yield* plainCases(context, operation)
    .take(updates)
    .filter(({ body }) => body !== undefined);
  // Code that takes null for absent shows only where there was something before, and not everything that is made has it.
  for (const request of clearingCases(context, operation)) yield* [request, request, request];
}

/** Updates that set one member to null each. */
function clearingCases(context: ProbeContext, operation: Operation): readonly RequestCase[] {
  try {
    return boundaryCases(context.contract, operation)
      .valid.map(({ request }) => request)
      .filter(({ body }) => isJsonObject(body?.value) && Object.values(body.value).includes(null))
      .slice(0, mostCleared);
  } catch (error) {
    if (error instanceof UnsupportedSchema) return [];
    throw error;
  }
}

function writersOf(operations: readonly Operation[], resource: Resource): readonly Operation[] {
  if (resource.create === null || resource.read === null) return [];
  return [resource.replace, resource.patch].flatMap((id) =>
    operations.filter((operation) => operation.id === id && jsonContentOf(operation) !== null),
  );
}

/** What was updated and read; null when it was refused, and otherwise why it tells nothing. */
async function updated(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  operation: Operation,
  next: RequestCase,
): Promise<Update | string | null> {
  const update = await updatedOnce(context, setup, resource, operation, next);
  if (update === null || typeof update === 'string' || !isHidden(update.after)) return update;
  const { contract } = context;
  const request = next.body === undefined ? next : { ...next, body: { ...next.body, value: update.sent } };
  if (switchesIn(contract, operation, request).length === 0) return update;
  // The update itself may have hidden it: archived, not active, not yet published.
  const shown = (bodyJson(update.before.response?.body) as Json | undefined) ?? null;
  const plain = withoutSwitches(contract, operation, request, counterpart(resource, update.sent, shown).back);
  return plain === null
    ? `${outcome(update.after)} after an update that may have hidden it`
    : updatedOnce(context, setup, resource, operation, plain);
}

function isHidden(read: Exchange): boolean {
  return isGone(read) || [401, 403].includes(status(read) ?? 0);
}

async function updatedOnce(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
  operation: Operation,
  next: RequestCase,
): Promise<Update | string | null> {
  const cleared = withWhatGoes(context, setup, operationOf(context.contract, resource.create ?? ''), next);
  const { id, sent: made } = await setup.make(resource.name, cleared);
  const own = { [`path:${resource.idParameter ?? 'id'}`]: id };
  const read = await setup.request(resource.read ?? '', own);
  const bare = withoutConditions(read);
  const before = await context.backend.send(bare);
  if (!isSuccess(before)) return `${outcome(before)} before anything was updated`;
  const partial = operation.method === 'PATCH';
  const again = partial ? { again: await context.backend.send(bare) } : {};
  const shown = bodyJson(before.response?.body) as Json | undefined;
  const bound = withShownVersion(context.contract, operation, await setup.bind(operation, next, own), shown);
  const spec = encodeRequest(operation, bound);
  const write = await context.backend.send(withoutConditions(spec));
  if (!isSuccess(write)) return null;
  if (status(write) === 202) return `${requestLine(write)} was only accepted (202)`;
  let after = await context.backend.send(bare);
  if (status(after) === 429) return outcome(after);
  if (!isSuccess(after)) {
    // An address made of a title moves with it: the answer tells where to.
    const moved = idOf(resource, write, bodyJson(write.response?.body) as Json | undefined);
    // One that only the backend can know is not looked for.
    if (moved === undefined && typeof id === 'string' && !/^(\d+|[\da-f-]{32,36})$/i.test(id)) return null;
    if (moved !== undefined && String(moved) !== String(id))
      after = await context.backend.send(
        withoutConditions(
          await setup.request(resource.read ?? '', { [`path:${resource.idParameter ?? 'id'}`]: moved }),
        ),
      );
  }
  return {
    operation: operation.id,
    partial,
    idPointer: resource.idPointer,
    others: othersOf(context.shape, resource),
    sent: bound.body?.value as Json,
    made,
    before,
    ...again,
    write,
    after,
  };
}

interface Loss extends Difference {
  readonly kept: boolean;
}

function lossesOf(contract: Contract, update: Update): readonly Loss[] {
  const { operation, partial, idPointer = null, others = [], sent, before, after } = update;
  const answer = bodyJson(after.response?.body) as Json | undefined;
  if (answer === undefined || !isSuccess(after)) return [];
  const now = counterpart({ idPointer }, sent, answer);
  const earlier = bodyJson(before.response?.body) as Json | undefined;
  const old = earlier === undefined ? null : counterpart({ idPointer }, sent, earlier).back;
  const lost = differences(ownPart(now.sent, now.back, others), now.back, now.at)
    .filter(({ place, sent: value }) => value !== null || canShowNull(contract, after.operation, memberOf(place)))
    // The address says whose update it is; an id in the body does not make it another one.
    .filter(({ place }) => place !== (idPointer ?? '/id'))
    .filter(
      ({ place, sent: value, back }) =>
        !partial || !isAdded(valueAt(old ?? null, place.slice(now.at.length)), value, back),
    )
    .filter((each) => !waitsForConfirmation(contract, each.place.slice(now.at.length), old ?? null, each))
    .map((each) => ({ ...each, kept: false }));
  const left = partial && isJsonObject(old) ? untouched(contract, update) : {};
  const changed = differences(left, now.back, now.at).map((each) => ({ ...each, kept: true }));
  return [...lost, ...changed].filter(
    (each) =>
      !isKeptByBackend({ contract, operation, idPointer, ...now }, each) &&
      !isSameSingle(contract, operation, each.place.slice(now.at.length), each),
  );
}

function findings(contract: Contract, update: Update) {
  const { operation, before, write, after } = update;
  const evidence = [before, write, after].map((exchange) => ({ kind: 'exchange' as const, exchange }));
  const detail = 'The update was answered with success, so its sender goes on as if it were kept.';
  if (!isSuccess(after)) {
    return [
      {
        key: `${operation} gone`,
        title: `${outcome(after)} right after ${requestLine(write)} had succeeded`,
        detail,
        fix: 'An update must keep the thing readable under the same address.',
        operation,
        evidence,
      },
    ];
  }
  return lossesOf(contract, update).map((loss) => {
    const [sent, back] = [shorten(JSON.stringify(loss.sent), 60), shorten(JSON.stringify(loss.back), 60)];
    return {
      key: `${operation} ${loss.place.replaceAll(/\/\d+/g, '/*')} ${loss.kept ? 'not kept' : 'not written'}`,
      title: loss.kept
        ? `${requestLine(write)} changed ${loss.place} from ${sent} to ${back} without naming it`
        : `${requestLine(write)} succeeded with ${sent} at ${loss.place}, and the next read shows ${back}`,
      detail,
      fix: loss.kept
        ? 'Update only the columns that the body names; an absent member is not a null one (RFC 7396).'
        : 'Write every member of the body, commit before answering, and read from where was written (no stale cache or replica).',
      operation,
      evidence,
    };
  });
}
