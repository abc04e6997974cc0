import { bodyJson, type Contract, type Exchange, isJsonObject, type Json, valueAt } from '@assay/contract';
import { canShowNull, counterpart, memberOf } from '../answers/counterpart.ts';
import { waitsForConfirmation } from '../reading/until-confirmed.ts';
import { isSuccess } from '../words.ts';
import { isAdded } from './added-amount.ts';
import { type Difference, differences, mostCompared } from './compare.ts';
import { isKeptByBackend } from './kept-by-backend.ts';
import { ownPart } from './own-part.ts';
import { isSameSingle } from './single-precision.ts';
import { untouched } from './untouched.ts';

/** An update of a new thing, with what was read before and after it. */
export interface Update {
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
  /** It is not made by the client, who may be offered members that it is not to change: only what it was filled with, and showed, is its own. */
  readonly isOwn?: boolean;
  readonly before: Exchange;
  /** The same read once more, before the update. */
  readonly again?: Exchange;
  readonly write: Exchange;
  readonly after: Exchange;
  /** Keys of losses that did not come again where nothing else could be their reason. */
  readonly doubts?: readonly string[];
}

export interface Loss extends Difference {
  /** Where it stands in the thing, out of what that is wrapped in. */
  readonly inside: string;
  /** Whether it was to be kept, rather than to be written. */
  readonly kept: boolean;
}

/** The same for all losses of one kind at one place, whatever was sent. */
export function lossKey({ place, kept }: Loss): string {
  return `${place.replaceAll(/\/\d+/g, '/*')} ${kept ? 'not kept' : 'not written'}`;
}

/** What the read after an update shows otherwise than it was sent, or than it was before without being named. */
export function updateLosses(contract: Contract, update: Update): readonly Loss[] {
  const { operation, partial, idPointer = null, others = [], sent, made, before, after, doubts = [] } = update;
  const answer = bodyJson(after.response?.body) as Json | undefined;
  if (answer === undefined || !isSuccess(after)) return [];
  const now = counterpart({ idPointer }, sent, answer);
  const earlier = bodyJson(before.response?.body) as Json | undefined;
  const old = earlier === undefined ? null : counterpart({ idPointer }, sent, earlier).back;
  const told = (each: Difference, kept: boolean): Loss => ({ ...each, inside: each.place.slice(now.at.length), kept });
  const origin = made === undefined ? undefined : counterpart({ idPointer }, made, answer).sent;
  const listIn = (thing: Json | undefined, inside: string): readonly Json[] => {
    const list = thing === undefined ? undefined : valueAt(thing, inside);
    return Array.isArray(list) ? list : [];
  };
  const isShownAsMade = (inside: string): boolean => {
    const member = `/${inside.split('/')[1] ?? ''}`;
    const [sentBefore, shown] = [origin, old ?? undefined].map((thing) =>
      thing === undefined ? undefined : valueAt(thing, member),
    );
    return sentBefore !== undefined && shown !== undefined && differences(sentBefore, shown).length === 0;
  };
  // What the backend itself had added to a list stays in it; what it was made of, and is not sent any more, has to go.
  const stays = (element: Json, place: string): boolean => {
    if (origin === undefined) return false;
    const inside = place.slice(now.at.length);
    const [was, own] = [listIn(old ?? undefined, inside), listIn(origin, inside)];
    const isOne = (one: Json): boolean => differences(element, one).length === 0;
    return (was.length > 2 * mostCompared || was.some(isOne)) && !own.some(isOne);
  };
  const lost = differences(ownPart(now.sent, now.back, others), now.back, now.at, stays)
    .filter(({ place, sent: value }) => value !== null || canShowNull(contract, after.operation, memberOf(place)))
    // The address says whose update it is; an id in the body does not make it another one.
    .filter(({ place }) => place !== (idPointer ?? '/id'))
    .map((each) => told(each, false))
    .filter(({ inside, sent: value, back }) => !partial || !isAdded(valueAt(old ?? null, inside), value, back))
    .filter((each) => !waitsForConfirmation(contract, each.inside, old ?? null, each))
    .filter(({ inside }) => update.isOwn !== true || isShownAsMade(inside));
  const left = partial && isJsonObject(old) ? untouched(contract, update) : {};
  const changed = differences(left, now.back, now.at).map((each) => told(each, true));
  return [...lost, ...changed].filter(
    (each) =>
      !doubts.includes(lossKey(each)) &&
      !isKeptByBackend({ contract, operation, idPointer, ...now, made: origin, before: old ?? undefined }, each) &&
      !isSameSingle(contract, operation, each.inside, each),
  );
}
