import { bodyJson, type Check, type Exchange, type FindingDraft, isJsonObject } from '@assay/contract';
import { isGranted } from '../kit/answers/granted.ts';
import { isDenied } from '../kit/answers/is-denied.ts';
import { drawnFrom, isLower } from '../kit/authorization/drawn-from.ts';
import { holdsId } from '../kit/authorization/holds-id.ts';
import { namedElsewhere } from '../kit/authorization/named-elsewhere.ts';
import { isDone, isOver } from '../kit/authorization/own-deed.ts';
import { inAnothersName } from '../kit/authorization/in-anothers-name.ts';
import { innermost, saysSomething, tellsOf } from '../kit/authorization/same-thing.ts';
import { ownable } from '../kit/authorization/ownable.ts';
import { raisedFellow } from '../kit/authorization/raised-fellow.ts';
import { type Ground, type Trespass, trespasses } from '../kit/authorization/trespass.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
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
    // Whoever makes everything else comes first: of those whom the settings name that may be somebody who may do more.
    const usual = await context.identities.usual(context.backend);
    const first = await context.identities.another(context.backend);
    const second = await context.identities.another(context.backend);
    const isLast = 'unavailable' in second && usual !== null && 'token' in usual && usual.role === null;
    const [owner, other] = isLast ? [usual, first] : [first, second];
    if ('unavailable' in owner) return { tried: [], trouble: owner.unavailable };
    if ('unavailable' in other) return { tried: [], trouble: other.unavailable };
    // People may be gone after the rest.
    const drawn = await drawnFrom(context, owner, other);
    const named = await namedElsewhere(context, owner, other);
    const { tried, trouble } = await trespasses(context, owner, other);
    const [inName, raised] = [await inAnothersName(context), await raisedFellow(context)];
    return { tried: [...drawn, ...named, ...inName, ...tried, ...raised], trouble };
  },
  judge: ({ tried, trouble }) => {
    const findings = tried.flatMap((one) => complaints(one, tried));
    const closed = tried.filter(({ exchange, owner }) => isDenied(exchange) && owner !== null && isSuccess(owner));
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

const deeds = {
  read: 'read what somebody else made',
  change: 'changed what somebody else made',
  delete: 'deleted what somebody else made',
  act: 'used what somebody else made',
  takeover: 'set the password of another one’s account',
  lockout: 'shut another one out of their account',
  list: 'listed what somebody else made',
  draw: 'took from what somebody else made',
  name: 'made something in the name of somebody else',
  raise: 'gave themselves a role in what somebody else made',
} as const satisfies Record<Trespass['kind'], string>;

const ofThing = {
  detail:
    'Two people had signed up. One made a thing, and the other sent this request with its id. Being signed in is not enough: whoever changes an id in an address must not come to what is another’s.',
  fix: 'Look for the thing together with its owner, in the statement itself (`WHERE id = $1 AND owner_id = $2`), in every route that takes an id: also in those under it, and in those that write. Answer 404, or 403 where that it exists is no secret.',
} as const;

const ofNested = {
  detail:
    'Two people had signed up. One made a thing in something of their own, and the other sent this request with something of the other’s own in the address and the thing’s id behind it. Who may come in is looked at; that the thing is in there is not.',
  fix: 'Look for the thing together with what the address says it is in, in the statement itself (`WHERE id = $1 AND project_id = $2`), in every route that takes both ids.',
} as const;

const ofAccount = {
  takeover: {
    detail:
      'Two people had signed up. The other one sent this request with the owner’s name or id in it, and the owner’s own password lets nobody in any more: whoever is signed in can have every account.',
    fix: 'Take whose password is set from who is signed in, and not from the address; ask for the old password as well. Answer 403 for the account of anybody else.',
  },
  lockout: {
    detail:
      'Two people had signed up. One had just signed in, the other sent this request with the id of their account, and their login is refused since: whoever is signed in can take every account from its owner.',
    fix: 'Take whose account is changed or closed from who is signed in, and not from the address. Answer 403 for the account of anybody else.',
  },
} as const;

const ofList = {
  detail:
    'Two people had signed up. One made a thing that the other may not read, and the other asked for the list with the id of its owner: what reading the thing refuses to them, the list tells in full.',
  fix: 'Look for what a list holds by who is signed in, and not by whoever the address names: refuse the list of anybody else with 403 or 404, or leave out what the same person may not read.',
} as const;

const ofDraw = {
  detail:
    'Two people had signed up. One made a thing that the other may not read, and the other sent its id in a body: what the owner reads of it afterwards is less by what the body says. Being signed in is not enough, and that the id is not in the address changes nothing.',
  fix: 'Look for what a body names together with its owner, in the statement itself (`WHERE id = $1 AND owner_id = $2`), before anything is taken from it. Answer 404, or 403 where that it exists is no secret.',
} as const;

const ofName = {
  detail:
    'Two people had signed up. One sent this request with the id of the other in its body, and what it made is the other one’s from then on: they read it, while what the same request makes for oneself is closed to them. The contract refuses it with 403: whoever is signed in can otherwise book, order or sign for anybody.',
  fix: 'Take whose a new thing is from who is signed in. Where some may say so in the body (staff, for a patient), compare it with who is signed in for everybody else, and answer 403.',
} as const;

const ofRole = {
  detail:
    'Two people had signed up. One took the other into a place of theirs, with a role that does little there, and the other sent this request for themselves. What is for those who rule the place refused them before, and serves them since: whoever is let in can take everything over.',
  fix: 'Ask for the role of who sends it where roles are given and taken, and not only whether they are in the place at all. Answer 403 to everybody else, also for their own.',
} as const;

/** What the exchanges beside the other’s request are, where they are not the thing as its owner sees it. */
const notes: Partial<Record<Trespass['kind'], { readonly before: string; readonly after: string }>> = {
  takeover: { before: '', after: 'signing in as its owner' },
  raise: { before: 'what refuses them before it', after: 'the same afterwards' },
  lockout: { before: 'its owner signing in', after: 'its owner signing in afterwards' },
};

const why = {
  contract: 'the contract has 403 for what is somebody else’s',
  list: 'it stands in the list of the one who made it, and not in that of the other',
  read: 'the same person is refused when they read it',
  hidden: 'the same person is told that it is not there when they read it',
  nested: 'at its own address the same person is refused',
  account: 'who knows it signs in as its owner',
  login: 'its owner’s own login is refused from then on',
  role: 'what refused them right before it serves them right after it',
} as const satisfies Record<Ground, string>;

function complaints(trespass: Trespass, tried: readonly Trespass[]): readonly FindingDraft[] {
  const { operation, kind, grounds, exchange, before, after, shown } = trespass;
  const [ground] = grounds;
  if (ground === undefined || !isGranted(exchange) || !hasEffect(trespass, tried)) return [];
  return [
    {
      key: `${operation} ${kind}`,
      title: `${outcome(exchange)} to somebody who ${deeds[kind]}; ${why[ground]}`,
      ...wordsFor(kind, ground),
      operation,
      ...(kind === 'read' || kind === 'list' ? { severity: 'high' as const } : { names: { wfc: 'F306' } }),
      evidence: [
        ...shown.map((one) => ({
          kind: 'exchange' as const,
          exchange: one,
          note: 'looking for it, as who made it or as the other one',
        })),
        ...(before === null
          ? []
          : [{ kind: 'exchange' as const, exchange: before, note: notes[kind]?.before ?? 'as who made it sees it' }]),
        { kind: 'exchange' as const, exchange, note: 'by somebody else' },
        ...(after === null
          ? []
          : [
              {
                kind: 'exchange' as const,
                exchange: after,
                note: notes[kind]?.after ?? 'as who made it sees it afterwards',
              },
            ]),
      ],
    },
  ];
}

function wordsFor(kind: Trespass['kind'], ground: Ground): Pick<FindingDraft, 'detail' | 'fix'> {
  if (kind === 'takeover' || kind === 'lockout') return ofAccount[kind];
  if (kind === 'draw') return ofDraw;
  if (kind === 'name') return ofName;
  if (kind === 'raise') return ofRole;
  return kind === 'list' ? ofList : ground === 'nested' ? ofNested : ofThing;
}

/** An answer that says yes is not enough: only what its owner sees tells whether something was read, changed or deleted. */
function hasEffect(
  { operation, kind, made, grounds, exchange, before, after }: Trespass,
  tried: readonly Trespass[],
): boolean {
  // Whom a login lets in and whom it refuses has been seen, and so has what stands in the list.
  if (['takeover', 'lockout', 'list', 'name', 'raise'].includes(kind)) return true;
  const isHidden = grounds.includes('hidden');
  // What is not there for somebody, they cannot have used; unless nothing came of it.
  if (kind === 'act' && isHidden && saysSomething(jsonOf(exchange))) return true;
  if (before === null || !isSuccess(before)) return false;
  const [was, is, got] = [before, after, exchange].map(jsonOf);
  const sent = bodyJson(exchange.request.body);
  if (kind === 'read') {
    const others = tried.filter((one) => one.operation === operation && one.kind === kind && one.made.id !== made.id);
    const elsewhere = others.flatMap((one) => (one.before !== null && isSuccess(one.before) ? [one.before] : []));
    return tellsOf(got, was, made, elsewhere.map(jsonOf));
  }
  if (after === null) return false;
  if (kind === 'draw') return isLower(before, after, exchange);
  if (kind === 'act' && isHidden) return isSuccess(after) && JSON.stringify(was) !== JSON.stringify(is);
  if (kind === 'act') return isDone(exchange.request.target, sent, was, is);
  if (kind === 'delete')
    return (
      [404, 410].includes(status(after) ?? 0) ||
      (isGranted(after) && is !== undefined && holdsId(was, made.id) && (!holdsId(is, made.id) || isOver(was, is)))
    );
  const [asked, earlier, now] = [sent, was, is].map(innermost);
  if (!isJsonObject(asked) || !isJsonObject(earlier) || !isJsonObject(now)) return false;
  return Object.keys(asked).some((name) => JSON.stringify(earlier[name]) !== JSON.stringify(now[name]));
}

function jsonOf(exchange: Exchange | null): unknown {
  return bodyJson(exchange?.response?.body);
}
