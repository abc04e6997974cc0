import {
  type Check,
  type Contract,
  type Exchange,
  type FindingDraft,
  type Identity,
  type Operation,
  type ProbeContext,
} from '@assay/contract';
import { isGranted, isGrantedBeside } from '../kit/answers/granted.ts';
import { type Raised, raisedRole } from '../kit/authorization/raised-role.ts';
import { severalThings } from '../kit/authorization/several-things.ts';
import { actingAs } from '../kit/identity/acting-as.ts';
import { isAbove } from '../kit/identity/for-few.ts';
import { mayHaveOwnHome } from '../kit/identity/own-home.ts';
import { plainRole, rolesOf } from '../kit/identity/roles-of.ts';
import { newcomer } from '../kit/identity/newcomer.ts';
import { withStatedRole } from '../kit/identity/stated-role.ts';
import { applies, distinct, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, list, outcome, status } from '../kit/words.ts';

interface Tried {
  readonly operation: string;
  readonly roles: readonly string[];
  /** By somebody who has none of the roles. */
  readonly ordinary: Exchange;
  /** By somebody who has one; null when nobody is known. */
  readonly entitled: { readonly role: string; readonly exchange: Exchange } | null;
  /** Whether the request speaks of nothing that must exist, so that only who asks can speak against it. */
  readonly plain: boolean;
  /** All of the roles are needed together, and whoever is entitled may have but one of them. */
  readonly partly?: true;
}

interface Evidence {
  readonly tried: readonly Tried[];
  /** Roles of which it is not known whether everybody has them. */
  readonly unclear: readonly string[];
  readonly trouble: string | null;
  /** Absent in recordings from before it was asked. */
  readonly raised?: Raised | null;
}

/** An operation that the contract gives to a role refuses whoever does not have it, and takes who has. */
export const check: Check<Evidence> = {
  id: 'security/function-authorization',
  claim: 'What is for a role refuses everybody else',
  skill: 'apis',
  severity: 'critical',
  names: { cwe: 'CWE-862', owasp: 'API5:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract, shape) =>
    contract.operations.some((operation) => withStatedRole(operation, { contract, shape }).roles.length > 0)
      ? applies
      : doesNotApply('neither the security nor the words of any operation name a role'),
  probe: async (context) => {
    // Whoever signs up first may be the administrator: that is somebody else.
    const usual = await context.identities.usual(context.backend);
    const another = await newcomer(context);
    const someone =
      'unavailable' in another && usual !== null && 'token' in usual && usual.role === null ? usual : another;
    if ('unavailable' in someone) return { tried: [], unclear: [], trouble: someone.unavailable };
    const setup = new Setup(context);
    const own = rolesOf(someone);
    const tried: Tried[] = [];
    const unclear = new Set<string>();
    let trouble: string | null = null;
    const stated = context.contract.operations.map((operation) => withStatedRole(operation, context));
    // What is not for a role by its own words rests on what is.
    const focus = stated.find(({ id, roles }) => id === context.focus && roles.length > 0);
    const isAskedAgain = ({ id }: Operation): boolean => focus === undefined || id === focus.id;
    for (const [at, operation] of stated.entries()) {
      if (operation.roles.length === 0) continue;
      const isSaid = context.contract.operations[at]?.roles.length === 0;
      if (context.signal.aborted || !isAskedAgain(operation)) continue;
      const entitled = await entitledTo(context, operation);
      const missing = operation.roles.filter((role) => !own.has(plainRole(role)));
      const isTogether = areTogether(operation, context.contract);
      const hasEnough = missing.length < operation.roles.length && !(isTogether && operation.roles.some(isScope));
      if (missing.length === 0 || hasEnough) continue;
      // Scopes such as `read:pets` may be anybody's: that somebody must be named for a role, or its name, tells that it is not.
      const isWithout = isSaid && own.size > 0;
      if (entitled === null && !isWithout && !missing.every(isAbove)) {
        for (const role of missing) unclear.add(role);
        continue;
      }
      try {
        const found = await tryOut(context, setup, operation, someone, entitled);
        tried.push(isTogether && operation.roles.length > 1 ? { ...found, partly: true } : found);
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    const forbidding = tried.filter(({ ordinary }) => isForbidden(ordinary));
    for (const one of await severalThings(context, forbidding, own, () => newcomer(context)))
      tried.push({ ...one, entitled: null, plain: false });
    // Whoever is told that they own or manage something may have such a place without its name.
    const mayRule = mayHaveOwnHome(someone) || [...own].some(isAbove);
    const doubtful = mayRule ? tried.filter((one) => isInDoubt(one, tried)) : [];
    for (const { roles } of doubtful) for (const role of roles) unclear.add(role);
    // Last of all: somebody else may be the usual one, who must stay what they are.
    const raised = someone === another ? await raisedRole(context, someone, forbidding) : null;
    return { tried: tried.filter((one) => !doubtful.includes(one)), unclear: [...unclear], trouble, raised };
  },
  judge: ({ tried, unclear, trouble, raised }) => {
    if (tried.length === 0)
      return trouble === null
        ? notApplicable(
            unclear.length === 0
              ? 'whoever signs up has the roles that the contract names'
              : `whether everybody has the ${unclear.length === 1 ? 'role' : 'roles'} ${list(unclear)} is not known`,
          )
        : undecided(trouble);
    const findings = [...tried.flatMap(complaints), ...(raised == null ? [] : [raising(raised)])];
    const refused = tried.filter(({ ordinary, entitled }) => isRefusal(ordinary) || isOtherThan(ordinary, entitled));
    const [first] = tried;
    if (findings.length === 0 && refused.length === 0 && first !== undefined)
      return undecided(`${outcome(first.ordinary)}, which tells nothing of who may`);
    const taken = tried.filter(({ entitled }) => entitled !== null && isGranted(entitled.exchange));
    return judged(
      distinct(findings),
      `${count(refused.length, 'operation')} refused somebody without the role${taken.length > 0 ? `, ${taken.length} took somebody who has it` : ''}`,
    );
  },
};

/**
 * Whether the one who was let in may have the role, by which a newcomer rules a place of their own: nobody is named for it, and nothing else that
 * it is for refused them.
 */
function isInDoubt({ ordinary, entitled, roles }: Tried, tried: readonly Tried[]): boolean {
  const isRefused = tried.some((one) => one.roles.some((role) => roles.includes(role)) && isForbidden(one.ordinary));
  return entitled === null && isGrantedBeside(ordinary, null) && !isRefused;
}

/** Refused for who asks, and not for what there is; what counts as proof of that says so itself. */
function isForbidden(exchange: Exchange): boolean {
  return [401, 403].includes(status(exchange) ?? 0) || (isSuccess(exchange) && !isGranted(exchange));
}

/**
 * Whether all scopes are needed: of OAuth 2 and OpenID Connect the specification says so. Where several alternatives name some, which belong together is not known.
 */
function areTogether({ security }: Operation, { securitySchemes }: Contract): boolean {
  const [names = [], ...others] = security;
  const byScope = securitySchemes.filter(({ type }) => type === 'oauth2' || type === 'openIdConnect');
  return others.length === 0 && names.length === 1 && byScope.some(({ name }) => name === names[0]);
}

/** Who writes `user, admin` there may mean either of them; a scope among them says that its author knows what scopes are. */
function isScope(role: string): boolean {
  return /[:./]|\b(read|write)\b/i.test(role);
}

async function entitledTo({ identities, backend }: ProbeContext, operation: Operation): Promise<Identity | null> {
  for (const role of operation.roles) {
    const someone = await identities.another(backend, role);
    if ('token' in someone) return someone;
  }
  return null;
}

async function tryOut(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  someone: Identity,
  entitled: Identity | null,
): Promise<Tried> {
  // The one without the role goes first: what the other one does may leave nothing to try.
  const request = await setup.request(operation.id);
  const first = await context.backend.send({ ...request, as: someone });
  // Who is refused for whose thing it is has not been asked for their role yet.
  const forRoleAlone = operation.roles.length === 1 && !operation.roles.some((role) => /own|self|author/i.test(role));
  const isTurnedAway = isRefusal(first) || (isSuccess(first) && !isGrantedBeside(first, null));
  const own =
    // Where nobody is named for it, whoever made a thing may have the role for it.
    entitled !== null && isTurnedAway && forRoleAlone && operation.path.includes('{')
      ? await onTheirOwn(context, operation, someone)
      : null;
  const ordinary = own !== null && isGrantedBeside(own, null) ? own : first;
  const exchange = entitled === null ? null : await context.backend.send({ ...request, as: entitled });
  return {
    operation: operation.id,
    roles: operation.roles,
    ordinary,
    entitled: exchange === null ? null : { role: entitled?.role ?? '', exchange },
    plain: !operation.path.includes('{') && operation.method === 'GET',
  };
}

/** The operation by somebody on what they made themselves; null when they can make nothing to be asked. */
async function onTheirOwn(context: ProbeContext, operation: Operation, someone: Identity): Promise<Exchange | null> {
  try {
    const request = await new Setup(context, actingAs(context.backend, someone)).request(operation.id);
    return await context.backend.send({ ...request, as: someone });
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return null;
  }
}

function isRefusal(exchange: Exchange): boolean {
  return status(exchange) === 404 || isForbidden(exchange);
}

/** Whether it grants nothing beside the answer to who has the role, whatever the codes of the project mean. */
function isOtherThan(exchange: Exchange, entitled: Tried['entitled']): boolean {
  return (
    entitled !== null &&
    isGranted(entitled.exchange) &&
    isSuccess(exchange) &&
    !isGrantedBeside(exchange, entitled.exchange)
  );
}

function complaints({
  operation,
  roles,
  ordinary,
  entitled,
  plain: nothingElse,
  partly,
}: Tried): readonly FindingDraft[] {
  const evidence = [
    { kind: 'exchange' as const, exchange: ordinary, note: 'by somebody who has just signed up' },
    ...(entitled === null
      ? []
      : [
          {
            kind: 'exchange' as const,
            exchange: entitled.exchange,
            note: `by somebody with the role ${entitled.role}`,
          },
        ]),
  ];
  if (isGrantedBeside(ordinary, entitled?.exchange ?? null))
    return [
      {
        key: `${operation} ordinary`,
        title: `${outcome(ordinary)} to somebody without ${partly === true ? `all of the scopes ${list(roles)}` : `the role ${list(roles, 'or')}`}`,
        detail:
          'The contract gives this operation to a role, and somebody who had only just signed up could use it. Addresses of administrators are easily guessed, and their contract is often public.',
        fix: 'Check the role where the route is declared, and let routes without any rule refuse everybody. Read the role from the database or a verified token, never from the request.',
        operation,
        ...(/^(PUT|PATCH|DELETE)$/.test(ordinary.request.method) ? { names: { wfc: 'F306' } } : {}),
        evidence,
      },
    ];
  if (entitled !== null && nothingElse && partly !== true && status(entitled.exchange) === 403)
    return [
      {
        key: `${operation} entitled`,
        title: `${outcome(entitled.exchange)} to somebody with the role ${entitled.role}; the contract gives it to ${list(roles, 'or')}`,
        detail:
          'Whoever has the role that the contract names must be able to use the operation. A rule that refuses everybody protects, and serves nobody.',
        fix: 'Compare the name of the role in the code with the one that is stored and the one in the contract (`admin`, `ADMIN`, `ROLE_ADMIN`).',
        operation,
        severity: 'medium',
        names: { cwe: 'CWE-863' },
        evidence,
      },
    ];
  return [];
}

function raising({ operation, role, before, exchange, after }: Raised): FindingDraft {
  return {
    key: `${operation} raised`,
    title: `${outcome(exchange)} to somebody who gave themselves the role ${role}: ${after.request.method} ${after.request.target} refused them before, and serves them since`,
    detail:
      'Somebody who had only just signed up changed their own account, and said that they have another role. Whoever can do that can do everything that any role may.',
    fix: 'Let those who may give roles set this property, and answer 403 to everybody else who sends it, also of their own account. Take the rest from the request by name.',
    operation,
    names: { cwe: 'CWE-269', wfc: 'F306' },
    evidence: [
      { kind: 'exchange', exchange: before, note: 'what is for the role, by somebody who has just signed up' },
      { kind: 'exchange', exchange, note: 'the same person on their own account' },
      { kind: 'exchange', exchange: after, note: 'what is for the role, by the same person afterwards' },
    ],
  };
}
