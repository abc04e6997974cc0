import { type Check, type Exchange, type Instance, type RequestSpec, responseHeaderOf } from '@assay/contract';
import { applies, distinct, doesNotApply } from '../kit/judgement.ts';
import { judgedPlanted, type Payload, placeInWords, plantEach, type Tally } from '../kit/payloads/plant.ts';
import { rawRequest, readRawResponse } from '../kit/requests/raw-http.ts';
import { textInputs } from '../kit/requests/text-inputs.ts';

interface Suspect {
  readonly operation: string;
  readonly place: string;
  /** The field that only the planted value names. */
  readonly field: string;
  readonly exchange: Exchange;
  /** The head of the answer to the same request as bytes, where our parser refused the answer. */
  readonly head: string | null;
}

interface Evidence {
  readonly tally: Tally;
  readonly suspects: readonly Suspect[];
}

/**
 * No input ends a line of the response's head and begins another. The proof: the answer has a header field which only the planted value names.
 */
export const check: Check<Evidence> = {
  id: 'security/header-injection',
  claim: 'No input adds a header field to the response',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-113', owasp: 'API8:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract) => (textInputs(contract).length > 0 ? applies : doesNotApply('no operation takes a text')),
  probe: async (context) => {
    const field = `x-${context.random.unique('planted')}`;
    const suspects: Suspect[] = [];
    const inputs = textInputs(context.contract).filter(({ place }) => !place.startsWith('header:'));
    const tally = await plantEach(
      context,
      inputs.toSorted((a, b) => rank(b.place) - rank(a.place)),
      () => payloads(field),
      async ({ input, exchange }) => {
        const head = ['protocol', 'overlong'].includes(exchange.error?.kind ?? '')
          ? await rawHead(context.backend, exchange)
          : null;
        const suspect = { operation: input.operation.id, place: input.place, field, exchange, head };
        if (!isProof(suspect)) return false;
        suspects.push(suspect);
        return true;
      },
      { isTelling: ({ name }) => telling.test(name) },
    );
    return { tally, suspects };
  },
  judge: ({ tally, suspects }) =>
    judgedPlanted(
      tally,
      distinct(
        suspects.filter(isProof).map(({ operation, place, field, exchange, head }) => ({
          key: `${operation} ${place}`,
          title: `${placeInWords(operation, place)} adds header fields to the response`,
          detail: `A line end and a header field of our own, ${field}, were planted in the value, and the answer has that field. Whoever writes a link can then set cookies for those who follow it, or end the head early and write the page themselves.`,
          fix: 'Never put an input into a header field as it is: encode it (encodeURIComponent for Location, filename*=UTF-8’’… for Content-Disposition), or refuse every character below U+0020. Set fields through the framework, which refuses line ends, and not by writing to the socket.',
          operation,
          evidence: [
            { kind: 'exchange' as const, exchange },
            ...(head === null ? [] : [{ kind: 'raw' as const, sent: exchange.request.target, received: head }]),
          ],
        })),
      ),
    ),
};

/** What tends to go into `Location`, `Content-Disposition`, `Content-Language` and cookies. */
const telling =
  /redirect|return|next|continue|goto|callback|target|dest|ur[li]|link|file|^(to|go|back|from|name|lang|language|locale|theme)$/i;

/** Addresses are what a stranger can put into a link. */
function rank(place: string): number {
  return ['body', 'path', 'query'].indexOf(place.split(':')[0] ?? '');
}

function payloads(field: string): readonly Payload[] {
  return [
    { value: `a\r\n${field}: 1` },
    { value: `/a\r\n${field}: 1` },
    { value: `a\n${field}: 1` },
    // Decoded once more by code that does not know that it was decoded already.
    { value: `a%250d%250a${field}:%201`, raw: true },
    // U+560D and U+560A, which a careless conversion to bytes cuts to CR and LF.
    { value: `a\u560d\u560a${field}: 1` },
  ];
}

/** The head of the answer, read as bytes: a strict parser refuses to read what such an answer looks like. */
async function rawHead(backend: Instance, { request }: Exchange): Promise<string | null> {
  const body = request.body === undefined ? undefined : 'text' in request.body ? request.body.text : '';
  const spec: RequestSpec = {
    method: request.method,
    target: request.target,
    headers: request.headers.filter(([name]) => !/^(host|connection|content-length|transfer-encoding)$/i.test(name)),
    ...(body === undefined ? {} : { body }),
  };
  const { received } = await backend.raw(rawRequest(spec, backend.authority));
  const text = Buffer.from(received).toString('latin1');
  return readRawResponse(received) === null && !text.startsWith('HTTP/1.')
    ? null
    : (text.split(/\r?\n\r?\n/)[0] ?? null);
}

function isProof({ exchange, head, field }: Suspect): boolean {
  if (responseHeaderOf(exchange, field) !== undefined) return true;
  return head !== null && head.split(/\r\n|\r|\n/).some((line) => line.toLowerCase().startsWith(`${field}:`));
}
