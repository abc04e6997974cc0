import {
  bodyText,
  type Check,
  type Contract,
  type Exchange,
  type FindingDraft,
  type Operation,
  responseHeaderOf,
} from '@assay/contract';
import { advice, isUnheard } from '../kit/answers/turned-away.ts';
import { senderOf } from '../kit/identity/sender-of.ts';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, list, outcome } from '../kit/words.ts';

const tried = ['PATCH', 'PUT', 'DELETE', 'POST', 'GET'] as const;

interface MethodTry {
  readonly path: string;
  readonly method: string;
  readonly documented: readonly string[];
  readonly exchange: Exchange;
}

/** A method that the contract does not have at a path is refused with 405 (and Allow), 404 or 501. */
export const check: Check<readonly MethodTry[]> = {
  id: 'contract/rejects-unknown-method',
  claim: 'A method that a path does not have is refused',
  skill: 'apis',
  severity: 'low',
  names: { cwe: 'CWE-650' },
  needs: [],
  instance: 'shared',
  over: 'http',
  applies: (contract) => (candidates(contract).length > 0 ? applies : doesNotApply('every path has every method')),
  probe: async (context) => {
    const setup = new Setup(context);
    const tries: MethodTry[] = [];
    for (const { path, methods, others, like } of candidates(context.contract)) {
      for (const method of others.slice(0, 3)) {
        if (context.signal.aborted) return tries;
        try {
          const { target } = await setup.request(like.id);
          const body =
            method === 'GET' || method === 'DELETE'
              ? {}
              : { body: '{}', headers: [['content-type', 'application/json']] as const };
          const as = await senderOf(context, like, context.backend);
          const exchange = await context.backend.send({ method, target: target.split('?')[0] ?? target, as, ...body });
          tries.push({ path, method, documented: methods, exchange });
        } catch (error) {
          if (!(error instanceof SetupFailed)) throw error;
        }
      }
    }
    return tries;
  },
  judge: (tries, contract) => {
    if (tries.length === 0) return undecided('nothing that the paths speak of could be created');
    const judgeable = tries.filter(({ exchange }) => exchange.response !== undefined && !isUnheard(exchange));
    const [limited] = tries;
    if (judgeable.length === 0 && limited !== undefined)
      return undecided(`${outcome(limited.exchange)}${advice(limited.exchange)}`);
    return judged(
      [...acceptances(judgeable), ...withoutAllow(judgeable)],
      `${count(judgeable.length, 'undocumented method')} refused${untried(tries, contract)}`,
    );
  },
};

/** What a pass says of paths with something in them that could not be created. */
function untried(tries: readonly MethodTry[], contract: Contract): string {
  const missed = candidates(contract).filter((candidate) => tries.every(({ path }) => path !== candidate.path));
  return missed.length === 0 ? '' : `; none could be tried at ${list(missed.map(({ path }) => path))}`;
}

interface Candidate {
  readonly path: string;
  readonly methods: readonly string[];
  /** The methods that are not to be there. */
  readonly others: readonly string[];
  /** An operation to take the path's parameters from. */
  readonly like: Operation;
}

function candidates({ operations, problems }: Contract): readonly Candidate[] {
  const left = problems.flatMap(leftOut);
  const paths = Map.groupBy(operations, ({ path }) => path);
  return [...paths].flatMap(([path, own]) => {
    const methods = own.map(({ method }) => method);
    const others = tried.filter(
      (method) =>
        !operations.some((operation) => operation.method === method && isReachedAt(operation.path, path)) &&
        !left.some((other) => other.method === method && isReachedAt(other.path, endOf(path, other.path))),
    );
    const like = own.find(({ method }) => method !== 'DELETE') ?? own[0];
    return like === undefined || others.length === 0 ? [] : [{ path, methods, others, like }];
  });
}

/** An operation that the document has and nobody may ask: it could not be read, or sets everything back. Without the path of a server. */
function leftOut({ pointer }: Contract['problems'][number]) {
  const [, path, method] = /^\/paths\/([^/]+)\/([a-z]+)$/.exec(pointer) ?? [];
  if (path === undefined || method === undefined) return [];
  return [{ method: method.toUpperCase(), path: path.replaceAll('~1', '/').replaceAll('~0', '~') }];
}

/** As many of the last parts of a path as a template has: the path of a server may stand in front. */
function endOf(path: string, template: string): string {
  const parts = path.split('/').slice(1);
  return `/${parts.slice(-(template.split('/').length - 1)).join('/')}`;
}

/** Whether a template leads to a path as well: `/cache/{key}` to `/cache/stats`. */
function isReachedAt(template: string, path: string): boolean {
  const [wanted, parts] = [template.split('/'), path.split('/')];
  return wanted.length === parts.length && wanted.every((part, index) => part === parts[index] || part.includes('{'));
}

/** One page for several methods is one place of the backend, and told once; other doors one by one. */
function acceptances(tries: readonly MethodTry[]): readonly FindingDraft[] {
  const accepted = tries.filter(({ method, exchange }) => {
    const status = exchange.response?.status;
    // A page for people, such as the form before a POST or the application that is served for every address, is no operation.
    return status !== undefined && status < 300 && !(method === 'GET' && isPage(exchange));
  });
  const answers = Map.groupBy(accepted, ({ exchange }) =>
    isPage(exchange) ? bodyText(exchange.response?.body) : null,
  );
  return [...answers].flatMap(([page, same]) =>
    page !== null && same.length > 1 ? answeredByOnePage(same) : same.map(acceptance),
  );
}

function isPage(exchange: Exchange): boolean {
  return /^text\/html\b/i.test(responseHeaderOf(exchange, 'content-type') ?? '');
}

function answeredByOnePage(same: readonly MethodTry[]): readonly FindingDraft[] {
  const [first, ...others] = same;
  if (first === undefined) return [];
  return [
    {
      evidence: [{ kind: 'exchange' as const, exchange: first.exchange }],
      operation: `${first.method} ${first.path}`,
      key: `${first.path} one page`,
      title: `${outcome(first.exchange)} with a page for people; the contract has only ${first.documented.join(', ')} at ${first.path}${alsoAt(others)}, with the same page`,
      detail:
        'A route that takes every method answers in place of the operations. A client that changes or deletes something takes an answer of success for done.',
      fix: 'Serve the page at its own address and to GET alone. Answer a method that an address does not have with 405 and an Allow header.',
    },
  ];
}

function acceptance({ path, method, documented, exchange }: MethodTry): FindingDraft {
  return {
    evidence: [{ kind: 'exchange' as const, exchange }],
    operation: `${method} ${path}`,
    key: `${path} ${method} accepted`,
    title: `${outcome(exchange)}; the contract has only ${documented.join(', ')} at ${path}`,
    detail:
      'A method that nobody documented is a door that nobody guards: it is not reviewed, not tested and not authorized.',
    fix: `Route only ${documented.join(', ')} at ${path}, and answer everything else with 405 and an Allow header.`,
  };
}

/** `; so did PUT /todos and DELETE /todos`. */
function alsoAt(others: readonly MethodTry[]): string {
  const names = others.map(({ method, path }) => `${method} ${path}`);
  if (names.length === 0) return '';
  return `; so did ${list(names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names)}`;
}

/** Told once: it is one place of the framework that answers 405 for every path. */
function withoutAllow(tries: readonly MethodTry[]): readonly FindingDraft[] {
  const bare = tries.filter(
    ({ exchange }) => exchange.response?.status === 405 && responseHeaderOf(exchange, 'allow') === undefined,
  );
  const [first] = bare;
  if (first === undefined) return [];
  return [
    {
      key: 'allow',
      operation: `${first.method} ${first.path}`,
      title: `${outcome(first.exchange)} without an Allow header${alsoAt(bare.slice(1))}`,
      detail:
        'RFC 9110, section 15.5.6: the origin server must generate an Allow header field in a 405 response, so that a client learns what it may do.',
      fix: `Send \`Allow: ${first.documented.join(', ')}\` with the 405.`,
      evidence: [{ kind: 'exchange' as const, exchange: first.exchange }],
    },
  ];
}
