import {
  type Check,
  type Contract,
  encodeRequest,
  type Exchange,
  headerOf,
  isJsonObject,
  type Json,
  mayIgnoreBody,
  type Operation,
  type ProbeContext,
  type RequestSpec,
} from '@assay/contract';
import { advice, isTurnedAway, isUnheard } from '../kit/answers/turned-away.ts';
import { applies, distinct, doesNotApply, judged, toldOnce, undecided } from '../kit/judgement.ts';
import { brokenJson } from '../kit/requests/broken-json.ts';
import { plainCases } from '../kit/requests/cases.ts';
import { isValidBody, jsonContentOf } from '../kit/requests/json-body.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, outcome } from '../kit/words.ts';

interface Malformed {
  readonly operation: string;
  readonly flaw: string;
  readonly exchange: Exchange;
  /** The same request with its body as it was, after a server error: what it gets as well is no matter of the body. */
  readonly intact?: Exchange;
}

function isReadAsJson(operation: Operation, contract: Contract): boolean {
  return jsonContentOf(operation) !== null && !mayIgnoreBody(contract, operation);
}

/** A body that is not JSON is refused as the client's mistake: never accepted, never a server error. */
export const check: Check<readonly Malformed[]> = {
  id: 'http/malformed-json-is-400',
  claim: 'A body that is not JSON is refused as a bad request',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-20' },
  needs: [],
  instance: 'shared',
  over: 'http',
  applies: (contract) =>
    contract.operations.some((operation) => isReadAsJson(operation, contract))
      ? applies
      : doesNotApply('no operation takes JSON'),
  probe: async (context) => {
    const setup = new Setup(context);
    const sent: Malformed[] = [];
    for (const operation of context.contract.operations.filter((each) => isReadAsJson(each, context.contract))) {
      const like = await filled(context, setup, operation);
      if (like === null) continue;
      for (const { flaw, body } of brokenJson(valueOf(like), freeMember(context.contract, operation, valueOf(like)))) {
        if (context.signal.aborted) return sent;
        const exchange = await context.backend.send({ ...like, body });
        const intact = isServerError(exchange) ? { intact: await context.backend.send(like) } : {};
        sent.push({ operation: operation.id, flaw, exchange, ...intact });
      }
    }
    return sent;
  },
  judge: (sent, contract) => {
    const judgeable = sent.filter(
      ({ exchange, intact }) => !isTurnedAway(exchange) && !isUnheard(exchange) && !failsAnyway(intact),
    );
    const [first] = sent;
    if (judgeable.length === 0)
      return undecided(
        first === undefined
          ? 'no request could be generated'
          : failsAnyway(first.intact)
            ? `${outcome(first.exchange)}, with an intact body as well`
            : `${outcome(first.exchange)}${advice(first.exchange)}`,
      );
    const findings = judgeable.flatMap(({ operation, flaw, exchange }) => {
      const status = exchange.response?.status;
      if (status !== undefined && status >= 300 && status < 500) return [];
      // What is not there yet, or waits for another service, says so to every body.
      const { responses = [] } = contract.operations.find(({ id }) => id === operation) ?? {};
      if (status !== undefined && status > 500 && responses.some((response) => response.status === String(status)))
        return [];
      const type = headerOf(exchange.request.headers, 'content-type') ?? 'JSON';
      const accepted = status !== undefined && status < 300;
      const lenient = accepted && byDefault.includes(flaw);
      return [
        {
          key: `${operation} ${status === undefined ? 'no answer' : accepted ? `accepted${lenient ? ` ${flaw}` : ''}` : status}`,
          ...(lenient ? { severity: 'low' as const } : {}),
          title: `${outcome(exchange)} to ${/^[aeiou]/i.test(type) ? 'an' : 'a'} ${type} body with ${flaw}`,
          detail: accepted
            ? 'A body that is not JSON was taken for something. What the client meant and what was stored are now two things.'
            : 'A parse error is the client’s mistake. Answered with a server error it wakes the wrong people and invites retries.',
          fix: `Parse strictly, catch the parse error where the body is read, and answer 400${contract.operations.some(({ responses }) => responses.some(({ status: s }) => s === '422')) ? ' (or 422)' : ''}.`,
          operation,
          evidence: [{ kind: 'exchange' as const, exchange }],
        },
      ];
    });
    return judged(
      toldOnce(distinct(findings)),
      `${count(judgeable.length, 'malformed body', 'malformed bodies')} refused`,
    );
  },
};

function isServerError({ response }: Exchange): boolean {
  return response !== undefined && response.status >= 500;
}

/** A request that is not heard any more tells nothing against what was told before. */
function failsAnyway(intact: Exchange | undefined): boolean {
  return intact !== undefined && isServerError(intact);
}

/** What the parsers of whole ecosystems (Go’s and Jackson among them) let in unless they are told not to: facts, and small ones. */
const byDefault: readonly string[] = ['bytes that are not UTF-8', 'NaN', 'text after the value'];

/** A valid request whose body has members, if there is one: what is broken in it is then all that is wrong. */
async function filled(context: ProbeContext, setup: Setup, operation: Operation): Promise<RequestSpec | null> {
  let like: RequestSpec | null = null;
  try {
    for (let attempt = 0; attempt < 8; attempt += 1) {
      like = await setup.request(operation.id);
      const value = valueOf(like);
      if (isJsonObject(value) && freeMember(context.contract, operation, value) !== null) return like;
    }
    return like;
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    const [next] = plainCases(context, operation);
    return next === undefined ? null : encodeRequest(operation, next);
  }
}

function valueOf({ body }: RequestSpec): Json {
  return typeof body === 'string' && body !== '' ? (JSON.parse(body) as Json) : null;
}

/** A member that takes any text, or null. */
function freeMember(contract: Contract, operation: Operation, value: Json): string | null {
  if (!isJsonObject(value)) return null;
  return (
    Object.keys(value).find(
      (name) => typeof value[name] === 'string' && isValidBody(contract, operation, { ...value, [name]: 'b?c' }),
    ) ?? null
  );
}
