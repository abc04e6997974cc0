import { type Check, encodeRequest, type Exchange, headerOf, type RequestSpec } from '@assay/contract';
import { plainCases } from '../kit/cases.ts';
import { applies, distinct, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { jsonContentOf } from '../kit/json-body.ts';
import { Setup, SetupFailed } from '../kit/setup.ts';
import { advice, isTurnedAway } from '../kit/turned-away.ts';
import { count, outcome } from '../kit/words.ts';

interface Malformed {
  readonly operation: string;
  readonly flaw: string;
  readonly exchange: Exchange;
}

const bytes = (...codes: readonly number[]): Uint8Array => Uint8Array.from(codes);

/** Texts that RFC 8259 does not allow, in the ways in which people and parsers get them wrong. */
const flaws: readonly { readonly flaw: string; readonly body: string | Uint8Array }[] = [
  { flaw: 'an object that is not closed', body: '{"a": 1' },
  { flaw: 'a trailing comma', body: '{"a": 1,}' },
  { flaw: 'single quotes', body: "{'a': 1}" },
  { flaw: 'a key without quotes', body: '{a: 1}' },
  { flaw: 'NaN', body: '{"a": NaN}' },
  { flaw: 'plain words', body: 'not json' },
  { flaw: 'text after the value', body: '{"a": 1} x' },
  { flaw: 'a line break inside a string', body: '{"a": "b\nc"}' },
  { flaw: 'bytes that are not UTF-8', body: bytes(0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d) },
  { flaw: 'a hundred thousand opening brackets', body: '['.repeat(100_000) },
];

/** A body that is not JSON is refused as the client's mistake: never accepted, never a server error. */
export const check: Check<readonly Malformed[]> = {
  id: 'http/malformed-json-is-400',
  claim: 'A body that is not JSON is refused as a bad request',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-20', wfc: 'F100' },
  needs: [],
  instance: 'shared',
  applies: (contract) => (contract.operations.some((operation) => jsonContentOf(operation) !== null) ? applies : doesNotApply('no operation takes JSON')),
  probe: async (context) => {
    const setup = new Setup(context);
    const sent: Malformed[] = [];
    for (const operation of context.contract.operations.filter((each) => jsonContentOf(each) !== null)) {
      let like: RequestSpec;
      try {
        like = await setup.request(operation.id);
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        const [next] = plainCases(context, operation);
        if (next === undefined) continue;
        like = encodeRequest(operation, next);
      }
      for (const { flaw, body } of flaws) {
        if (context.signal.aborted) return sent;
        sent.push({ operation: operation.id, flaw, exchange: await context.backend.send({ ...like, body }) });
      }
    }
    return sent;
  },
  judge: (sent, contract) => {
    const judgeable = sent.filter(({ exchange }) => !isTurnedAway(exchange));
    const [first] = sent;
    if (judgeable.length === 0) return undecided(first === undefined ? 'no request could be generated' : `${outcome(first.exchange)}${advice(first.exchange)}`);
    const findings = judgeable.flatMap(({ operation, flaw, exchange }) => {
      const status = exchange.response?.status;
      if (status !== undefined && status >= 400 && status < 500) return [];
      const type = headerOf(exchange.request.headers, 'content-type') ?? 'JSON';
      return [
        {
          key: `${operation} ${status === undefined ? 'no answer' : status < 400 ? 'accepted' : status}`,
          title: `${outcome(exchange)} to a ${type} body with ${flaw}`,
          detail:
            status !== undefined && status < 400
              ? 'A body that is not JSON was taken for something. What the client meant and what was stored are now two things.'
              : 'A parse error is the client’s mistake. Answered with a server error it wakes the wrong people and invites retries.',
          fix: `Parse strictly, catch the parse error where the body is read, and answer 400${contract.operations.some(({ responses }) => responses.some(({ status: s }) => s === '422')) ? ' (or 422)' : ''}.`,
          operation,
          evidence: [{ kind: 'exchange' as const, exchange }],
        },
      ];
    });
    return judged(distinct(findings), `${count(judgeable.length, 'malformed body', 'malformed bodies')} refused`);
  },
};
