import { isJsonObject, type Operation } from '@assay/contract';
import { type Scalar, scalarsIn } from '../answers/scalars-in.ts';

/** A member of a thing that is not what it was. */
interface Changed extends Scalar {
  /** Undefined when it was not there, or null. */
  readonly old: Scalar['value'] | undefined;
}

interface Deed {
  /** The last segment of the path. */
  readonly asked: RegExp;
  readonly shows: (changed: Changed, sent: readonly Scalar['value'][]) => boolean;
}

/**
 * What only the owner does with a thing that others may not even read, and how it shows afterwards. Joining, paying, commenting or approving are left out: they may
 * be for others all the same.
 */
const deeds: readonly Deed[] = [
  { asked: /^cancel(l?ation)?$/i, shows: becomes(/cancell?ed/i) },
  { asked: /^archive$/i, shows: becomes(/archived/i) },
  { asked: /^publish$/i, shows: becomes(/(?<!un)published/i) },
  { asked: /^close$/i, shows: becomes(/closed/i) },
  { asked: /^revoke$/i, shows: becomes(/revoked/i) },
  {
    asked: /^withdraw(al)?$/i,
    shows: (changed, sent) => becomes(/withdrawn/i)(changed) || sent.some((one) => isLessBy(changed, one)),
  },
  { asked: /^rename$/i, shows: ({ value }, sent) => typeof value === 'string' && sent.includes(value) },
];

/** Whether an operation does something with a thing that is for its owner to do (`POST /orders/{id}/cancel`). */
export function isOwnDeed({ path }: Pick<Operation, 'path'>): boolean {
  return deedAt(path) !== undefined;
}

const comesIn =
  /^(enroll?|((request|ask)[-_]?to[-_]?)?join([-_]?requests?)?|request[-_]?access|access[-_]?requests?|applications?|knock)$/i;

/** What a coupon, an event, a form or a poll is made for by one, and done by others, who may never read how it is set up. */
const takesPart = /^(redeem|redemptions?|rsvps?|submissions?|votes?)$/i;
/** The same only below what is made to be answered: the responses to a ticket, the claims on a policy and the attempts at one's own test are its owner's. */
const takesPartBelow =
  /(form|survey|poll|quiz|questionnaire|ballot|coupon|voucher|gift|reward|prize|drop|offer|promo|exam|test|assignment|challenge|contest|competition|feedback|event|invit|bount)[^/]*\/[^/]+\/(claims?|responses?|answers?|attempts?)$/i;
const answersInvitation = /invit\w*\/[^/]+\/(accept|decline)$/i;

/**
 * Whether it asks to be let in (`POST /teams/{id}/join`), or takes part in what is there for others (`POST /forms/{id}/submissions`): that is for those who do not see
 * the thing itself.
 */
export function isRequestToComeIn({ path, method }: Pick<Operation, 'path' | 'method'>): boolean {
  const last = path.split('/').at(-1) ?? '';
  return (
    comesIn.test(last) ||
    (/^(POST|PUT)$/.test(method) && (takesPart.test(last) || takesPartBelow.test(path) || answersInvitation.test(path)))
  );
}

/** What a thing that was deleted, and is kept, has become. */
const gone = becomes(/(?<!un|dis)(?:cancell?ed|deleted|removed|archived|revoked|withdrawn|closed)/i);

/** Whether the owner still sees what was deleted, and sees that it is over: a hold is `cancelled`, a note has a `deletedAt`. */
export function isOver(was: unknown, is: unknown): boolean {
  return changesOf(was, is).some(gone);
}

/**
 * Whether the owner sees afterwards what such a request asks for: a member has become `cancelled`, or one that is named so is no longer empty; the name is the one that
 * was sent; there is less by exactly what was withdrawn. A change that came from elsewhere meanwhile would have to say the same.
 * @param target of the request
 */
export function isDone(target: string, sent: unknown, was: unknown, is: unknown): boolean {
  const deed = deedAt(target);
  if (deed === undefined) return false;
  const asked = scalarsIn(sent).map(({ value }) => value);
  return changesOf(was, is).some((changed) => deed.shows(changed, asked));
}

function changesOf(was: unknown, is: unknown): readonly Changed[] {
  if (!isJsonObject(was) || !isJsonObject(is)) return [];
  const before = new Map(scalarsIn(was).map(({ place, value }) => [place, value]));
  return scalarsIn(is)
    .map((scalar) => ({ ...scalar, old: before.get(scalar.place) }))
    .filter((changed) => changed.value !== changed.old);
}

function deedAt(path: string): Deed | undefined {
  const last = path.split('?')[0]?.split('/').at(-1) ?? '';
  return deeds.find(({ asked }) => asked.test(last));
}

function becomes(word: RegExp): (changed: Changed) => boolean {
  return ({ name, value, old }) =>
    (typeof value === 'string' && word.test(value) && !word.test(String(old))) ||
    (word.test(name) && (old === undefined || old === false) && value !== false && value !== '');
}

function isLessBy({ value, old }: Changed, amount: Scalar['value']): boolean {
  const [was, is, by] = [old, value, amount].map((one) => (one === '' || typeof one === 'boolean' ? NaN : Number(one)));
  return by !== undefined && by > 0 && Math.abs((was ?? NaN) - (is ?? NaN) - by) < 1e-9;
}
