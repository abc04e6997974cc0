import {
  bodyText,
  type Check,
  encodeRequest,
  type Exchange,
  type ProbeContext,
  type RequestCase,
} from '@assay/contract';
import { exploration } from '../kit/exploration/explore.ts';
import { applies, distinct, doesNotApply, judged, toldOnce, undecided } from '../kit/judgement.ts';
import { findLeak } from '../kit/payloads/leaks.ts';
import { operationOf } from '../kit/requests/cases.ts';
import { jsonContentOf } from '../kit/requests/json-body.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, outcome } from '../kit/words.ts';

interface Provoked {
  readonly operation: string;
  readonly how: string | null;
  readonly exchange: Exchange;
  readonly planted: readonly string[];
}

interface Evidence {
  readonly looked: number;
  readonly suspects: readonly Provoked[];
  /** Operations of which no request could be made while the database reported an error. Older recordings lack it. */
  readonly notAsked?: readonly string[];
}

/** Of more kinds of leaks, or at more operations, none is kept. */
const mostKept = 100;

/**
 * Errors keep the inside of the backend to themselves: no stack trace, no SQL, no text of a database error. Errors of the client are taken from the
 * exploration and from broken requests; an error of the database is made on the wire, with a text that only it knows.
 */
export const check: Check<Evidence> = {
  id: 'security/error-detail',
  claim: 'Errors tell nothing of the inside of the backend',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-209', owasp: 'API8:2023', wfc: 'F309' },
  needs: [],
  instance: 'shared',
  applies: (contract) => (contract.operations.length > 0 ? applies : doesNotApply('the contract has no operations')),
  probe: async (context) => {
    const { probes } = await exploration(context);
    const seen: Provoked[] = probes
      .filter(({ exchange }) => (exchange.response?.status ?? 0) >= 400)
      .map(({ operation, exchange }) => ({ operation, how: null, exchange, planted: [] }));
    seen.push(...(await brokenRequests(context)), ...(await repeated(context)));
    const { found, notAsked } = await brokenDatabase(context);
    seen.push(...found);
    return {
      looked: seen.filter(({ exchange }) => (exchange.response?.status ?? 0) >= 400).length,
      suspects: suspectsOf(seen),
      notAsked,
    };
  },
  judge: ({ looked, suspects, notAsked = [] }) => {
    if (looked === 0) return undecided('no request was answered with an error');
    return judged(
      toldOnce(
        distinct(
          suspects.flatMap(({ operation, how, exchange, planted }) => {
            const leak = findLeak(bodyText(exchange.response?.body), planted);
            return leak === null
              ? []
              : [
                  {
                    key: `${operation} ${leak.what}`,
                    title: `${outcome(exchange)} with ${leak.what} in its body: ${leak.excerpt.split('\n')[0]?.slice(0, 140)}`,
                    detail: `${how === null ? '' : `This answered ${how}. `}Names of files, tables and libraries, and the statement that failed, are a map for whoever looks for a way in, and mean nothing to an honest client.`,
                    fix: 'Log the error with a request id; answer with a fixed text for its kind and that id. Turn the framework’s debug pages off.',
                    operation,
                    evidence: [{ kind: 'exchange' as const, exchange }],
                  },
                ];
          }),
        ),
      ),
      `${count(looked, 'error answer')} read${
        notAsked.length === 0
          ? ''
          : `, but of ${count(notAsked.length, 'operation')} no request could be made to send while the database reports an error (${notAsked.slice(0, 10).join(', ')}${notAsked.length > 10 ? ' …' : ''})`
      }`,
    );
  },
};

/** One answer of each operation and kind of leak, before any are left out: many of one operation hide no other. */
function suspectsOf(seen: readonly Provoked[]): readonly Provoked[] {
  const kept = new Map<string, Provoked>();
  for (const one of seen) {
    const leak = findLeak(bodyText(one.exchange.response?.body), one.planted);
    const key = `${one.operation} ${leak?.what}`;
    if (leak !== null && !kept.has(key)) kept.set(key, one);
  }
  return [...kept.values()].slice(0, mostKept);
}

async function brokenRequests(context: ProbeContext): Promise<readonly Provoked[]> {
  const found: Provoked[] = [];
  const [withBody] = context.contract.operations.filter(
    (operation) => jsonContentOf(operation) !== null && operation.parameters.every(({ in: where }) => where !== 'path'),
  );
  if (withBody !== undefined) {
    for (const body of ['{"a":', '\u0000', '[[[[']) {
      const headers = [['content-type', jsonContentOf(withBody)?.mediaType ?? 'application/json']] as const;
      found.push({
        operation: withBody.id,
        how: 'a body that is not JSON',
        planted: [],
        exchange: await context.backend.send({
          method: withBody.method,
          target: withBody.path,
          operation: withBody.id,
          headers,
          body,
        }),
      });
    }
  }
  for (const target of ['/assay-no-such-path', '/%', '/%00', '/..%2f..%2fetc%2fpasswd']) {
    found.push({
      operation: 'no operation',
      how: 'a path that does not exist',
      planted: [],
      exchange: await context.backend.send({ method: 'GET', target }),
    });
  }
  return found;
}

/** Everything that can be created, created twice: what a second one is refused with is often what the database said. */
async function repeated(context: ProbeContext): Promise<readonly Provoked[]> {
  const setup = new Setup(context);
  const found: Provoked[] = [];
  for (const { name, create } of context.shape.resources) {
    if (create === null || context.signal.aborted || (context.focus !== null && context.focus !== create)) continue;
    const operation = operationOf(context.contract, create);
    try {
      let last: RequestCase | null = null;
      await setup.make(name, (request) => (last = request));
      if (last === null) continue;
      const exchange = await context.backend.send(encodeRequest(operation, setup.freshKey(operation, last)));
      found.push({ operation: create, how: 'what is there already', planted: [], exchange });
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
    }
  }
  return found;
}

/** Any statement but the probe that pools send to see whether a connection still lives: they mend what it tells by themselves. */
const realStatement = /^(?!\s*select\s+1\s*(?:;\s*)?$)[^]*\b(?:select|insert|update|delete|with)\b/i;

/** One request to each operation while its first statement is answered with an error that nobody else could have made up. */
async function brokenDatabase(
  context: ProbeContext,
): Promise<{ readonly found: readonly Provoked[]; readonly notAsked: readonly string[] }> {
  const { wire } = context.backend;
  const found: Provoked[] = [];
  const notAsked: string[] = [];
  if (wire === null) return { found, notAsked };
  const setup = new Setup(context);
  for (const operation of context.contract.operations) {
    if (context.signal.aborted || (context.focus !== null && context.focus !== operation.id)) continue;
    try {
      const request = await setup.request(operation.id);
      const planted = context.random.unique('assayfault');
      const rule = wire.rule({
        do: 'fail',
        match: { text: realStatement },
        code: 'XX000',
        message: `${planted}: relation "secret_${planted}" is broken`,
        times: 1,
      });
      try {
        found.push({
          operation: operation.id,
          how: 'a request during which the database reported an error',
          planted: [planted],
          exchange: await context.backend.send(request),
        });
      } finally {
        rule.remove();
      }
    } catch (error) {
      if (!(error instanceof SetupFailed)) throw error;
      notAsked.push(operation.id);
    }
  }
  return { found, notAsked };
}
