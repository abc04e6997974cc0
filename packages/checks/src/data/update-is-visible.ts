import {
  boundaryCases,
  type Check,
  type Contract,
  isJsonObject,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
  UnsupportedSchema,
} from '@assay/contract';
import { filterFault } from '../kit/comparison/filter-faults.ts';
import { memberFilters } from '../kit/comparison/member-filters.ts';
import { lossKey, type Update, updateLosses } from '../kit/comparison/update-losses.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type FilteredUpdate, filteredUpdate } from '../kit/reading/filtered-update.ts';
import { ownKinds, thingsOfOne, withoutCredentials } from '../kit/reading/own-things.ts';
import { doubtfulLosses, type Suspect } from '../kit/reading/repeated-losses.ts';
import { showsAnyOf } from '../kit/reading/shows-any-of.ts';
import { updated, type Updating } from '../kit/reading/update-and-read.ts';
import { bareThing } from '../kit/requests/bare-thing.ts';
import { fullest, plainCases, sayingAll } from '../kit/requests/cases.ts';
import { jsonContentOf } from '../kit/requests/json-body.ts';
import { thingIn, wrappedAs } from '../kit/requests/wrapped-body.ts';
import { secondTry } from '../kit/setup/second-try.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome, requestLine, shorten } from '../kit/words.ts';

/** How many updates of each operation are made. */
const updates = 6;
/** How many members at most are set to null, one at a time. */
const mostCleared = 3;
/** By how many members each kind of thing is looked for in its filtered lists, and how often each, when nothing came of the first. */
const [mostFilters, filterTries] = [3, 2];

interface Evidence {
  readonly made: number;
  readonly suspects: readonly Update[];
  readonly trouble: string | null;
  /** What is read has none of the members that were sent. */
  readonly unshown?: string | null;
  /** How many losses did not come again where nothing else could be their reason. */
  readonly doubted?: number;
  /** Updates of what lists are filtered by. */
  readonly filtered?: readonly FilteredUpdate[];
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
    shape.resources.some(
      (resource) => resource.create !== null && writersOf(contract.operations, resource).length > 0,
    ) || ownKinds({ contract, shape }).length > 0
      ? applies
      : doesNotApply('nothing that can be created and read can be updated'),
  probe: async (context) => {
    const setup = new Setup(context);
    const suspects: Update[] = [];
    let made = 0;
    let trouble: string | null = null;
    let unshown: string | null = null;
    let doubted = 0;
    const filtered: FilteredUpdate[] = [];
    const kinds = context.shape.resources.filter(({ create }) => create !== null);
    const things = [...kinds.map((resource) => ({ context, setup, resource })), ...(await thingsOfOne(context))];
    for (const thing of things) {
      const { resource } = thing;
      // What is one's own need not be changeable at all.
      const told = (why: string): void => {
        if (resource.create === null) unshown ??= `what each person has one of was not changed: ${why}`;
        else trouble = why;
      };
      for (const operation of writersOf(context.contract.operations, resource)) {
        const updating: Updating = { ...thing, operation };
        const lost: Suspect[] = [];
        let refused = 0;
        for (const { next, goes } of casesFor(context, operation)) {
          if (context.signal.aborted) break;
          try {
            const tried = refused === 0 ? next : secondTry(context, operation, next, refused);
            const isOwn = updating.own !== undefined;
            const request = isOwn ? withoutCredentials(context.contract, operation, tried) : tried;
            const update = await updated(updating, request, goes ?? request);
            if (update === null && goes === undefined) refused += 1;
            if (typeof update === 'string') told(update);
            if (update === null || typeof update === 'string') continue;
            if (showsAnyOf(resource, update.sent, update.after)) made += 1;
            else if (isSuccess(update.after))
              unshown = `${resource.read} shows nothing of what was sent to ${operation.id}`;
            if (!isSuccess(update.after)) suspects.push(update);
            else if (updateLosses(context.contract, update).length > 0) lost.push({ update, request });
          } catch (error) {
            if (!(error instanceof SetupFailed)) throw error;
            told(error.message);
            break;
          }
        }
        const doubts = await doubtfulLosses(updating, lost);
        doubted += doubts.length;
        suspects.push(
          ...lost
            .map(({ update }) => ({ ...update, doubts }))
            .filter((update) => updateLosses(context.contract, update).length > 0),
        );
      }
      if (resource.create !== null) filtered.push(...(await filteredUpdates(context, setup, resource)));
    }
    return { made, suspects: suspects.slice(0, 20), trouble, unshown, doubted, filtered };
  },
  judge: ({ made, suspects, trouble, unshown = null, doubted = 0, filtered = [] }, contract) => {
    const found = distinct([
      ...suspects.flatMap((update) => findings(contract, update)),
      ...filtered.flatMap((update) => filterFindings(update)),
    ]);
    if (made === 0 && found.length === 0) {
      if (trouble === null && unshown !== null) return notApplicable(unshown);
      return undecided(trouble ?? 'no update was accepted');
    }
    const doubts = doubted === 0 ? '' : `; ${count(doubted, 'difference')} may follow from other members`;
    const lists = filtered.length === 0 ? '' : `, ${filtered.length} of them looked for in filtered lists`;
    return judged(found, `${count(made + filtered.length, 'update')} made and read${lists}${doubts}`);
  },
};

interface UpdateCase {
  readonly next: RequestCase;
  /** Says null of what the thing must have before; what the update says itself when left out. */
  readonly goes?: RequestCase;
}

function* casesFor(context: ProbeContext, operation: Operation): Generator<UpdateCase> {
  yield* aloneCases(context, operation);
  yield* plainCases(context, operation)
    .take(updates)
    .filter(({ body }) => body !== undefined)
    .map((next) => ({ next }));
  // Code that takes null for absent shows only where there was something before, and not everything that is made has it.
  for (const next of clearingCases(context, operation)) yield* [{ next }, { next }, { next }];
}

/** A PATCH with one member, and one with another: between them, each of all the others goes unnamed once, on a thing that has it. */
function aloneCases(context: ProbeContext, operation: Operation): readonly UpdateCase[] {
  const full = operation.method === 'PATCH' ? fullest(plainCases(context, operation, 'alone'), sayingAll) : null;
  if (full?.body === undefined) return [];
  const whole = thingIn(full.body.value as Json);
  const names = Object.keys(whole.thing).filter((name) => whole.thing[name] !== null);
  const nulls = Object.fromEntries(Object.keys(whole.thing).map((name) => [name, null]));
  const goes = { ...full, body: { ...full.body, value: wrappedAs(whole, nulls) } };
  return names.slice(0, 2).map((name) => ({ next: bareThing(context.contract, operation, full, name), goes }));
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
  if (resource.read === null) return [];
  return [resource.replace, resource.patch].flatMap((id) =>
    operations.filter((operation) => operation.id === id && jsonContentOf(operation) !== null),
  );
}

async function filteredUpdates(
  context: ProbeContext,
  setup: Setup,
  resource: Resource,
): Promise<readonly FilteredUpdate[]> {
  const found: FilteredUpdate[] = [];
  const [operation] = writersOf(context.contract.operations, resource).toReversed();
  if (operation === undefined) return found;
  for (const filter of memberFilters(context.contract, resource.lists, operation).slice(0, mostFilters)) {
    for (let tries = 0; tries < filterTries && !context.signal.aborted; tries += 1) {
      try {
        const update = await filteredUpdate({ context, setup, resource, operation }, filter);
        if (update === null) continue;
        found.push(update);
      } catch (error) {
        // What could not be made is told where it is updated.
        if (!(error instanceof SetupFailed)) throw error;
      }
      break;
    }
  }
  return found;
}

function filterFindings(update: FilteredUpdate) {
  const fault = filterFault(update);
  if (fault === null) return [];
  const { list, parameter, member, write, read } = update;
  const { kind, value, is, page, others } = fault;
  const asked = `${parameter}=${String(value)}`;
  return [
    {
      key: `${list} ${asked} ${kind}`,
      title: `${requestLine(page)} brought a thing whose ${member} is ${JSON.stringify(is)}`,
      detail:
        kind === 'unfiltered'
          ? `It was looked for before and after an update of ${member}: the list filtered by the other value followed it, the one with ${asked} brought it both times.`
          : `It was looked for before and after an update of ${member}: the list with ${asked} brought it only when it was otherwise.`,
      fix: 'Filter whenever the parameter is there, not when it is true, and read its text as the contract does: in most languages "false" is a text like any other, and true.',
      operation: list,
      evidence: [write, read, ...others, page].map((exchange) => ({ kind: 'exchange' as const, exchange })),
    },
  ];
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
  return updateLosses(contract, update).map((loss) => {
    const [sent, back] = [shorten(JSON.stringify(loss.sent), 60), shorten(JSON.stringify(loss.back), 60)];
    return {
      key: `${operation} ${lossKey(loss)}`,
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
