import { setTimeout as pause } from 'node:timers/promises';
import {
  encodeRequest,
  type Exchange,
  type FindingDraft,
  type Json,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type Resource,
} from '@assay/contract';
import { isGranted } from '../answers/granted.ts';
import { operationOf, plainCases } from '../requests/cases.ts';
import { isValidBody } from '../requests/json-body.ts';
import { isPresent, pinned } from '../requests/pin.ts';
import { withUniqueTexts } from '../requests/unique-texts.ts';
import { withNeededTag, withoutConditions } from '../requests/without-conditions.ts';
import { sentHelped } from '../setup/readying.ts';
import { secondTry } from '../setup/second-try.ts';
import { type Made, type Setup, SetupFailed } from '../setup/setup.ts';
import { isCarriedOut, isSuccess, outcome, status } from '../words.ts';
import { isGone } from './read-back.ts';
import { speaksOfDeleted } from './speaks-of-deleted.ts';

/** A request that names what was deleted, beside others of the same operation. */
export interface Use {
  readonly resource: string;
  readonly operation: string;
  readonly remove: Exchange;
  /** The deleted thing read before and after it was named. */
  readonly gone: Exchange;
  readonly used: Exchange;
  readonly goneStill: Exchange;
  /** The same with an id of the same form that nothing ever had, and afterwards with a thing that is there. */
  readonly never: Exchange;
  readonly living: Exchange;
}

/** How many operations are tried with deleted things, how often each has to take them, and how often that is tried. */
const [mostUses, rounds, mostRounds] = [8, 2, 5];
/** How many requests are tried until one that names a thing which is there is accepted. */
const mostCases = 6;
/** How long a deletion is left alone the second time: what was known of a thing may be kept for a moment. Milliseconds. */
const settleMs = 1000;
/** What may be meant to speak of what is gone: bringing it back, and telling of the past. */
const ofThePast =
  /restor|undelet|recover|undo|revert|reviv|activat|reopen|purge|trash|archiv|audit|log(?![io]n|out)|track|analytic|telemetr|report|refund|return|export|feedback|movement|adjust|ledger|journal|payment|settle|entr(?:y|ies)/i;
/** Deleting these may only take them out of one person's sight. */
const hidden =
  /conversation|chat|thread|channel|dialog|inbox|message|mail|notification|member|subscri|follow|friend|contact/i;

/** What is answered to creations and actions that name a thing which was deleted, and is read as gone. */
export async function usesOfDeleted(context: ProbeContext, setup: Setup): Promise<readonly Use[]> {
  const uses: Use[] = [];
  for (const place of placesFor(context).slice(0, mostUses)) {
    try {
      const naming = await accepted(context, setup, place);
      if (naming === null) continue;
      let found = 0;
      for (let round = 0; round < mostRounds && found < rounds; round += 1) {
        if (context.signal.aborted) break;
        const use = await usedOnce(context, setup, place, naming, found * settleMs);
        if (use === null || isRefusedAlone(use)) break;
        // A thing that is there may be refused too: each is made anew, and some are expired.
        if (!isUse(use)) continue;
        uses.push(use);
        found += 1;
      }
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
    if (context.signal.aborted) break;
  }
  return uses;
}

/** Whether what was deleted was taken for a thing that is there, where one that never was is not. */
export function isUse({ remove, gone, used, goneStill, never, living }: Use): boolean {
  return (
    isCarriedOut(remove) &&
    [gone, goneStill].every(isGone) &&
    [used, living].every((exchange) => isCarriedOut(exchange) && isGranted(exchange)) &&
    [400, 404, 409, 410, 422].includes(status(never) ?? 0)
  );
}

/** As it should be: what was deleted is refused, and what is there is not. */
function isRefusedAlone({ used, living }: Use): boolean {
  return !isCarriedOut(used) && isCarriedOut(living);
}

/** What was taken each time, as a finding. */
export function misuses(uses: readonly Use[]): readonly FindingDraft[] {
  return [...Map.groupBy(uses.filter(isUse), ({ resource, operation }) => `${resource} used by ${operation}`)].flatMap(
    ([key, [first, ...more]]) => {
      if (first === undefined || more.length + 1 < rounds) return [];
      const { remove, gone, used, never, living, operation } = first;
      const shown = [
        [remove, 'the deletion'],
        [gone, 'what it deleted, read afterwards'],
        [used, 'naming it all the same'],
        [never, 'naming what never was'],
        [living, 'naming one that is there'],
      ] as const;
      return [
        {
          key,
          title: `${outcome(used)} naming what was deleted: ${outcome(remove)}`,
          detail:
            'What is read as gone can still be used: ordered, booked, commented on. Where only a mark says that a row is deleted, every statement that looks it up has to look at the mark as well, and a foreign key does not.',
          fix: 'Look up what a request names with the same condition as the reads (`deleted_at IS NULL`), in the transaction that uses it, and answer as for what never was.',
          severity: 'medium' as const,
          operation,
          evidence: shown.map(([exchange, note]) => ({ kind: 'exchange' as const, exchange, note })),
        },
      ];
    },
  );
}

interface Place {
  readonly operation: Operation;
  /** Where it names the thing: `path:id`, `body:/rewardId`. */
  readonly target: string;
  readonly resource: Resource;
}

function placesFor({ contract, shape }: ProbeContext): readonly Place[] {
  return contract.operations
    .filter(
      ({ id, method, path, soap }) =>
        method === 'POST' && soap === null && ![id, path].some((text) => ofThePast.test(text)),
    )
    .flatMap((operation) =>
      (shape.bindings[operation.id] ?? []).flatMap(({ target, resource: name }) => {
        const resource = shape.resources.find((one) => one.name === name);
        const isFit =
          resource !== undefined &&
          resource.create !== null &&
          resource.read !== null &&
          resource.remove !== null &&
          /^(?:path|body):/.test(target) &&
          !hidden.test(name) &&
          !speaksOfDeleted(contract, operation, target, operationOf(contract, resource.remove));
        return isFit ? [{ operation, target, resource }] : [];
      }),
    );
}

/** What was accepted, to be done again. */
interface Accepted {
  /** Makes and binds a request that names this thing. */
  readonly name: (id: Json) => Promise<RequestCase>;
  /** Makes another thing like the one that was named: not every one can be, and some are expired from the start. */
  readonly make: () => Promise<Made>;
}

/** How requests that are accepted name a thing that is there; null where none was. Throws SetupFailed. */
async function accepted(context: ProbeContext, setup: Setup, place: Place): Promise<Accepted | null> {
  const { operation, target, resource } = place;
  const send = async (request: RequestCase): Promise<boolean> =>
    isSuccess(await setup.instance.send(encodeRequest(operation, request))) ||
    (await sentHelped(context, setup, operation, request)) !== null;
  const plain = plainCases(context, operation, 'deleted').take(mostCases * 4);
  const naming = [...plain].filter((request) => isPresent(request, target)).slice(0, mostCases);
  for (const [attempt, plainly] of naming.entries()) {
    const request = attempt === 0 ? plainly : secondTry(context, operation, plainly, attempt);
    const same: Accepted['name'] = (id) => setup.bind(operation, request, { [target]: id });
    const other: Accepted['name'] = (id) =>
      setup.bind(operation, withUniqueTexts(context, operation, request, { likely: true }), { [target]: id });
    const made: RequestCase[] = [];
    const { id: first } = await setup.make(resource.name, (one) => {
      made.push(one);
      return one;
    });
    if (!(await send(await same(first)))) continue;
    const make = (): Promise<Made> => madeLike(context, setup, resource, made.at(-1));
    for (const name of [same, other]) if (await send(await name((await make()).id))) return { name, make };
  }
  return null;
}

async function madeLike(
  context: ProbeContext,
  setup: Setup,
  { name, create }: Resource,
  first: RequestCase | undefined,
): Promise<Made> {
  if (first === undefined) return setup.make(name);
  const operation = operationOf(context.contract, create ?? '');
  const bound = setup.bindingsOf(operation.id).map(({ target }) => target);
  const which = (place: string): boolean => !bound.includes(`body:${place}`);
  try {
    return await setup.make(name, (request) => {
      const { body } = withUniqueTexts(context, operation, first, { which, likely: true });
      return body === undefined ? request : { ...request, body };
    });
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return setup.make(name);
  }
}

async function usedOnce(
  context: ProbeContext,
  setup: Setup,
  { operation, target, resource }: Place,
  { name, make }: Accepted,
  waitMs: number,
): Promise<Use | null> {
  const { backend, contract, signal } = context;
  const send = (request: RequestCase): Promise<Exchange> => backend.send(encodeRequest(operation, request));
  // All are made before anything is deleted: an id that is given again would be no deleted one.
  const [doomed, other] = [await make(), await make()];
  const neverHad = unheardOf(other.id);
  if (neverHad === null || String(doomed.id) === String(other.id)) return null;
  const [condemned, present] = [await name(doomed.id), await name(other.id)];
  const unheard = pinned(await name(other.id), target, neverHad);
  // One that its schema does not let be is refused for that.
  if (unheard.body !== undefined && !isValidBody(contract, operation, unheard.body.value as Json)) return null;
  const own = { [`path:${resource.idParameter ?? 'id'}`]: doomed.id };
  const read = withoutConditions(await setup.request(resource.read ?? '', own));
  const before = await backend.send(read);
  if (!isSuccess(before)) return null;
  const removal = operationOf(contract, resource.remove ?? '');
  const remove = await backend.send(withNeededTag(removal, await setup.request(removal.id, own), before));
  setup.forget(doomed);
  if (!isCarriedOut(remove)) return null;
  const gone = await backend.send(read);
  if (!isGone(gone)) return null;
  if (waitMs > 0) await pause(waitMs, undefined, { signal }).catch(() => undefined);
  const used = await send(condemned);
  const goneStill = await backend.send(read);
  const never = await send(unheard);
  const living = await send(present);
  return { resource: resource.name, operation: operation.id, remove, gone, used, goneStill, never, living };
}

/** An id of the same form that was surely never given; null for a form of which that is not known. */
export function unheardOf(id: Json): Json | null {
  if (typeof id === 'number') return Number.isInteger(id) && id > 0 && id < 1_000_000_000 ? id + 1_000_000 : null;
  if (typeof id !== 'string') return null;
  if (/^\d{1,9}$/.test(id)) return String(Number(id) + 1_000_000);
  const turned = (digits: string): string =>
    digits.replaceAll(/[\da-f]/gi, (digit) => (15 - Number.parseInt(digit, 16)).toString(16));
  const isUuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
  // What stands in front tells the version and the time.
  return isUuid || /^[\da-f]{24}$/i.test(id) ? `${id.slice(0, -8)}${turned(id.slice(-8))}` : null;
}
