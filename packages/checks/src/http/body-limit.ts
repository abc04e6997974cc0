import type { Check, Exchange, Operation, ProbeContext, RequestSpec } from '@assay/contract';
import { advice, isTurnedAway, isUnheard } from '../kit/answers/turned-away.ts';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { jsonContentOf } from '../kit/requests/json-body.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome } from '../kit/words.ts';

/** Far beyond what any JSON request needs, and little enough to send in a moment. Bytes. */
const size = 8 * 1024 * 1024;
/** Beyond every limit that somebody may have set on purpose. Bytes. */
const largestSize = 64 * 1024 * 1024;

interface Sent {
  readonly operation: string;
  readonly documented: boolean;
  readonly exchange: Exchange;
  /** What came of the largest body, where 413 is documented and the other was taken: the limit may be higher. */
  readonly larger?: Exchange;
  /** Whether a request was answered afterwards. */
  readonly afterwards: Exchange;
}

/**
 * A body far too large is refused, and the backend is fit afterwards. The body is a valid one followed by white space, so that nothing but
 * its size speaks against it. That it is refused at all is asked only where the contract documents 413, and of a size that nobody allows on
 * purpose.
 */
export const check: Check<{ readonly sent: readonly Sent[]; readonly trouble: string | null }> = {
  id: 'http/body-limit',
  claim: 'A body far too large is refused without harm',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-770', owasp: 'API4:2023' },
  needs: [],
  instance: 'shared',
  over: 'http',
  applies: (contract) =>
    contract.operations.some((operation) => jsonContentOf(operation) !== null)
      ? applies
      : doesNotApply('no operation takes JSON'),
  probe: async (context) => {
    const setup = new Setup(context);
    const sent: Sent[] = [];
    let trouble: string | null = null;
    for (const operation of context.contract.operations.filter((each) => jsonContentOf(each) !== null)) {
      if (context.signal.aborted) break;
      try {
        const request = await setup.request(operation.id);
        if (typeof request.body !== 'string') continue;
        const exchange = await sendPadded(context, request, size);
        const documented = documents413(operation);
        const isTaken = documented && isSuccess(exchange) && !context.signal.aborted;
        const larger = isTaken ? await sendPadded(context, await setup.request(operation.id), largestSize) : null;
        // The same without the white space: what is wrong with it in any size is no matter of its size.
        const afterwards = await context.backend.send(request);
        sent.push({
          operation: operation.id,
          documented,
          exchange,
          ...(larger === null ? {} : { larger }),
          afterwards,
        });
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { sent, trouble };
  },
  judge: ({ sent, trouble }) => {
    const [first] = sent;
    const read = sent.filter(({ exchange }) => !isUnheard(exchange) && !isTurnedAway(exchange));
    if (read.length === 0)
      return undecided(
        first === undefined
          ? (trouble ?? 'no request could be generated')
          : `${outcome(first.exchange)}${advice(first.exchange)}`,
      );
    return judged(read.flatMap(complaints), `${count(read.length, 'operation')} sent ${size / 1024 / 1024} MiB`);
  },
};

function documents413(operation: Operation): boolean {
  return operation.responses.some(({ status }) => status === '413');
}

/** Sends a request with white space after its body. The evidence need not hold megabytes of that. */
async function sendPadded({ backend }: ProbeContext, request: RequestSpec, bytes: number): Promise<Exchange> {
  const body = Buffer.alloc(bytes, ' ');
  if (typeof request.body === 'string') body.write(request.body);
  // On a connection of its own: whoever refuses it unread closes the connection, which the next request must not meet.
  const headers = [...(request.headers ?? []), ['connection', 'close']] as const;
  const exchange = await backend.send({ ...request, headers, body }, { timeoutMs: bytes > size ? 60_000 : 20_000 });
  return { ...exchange, request: { ...exchange.request, body: { text: '… and white space', truncatedFrom: bytes } } };
}

function complaints({ operation, documented, exchange, larger, afterwards }: Sent) {
  const status = exchange.response?.status;
  const tell = (key: string, title: string, exchanges: readonly Exchange[]) => [
    {
      key: `${operation} ${key}`,
      title,
      detail:
        'Whoever can make a backend read and keep megabytes for each request needs only a few of them to take it down.',
      fix: 'Limit the size of a body where it is read (the parser’s or server’s limit), answer 413, and stop reading.',
      operation,
      evidence: exchanges.map((one) => ({ kind: 'exchange' as const, exchange: one })),
    },
  ];
  if (status !== undefined && status >= 500 && (afterwards.response?.status ?? 0) < 500)
    return tell(String(status), `${outcome(exchange)} to a body of ${size / 1024 / 1024} MiB`, [exchange]);
  // A server error to the largest is what a limit would have kept away.
  if (documented && larger?.response !== undefined && (isSuccess(larger) || larger.response.status >= 500))
    return tell(
      'accepted',
      `${outcome(larger)} to a body of ${largestSize / 1024 / 1024} MiB; the contract documents 413`,
      [larger],
    );
  if (exchange.error?.kind === 'timeout')
    return tell('timeout', `${outcome(exchange)} to a body of ${size / 1024 / 1024} MiB`, [exchange]);
  if (afterwards.response === undefined)
    return tell(
      'afterwards',
      `After a body of ${size / 1024 / 1024} MiB the next request got no answer: ${outcome(afterwards)}`,
      [exchange, afterwards],
    );
  return [];
}
