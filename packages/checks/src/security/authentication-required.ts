import {
  bodyJson,
  type Check,
  type Contract,
  type ContractShape,
  type Exchange,
  type FindingDraft,
  isEntrance,
  isJsonObject,
  type Operation,
  type ProbeContext,
  type RequestSpec,
  type Resource,
} from '@assay/contract';
import { isGranted, isGrantedBeside } from '../kit/answers/granted.ts';
import { advice, isTurnedAway } from '../kit/answers/turned-away.ts';
import { isOfThePerson, oneReader } from '../kit/authorization/of-the-person.ts';
import { asksForSomebody } from '../kit/identity/asks-for-somebody.ts';
import { isOpenByNature, isToldByCertificate } from '../kit/identity/open-by-nature.ts';
import { senderOf } from '../kit/identity/sender-of.ts';
import { anonymous, withoutProof } from '../kit/identity/without-proof.ts';
import { applies, distinct, doesNotApply, judged, toldOnce, undecided } from '../kit/judgement.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, list, outcome, status } from '../kit/words.ts';

/** A request that lacks what proves who sends it. */
interface Unproven {
  readonly how: string;
  readonly exchange: Exchange;
}

interface Asked {
  readonly operation: string;
  readonly unproven: readonly Unproven[];
  /** The same request from somebody who is signed in, afterwards; null when nobody can be. */
  readonly proven: Exchange | null;
  /** What the refused requests spoke of, as its owner reads it before and after them; null where it cannot be read. */
  readonly thing: { readonly before: Exchange; readonly after: Exchange } | null;
  /** Whether a read that was let in without credentials showed something of a person; absent where none was, or there was nobody to tell. */
  readonly personal?: boolean;
}

type Reader = ReturnType<typeof oneReader>;

interface Evidence {
  readonly asked: readonly Asked[];
  readonly trouble: string | null;
}

/** How many requests are made for an operation until one is accepted from somebody. */
const attempts = 3;
/** Credentials are mostly read in one place: operations that are asked with broken ones, too. */
const askedBroken = 3;

/** Every operation whose security the contract names refuses whoever does not prove who they are, and does nothing for them. */
export const check: Check<Evidence> = {
  id: 'security/authentication-required',
  claim: 'What asks for authentication refuses whoever has none',
  skill: 'apis',
  severity: 'critical',
  names: { cwe: 'CWE-306', owasp: 'API2:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract, shape) =>
    contract.operations.some(asksForSomebody)
      ? closed(contract, shape).length > 0
        ? applies
        : doesNotApply(
            'only what signs people in and out, is there for anybody, or takes a certificate asks for authentication',
          )
      : doesNotApply('the contract asks for no authentication'),
  probe: async (context) => {
    const setup = new Setup(context);
    const asked: Asked[] = [];
    const reader = oneReader(context);
    const usual = await context.identities.usual(context.backend);
    let trouble: string | null = usual !== null && 'unavailable' in usual ? usual.unavailable : null;
    for (const operation of closed(context.contract, context.shape)) {
      if (context.signal.aborted || (context.focus !== null && context.focus !== operation.id)) continue;
      context.progress(operation.id);
      try {
        // What is refused for what it says tells nothing of who may say it.
        for (let attempt = 0; attempt < attempts && !context.signal.aborted; attempt += 1) {
          const broken = asked.filter(({ proven }) => proven !== null && isGranted(proven)).length < askedBroken;
          const found = await ask(context, setup, operation, { attempt, broken, reader });
          asked.push(found);
          if (tells(found)) break;
        }
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { asked, trouble };
  },
  judge: ({ asked, trouble }) => {
    const findings = asked.flatMap(complaints);
    // That it refuses nobody's requests says something only where it takes somebody's.
    const proven = asked.filter(({ proven: good }) => good !== null && isGranted(good));
    if (findings.length === 0 && proven.length === 0) {
      const last = asked.findLast(({ proven: good }) => good !== null)?.proven ?? null;
      return undecided(trouble ?? (last === null ? 'nothing could be asked' : `${outcome(last)}${advice(last)}`));
    }
    const requests = proven.reduce((sum, { unproven }) => sum + unproven.length, 0);
    return judged(
      toldOnce(distinct(findings)),
      `${count(requests, 'request')} without valid credentials refused by ${count(proven.length, 'operation')}`,
    );
  },
};

/** Whatever asks for somebody, but for the ways in and out, and what is for whoever is nobody yet. */
function closed(contract: Contract, { signIn }: Pick<ContractShape, 'signIn'>): readonly Operation[] {
  const ways = [signIn?.login?.operation, signIn?.signUp?.operation];
  return contract.operations.filter(
    (operation) =>
      asksForSomebody(operation) &&
      !ways.includes(operation.id) &&
      !isEntrance(operation, contract) &&
      !isOpenByNature(operation) &&
      !isToldByCertificate(operation, contract),
  );
}

/** Somebody was let in, or would have been; or nobody is, whatever they say. */
function tells({ unproven, proven }: Asked): boolean {
  return (
    proven === null ||
    isGranted(proven) ||
    isTurnedAway(proven) ||
    unproven.some(({ exchange }) => isGrantedBeside(exchange, proven))
  );
}

async function ask(
  context: ProbeContext,
  setup: Setup,
  operation: Operation,
  { attempt, broken, reader }: { readonly attempt: number; readonly broken: boolean; readonly reader: Reader },
): Promise<Asked> {
  const { backend } = context;
  const sender = await senderOf(context, operation, backend);
  const request = await setup.request(operation.id, {}, attempt);
  const reading = readingOf(context.shape.resources, operation, request, context.contract.operations);
  const read = async (): Promise<Exchange | null> => (reading === null ? null : backend.send(reading));
  const before = await read();
  const unproven: Unproven[] = [];
  for (const { how, spec } of withoutProof(request, sender, { broken }))
    unproven.push({ how, exchange: await backend.send(spec) });
  const after = await read();
  const proven = sender === null ? null : await backend.send(request);
  // What follows is not to speak of what is gone now, nor of what was in it.
  if (operation.method === 'DELETE') setup.forgetAll();
  const thing = before !== null && after !== null && isSuccess(before) ? { before, after } : null;
  const open = isRead(operation) ? unproven.find(({ exchange }) => isGrantedBeside(exchange, proven)) : undefined;
  const seen = open === undefined ? null : { open: open.exchange, owner: proven, sender, reader };
  const personal = seen === null ? null : await isOfThePerson(context, operation, request, seen);
  return { operation: operation.id, unproven, proven, thing, ...(personal === null ? {} : { personal }) };
}

/** How the thing that a write speaks of is read; null for what is no such write. */
function readingOf(
  resources: readonly Resource[],
  operation: Operation,
  request: RequestSpec,
  operations: readonly Operation[],
): RequestSpec | null {
  const resource = resources.find(({ replace, patch, remove }) => [replace, patch, remove].includes(operation.id));
  const read = operations.find(({ id }) => id === resource?.read);
  return read === undefined || read.path !== operation.path
    ? null
    : { method: 'GET', target: request.target.split('?')[0] ?? request.target, operation: read.id };
}

function isRead({ method }: Operation): boolean {
  return method === 'GET' || method === 'HEAD';
}

const missing = {
  detail:
    'The contract says that this operation asks for authentication. Whoever finds the address can use it: a check that is missing at one route is not seen from any other.',
  fix: 'Put the check of the credentials where no route can be without it: a middleware or filter in front of all, with a short list of what is public. Answer 401 before anything is done.',
} as const;

/** A document that code writes may have one rule for all routes, and no words for what is public on purpose. */
const disputed = {
  detail:
    'The contract says that this operation asks for authentication, and everybody is served: one of the two is wrong. Nothing in the answer was seen to belong to a person.',
  fix: 'Where it is public on purpose, say so in the contract: `security: []` for the operation, or `{}` among its alternatives where a signed-in person is told more. Else check the credentials before anything is done, and answer 401.',
} as const;

const broken = {
  detail:
    'Nobody is let in, but whoever asks with credentials that are old or wrong is told of a fault of the server. Clients sign in again on 401, not on 500, and somebody is woken for nothing.',
  fix: 'Catch what reading the credentials throws where they are checked, in one place for all routes, and answer 401.',
} as const;

/** Web Fuzzing Commons has a name of its own for what anybody may change; the rest is F311, declared authentication that is not enforced. */
const anonymousModification = 'F308';

function complaints({ operation, unproven, proven, thing, personal = true }: Asked): readonly FindingDraft[] {
  const tell = (
    key: string,
    title: string,
    exchanges: readonly Exchange[],
    {
      severity,
      wfc = 'F311',
      about = missing,
    }: {
      readonly severity?: 'medium';
      readonly wfc?: string | null;
      readonly about?: Pick<FindingDraft, 'detail' | 'fix'>;
    } = {},
  ): FindingDraft => ({
    key: `${operation} ${key}`,
    title,
    ...about,
    operation,
    ...(severity === undefined ? {} : { severity }),
    ...(wfc === null ? {} : { names: { wfc } }),
    evidence: exchanges.map((exchange) => ({ kind: 'exchange' as const, exchange })),
  });
  const accepted = unproven.filter(({ exchange }) => isGrantedBeside(exchange, proven));
  const [first] = accepted;
  // What is empty for nobody may be full for somebody: unless it is known what they get, that says nothing.
  if (first !== undefined && proven === null && accepted.every(({ exchange }) => isEmptyList(exchange))) return [];
  if (first !== undefined)
    return [
      tell(
        'accepted',
        `${outcome(first.exchange)} ${list(accepted.map(({ how }) => how))}; the contract asks for authentication`,
        accepted.map(({ exchange }) => exchange),
        {
          ...(first.how === anonymous && isModification(first.exchange) ? { wfc: anonymousModification } : {}),
          ...(personal ? {} : { severity: 'medium', about: disputed }),
        },
      ),
    ];
  const failed = unproven.find(({ exchange }) => (status(exchange) ?? 0) >= 500);
  if (failed !== undefined)
    return [
      tell('error', `${outcome(failed.exchange)} ${failed.how}; 401 was expected`, [failed.exchange], {
        severity: 'medium',
        wfc: status(failed.exchange) === 500 ? 'F100' : null,
        about: broken,
      }),
    ];
  const [refused] = unproven;
  if (thing === null || refused === undefined || !hasEffect(refused.exchange, thing)) return [];
  return [
    tell(
      'effect',
      `${outcome(refused.exchange)} ${refused.how}, and did it all the same`,
      [thing.before, ...unproven.map(({ exchange }) => exchange), thing.after],
      { wfc: anonymousModification },
    ),
  ];
}

function isModification({ request }: Exchange): boolean {
  return /^(PUT|PATCH|DELETE)$/.test(request.method);
}

function isEmptyList({ request, response }: Exchange): boolean {
  const body = bodyJson(response?.body);
  const members = isJsonObject(body) ? Object.values(body) : [body];
  const lists = members.filter((member) => Array.isArray(member));
  return request.method === 'GET' && lists.length > 0 && lists.every((one) => one.length === 0);
}

/** Whether a refused write happened: what was to be deleted is gone, or a member has the value that was sent. */
function hasEffect({ request }: Exchange, { before, after }: NonNullable<Asked['thing']>): boolean {
  if (request.method === 'DELETE') return [404, 410].includes(status(after) ?? 0);
  const [sent, was, is] = [request.body, before.response?.body, after.response?.body].map(bodyJson);
  if (!isJsonObject(sent) || !isJsonObject(was) || !isJsonObject(is)) return false;
  return Object.entries(sent).some(([name, value]) => {
    const text = JSON.stringify(value);
    return name in is && JSON.stringify(is[name]) === text && JSON.stringify(was[name]) !== text;
  });
}
