import { bodyJson, type Check, type Exchange, type FindingDraft, isJsonObject } from '@assay/contract';
import { isGranted } from '../kit/granted.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { type Ground, ownable, type Trespass, trespasses } from '../kit/trespass.ts';
import { count, isSuccess, outcome, status } from '../kit/words.ts';

interface Evidence {
  readonly tried: readonly Trespass[];
  readonly trouble: string | null;
}

/**
 * What one person made, another one cannot read, change or delete by its id, where the contract or the backend itself shows that it is
 * not for others. That others may read or edit a thing is no fault in itself: much is public, and a wiki is everybody's.
 */
export const check: Check<Evidence> = {
  id: 'security/object-authorization',
  claim: 'What belongs to one person is closed to another',
  skill: 'apis',
  severity: 'critical',
  names: { cwe: 'CWE-639', owasp: 'API1:2023' },
  needs: [],
  instance: 'own',
  applies: (contract, shape) =>
    ownable({ contract, shape }).length > 0
      ? applies
      : doesNotApply('nothing that can be created asks for authentication'),
  probe: async (context) => {
    const [owner, other] = [
      await context.identities.another(context.backend),
      await context.identities.another(context.backend),
    ];
    if ('unavailable' in owner) return { tried: [], trouble: owner.unavailable };
    if ('unavailable' in other) return { tried: [], trouble: other.unavailable };
    return trespasses(context, owner, other);
  },
  judge: ({ tried, trouble }) => {
    const findings = tried.flatMap(complaints);
    const closed = tried.filter(
      ({ grounds, exchange, owner }) => grounds.length > 0 && isRefusal(exchange) && owner !== null && isSuccess(owner),
    );
    const open = new Set(
      tried
        .filter(({ grounds, exchange }) => grounds.length === 0 && isSuccess(exchange))
        .map(({ operation }) => operation),
    );
    if (findings.length === 0 && closed.length === 0) {
      if (tried.length === 0)
        return trouble === null ? notApplicable('nothing that can be created takes its id again') : undecided(trouble);
      return open.size > 0 || trouble === null
        ? notApplicable(
            'neither the contract (403 for what is somebody else’s) nor any list shows that things belong to who made them',
          )
        : undecided(trouble);
    }
    const operations = new Set(closed.map(({ operation }) => operation));
    return judged(
      distinct(findings),
      `${count(closed.length, 'request')} for what is somebody else’s refused by ${count(operations.size, 'operation')}`,
    );
  },
};

/** Of a request that its owner may send: some answer 400 to whoever may not. */
function isRefusal(exchange: Exchange): boolean {
  return [400, 401, 403, 404].includes(status(exchange) ?? 0);
}

const deeds = {
  read: 'read what somebody else made',
  change: 'changed what somebody else made',
  delete: 'deleted what somebody else made',
  act: 'used what somebody else made',
  takeover: 'set the password of another one’s account',
} as const satisfies Record<Trespass['kind'], string>;

const accountFix =
  'Take whose password is set from who is signed in, and not from the address; ask for the old password as well. Answer 403 for the account of anybody else.';

const why = {
  contract: 'the contract has 403 for what is somebody else’s',
  list: 'it stands in the list of the one who made it, and not in that of the other',
  read: 'the same person is refused when they read it',
  hidden: 'the same person is told that it is not there when they read it',
  account: 'who knows it signs in as its owner',
} as const satisfies Record<Ground, string>;

function complaints(trespass: Trespass): readonly FindingDraft[] {
  const { operation, kind, grounds, exchange, before, after, shown } = trespass;
  const [ground] = grounds;
  if (ground === undefined || !isGranted(exchange) || !hasEffect(trespass)) return [];
  return [
    {
      key: `${operation} ${kind}`,
      title: `${outcome(exchange)} to somebody who ${deeds[kind]}; ${why[ground]}`,
      detail:
        kind === 'takeover'
          ? 'Two people had signed up. The other one sent this request with the owner’s name or id in it, and the owner’s own password lets nobody in any more: whoever is signed in can have every account.'
          : 'Two people had signed up. One made a thing, and the other sent this request with its id. Being signed in is not enough: whoever changes an id in an address must not come to what is another’s.',
      fix:
        kind === 'takeover'
          ? accountFix
          : 'Look for the thing together with its owner, in the statement itself (`WHERE id = $1 AND owner_id = $2`), in every route that takes an id: also in those under it, and in those that write. Answer 404, or 403 where that it exists is no secret.',
      operation,
      ...(kind === 'read' ? { severity: 'high' as const } : {}),
      evidence: [
        ...shown.map((one) => ({
          kind: 'exchange' as const,
          exchange: one,
          note: 'looking for it beforehand, as who made it or as the other one',
        })),
        ...(before === null ? [] : [{ kind: 'exchange' as const, exchange: before, note: 'as who made it sees it' }]),
        { kind: 'exchange' as const, exchange, note: 'by somebody else' },
        ...(after === null
          ? []
          : [
              {
                kind: 'exchange' as const,
                exchange: after,
                note: kind === 'takeover' ? 'signing in as its owner' : 'as who made it sees it afterwards',
              },
            ]),
      ],
    },
  ];
}

/** An answer that says yes is not enough: only what its owner sees tells whether something was read, changed or deleted. */
function hasEffect({ kind, exchange, before, after }: Trespass): boolean {
  // That the new password lets them in has been seen.
  if (kind === 'act' || kind === 'takeover') return true;
  if (before === null || !isSuccess(before)) return false;
  const [was, is, got, sent] = [
    before.response?.body,
    after?.response?.body,
    exchange.response?.body,
    exchange.request.body,
  ].map(bodyJson);
  if (kind === 'read') return isTelling(got) && tellsTheSame(got, was);
  if (after === null) return false;
  if (kind === 'delete')
    return [404, 410].includes(status(after) ?? 0) || (isSuccess(after) && isList(was) && lost(exchange, was, is));
  if (!isJsonObject(sent) || !isJsonObject(was) || !isJsonObject(is)) return false;
  return Object.keys(sent).some((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}

/** Whether there is anything in an answer: an empty list is nobody's secret. */
function isTelling(body: unknown): boolean {
  if (Array.isArray(body)) return body.length > 0;
  if (!isJsonObject(body)) return false;
  const lists = Object.values(body).filter(Array.isArray);
  return lists.length === 0 || lists.some((items) => items.length > 0) || Object.entries(body).some(tells);
}

/** Whether a member beside an empty list says something of a thing, rather than of the list: where its next page is, or how long it is. */
function tells([name, value]: readonly [string, unknown]): boolean {
  return (
    name === 'id' ||
    (typeof value === 'string' &&
      value !== '' &&
      !/next|prev|first|last|self|cursor|token|page|message|status/i.test(name))
  );
}

/** What is told besides may depend on who asks: whether they may edit it, how often it was seen. */
function tellsTheSame(got: unknown, was: unknown): boolean {
  if (!isJsonObject(got) || !isJsonObject(was)) return JSON.stringify(got) === JSON.stringify(was);
  const names = Object.keys(was);
  const same = names.filter((name) => JSON.stringify(got[name]) === JSON.stringify(was[name]));
  return same.length > 0 && same.length * 2 >= names.length;
}

function isList(body: unknown): boolean {
  return Array.isArray(body) || (isJsonObject(body) && Object.values(body).some(Array.isArray));
}

/** Whether the id at the end of the path stood in the owner's list before, and not after. */
function lost({ request }: Exchange, was: unknown, is: unknown): boolean {
  const id = decodeURIComponent(request.target.split('?')[0]?.split('/').at(-1) ?? '');
  return id !== '' && JSON.stringify(was).includes(id) && !JSON.stringify(is).includes(id);
}
