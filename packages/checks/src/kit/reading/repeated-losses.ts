import { bodyJson, isJsonObject, type Json, type JsonObject, type RequestCase } from '@assay/contract';
import { counterpart, memberOf } from '../answers/counterpart.ts';
import { differences } from '../comparison/compare.ts';
import { untouched } from '../comparison/untouched.ts';
import { type Loss, lossKey, type Update, updateLosses } from '../comparison/update-losses.ts';
import { bareThing } from '../requests/bare-thing.ts';
import { plainCases } from '../requests/cases.ts';
import { isValidBody } from '../requests/json-body.ts';
import { thingIn, wrappedAs } from '../requests/wrapped-body.ts';
import { SetupFailed } from '../setup/made.ts';
import { isEmptiedByOnlyOther } from './only-other.ts';
import { updated, type Updating } from './update-and-read.ts';

/** How many losses of one operation are looked for again, for each of them how many of the updates that had it, and how often until one tells. */
const [mostLosses, mostTries] = [8, 3];
/** How many requests are made up in search of what they may say. */
const mostCases = 16;
/** How many members are sent alone to see whether another one changes, and in how many of these it has to. */
const [mostAlone, leastAlone] = [3, 2];
/** A member that no contract has. */
const strange = 'unheardOf';

/** An update in which something was lost, and its request. */
export interface Suspect {
  readonly update: Update;
  readonly request: RequestCase;
}

/**
 * Keys of losses that are no mistake for certain, because they do not come again where nothing else in the body can be their reason: what is sent alone
 * is written, or what is left out stays as it is. Business has rules about several members: whoever is assigned a ticket opens it, and what is done has
 * a progress of 100. A mistake strikes whatever else is sent.
 */
export async function doubtfulLosses(updating: Updating, suspects: readonly Suspect[]): Promise<readonly string[]> {
  const { context } = updating;
  const all = suspects.flatMap((suspect) =>
    updateLosses(context.contract, suspect.update).map((loss) => ({ ...suspect, loss })),
  );
  const doubts: string[] = [];
  for (const [index, [key, those]] of [...Map.groupBy(all, ({ loss }) => lossKey(loss))].entries()) {
    let isCertain = false;
    for (const { loss, ...suspect } of index < mostLosses ? those.slice(0, mostTries) : []) {
      if (context.signal.aborted) break;
      isCertain = await (loss.kept ? changesAnyway(updating, suspect, loss) : isLostAlone(updating, suspect, loss));
      if (isCertain) break;
    }
    if (!isCertain) doubts.push(key);
  }
  return doubts;
}

/** Whether it is lost as well when it is sent alone; where that is refused, beside other values of everything else. */
async function isLostAlone(updating: Updating, { update, request }: Suspect, loss: Loss): Promise<boolean> {
  const { contract } = updating.context;
  const member = memberAt(loss);
  const sent = request.body === undefined ? request : { ...request, body: { ...request.body, value: update.sent } };
  const alone = bareThing(contract, updating.operation, sent, member);
  if (JSON.stringify(alone.body?.value) === JSON.stringify(update.sent)) return true;
  const others = withOthers(updating, sent, member);
  for (const next of others === null ? [alone] : [alone, others]) {
    for (let times = 0; times < mostTries; times += 1) {
      const again = await tried(updating, next);
      if (again === null) break;
      if (!isThereBefore(again, member)) return has(updating, again, loss);
    }
  }
  return false;
}

/** Whether it changes as well when other members are sent, each alone: none of them is named by all of these updates. */
async function changesAnyway(updating: Updating, { request }: Suspect, loss: Loss): Promise<boolean> {
  const { contract } = updating.context;
  const member = memberAt(loss);
  const goes = request.body === undefined ? request : bodyWith(request, { [member]: null });
  let changed = 0;
  const others = namedAlone(updating, member);
  for (const next of [...others, ...(others.length < leastAlone ? namingNone(updating, request) : [])]) {
    for (let times = 0; times < 2 * mostTries; times += 1) {
      const again = await tried(updating, next, goes);
      if (again === null) break;
      const was = untouched(contract, again)[member];
      // What was like that before tells nothing: another thing may.
      if (was === undefined || differences(was, loss.back).length === 0) continue;
      if (!has(updating, again, loss)) return false;
      changed += 1;
      break;
    }
  }
  if (changed >= leastAlone) return true;
  const [only, ...more] = others;
  return changed === 1 && only !== undefined && more.length === 0 && isEmptiedByOnlyOther(updating, only, loss);
}

/** Requests with one other member each. */
function namedAlone({ context, operation }: Updating, besides: string): readonly RequestCase[] {
  const found = new Map<string, RequestCase>();
  for (const request of plainCases(context, operation).take(mostCases)) {
    for (const [name, value] of Object.entries(thingIn(request.body?.value as Json | undefined).thing)) {
      if (name === besides || value === null || found.has(name) || found.size >= mostAlone) continue;
      const alone = bareThing(context.contract, operation, request, name);
      if (!(besides in thingIn(alone.body?.value as Json).thing)) found.set(name, alone);
    }
  }
  return [...found.values()];
}

/** Requests that name no member: some refuse an empty body, and none has to know a member that the contract does not. */
function namingNone({ context, operation }: Updating, like: RequestCase): readonly RequestCase[] {
  const things: readonly JsonObject[] = [{}, { [strange]: 'x' }];
  return things
    .map((thing) => bodyWith(like, thing))
    .filter(({ body }) => isValidBody(context.contract, operation, body?.value as Json));
}

/** A request that says the same of a member, and of the others as little of the same as can be had; null when there is none. */
function withOthers({ context, operation }: Updating, sent: RequestCase, member: string): RequestCase | null {
  const { thing } = thingIn(sent.body?.value as Json | undefined);
  const same = (one: RequestCase): number => {
    const other = thingIn(one.body?.value as Json | undefined).thing;
    return Object.keys(other).filter((name) => JSON.stringify(other[name]) === JSON.stringify(thing[name])).length;
  };
  return (
    [...plainCases(context, operation).take(mostCases)]
      .map((one) =>
        bodyWith(one, { ...thingIn(one.body?.value as Json | undefined).thing, [member]: thing[member] ?? null }),
      )
      .filter(({ body }) => body !== undefined && isValidBody(context.contract, operation, body.value as Json))
      .toSorted((a, b) => same(a) - same(b))[0] ?? null
  );
}

function bodyWith(request: RequestCase, thing: JsonObject): RequestCase {
  if (request.body === undefined) return request;
  return { ...request, body: { ...request.body, value: wrappedAs(thingIn(request.body.value as Json), thing) } };
}

async function tried(updating: Updating, next: RequestCase, goes = next): Promise<Update | null> {
  try {
    const update = await updated(updating, next, goes);
    return typeof update === 'string' ? null : update;
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return null;
  }
}

function has({ context }: Updating, update: Update, loss: Loss): boolean {
  return updateLosses(context.contract, update).some((one) => lossKey(one) === lossKey(loss));
}

/** Whether the thing was such before the update that it would not show whether that was written. */
function isThereBefore({ idPointer = null, sent, before }: Update, member: string): boolean {
  const shown = (bodyJson(before.response?.body) as Json | undefined) ?? null;
  const pair = counterpart({ idPointer }, sent, shown);
  const [wanted, was] = [pair.sent, pair.back].map((thing) => (isJsonObject(thing) ? thing[member] : undefined));
  return wanted !== undefined && was !== undefined && differences(wanted, was).length === 0;
}

/** The member of the thing in which it was lost. */
function memberAt({ inside }: Loss): string {
  return memberOf(inside.split('/', 2).join('/'));
}
