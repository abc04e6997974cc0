import { type Check, type Exchange, type RequestSpec } from '@assay/contract';
import { applies, doesNotApply, judged, undecided } from '../kit/judgement.ts';
import { rawStatuses, readRawResponse } from '../kit/requests/raw-http.ts';
import { ordinaryRequests } from '../kit/setup/ordinary.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { methodOf } from '../kit/soap/by-schema.ts';
import { count, outcome } from '../kit/words.ts';

interface Malformed {
  readonly flaw: string;
  /** RFC 9112 says that the request must be refused; for the others the backend must only survive. */
  readonly mustRefuse: boolean;
  readonly sent: string;
  readonly received: string;
  readonly status: number | null;
  /** The status of a later answer with success: to what stood behind the flaw, and looked like a request. */
  readonly behind?: number | null;
  /** An ordinary request afterwards. */
  readonly afterwards: Exchange;
  readonly alive: boolean;
}

interface Evidence {
  readonly before: Exchange | null;
  readonly tried: readonly Malformed[];
}

/** Bytes that are not an HTTP request are refused or cut off, and the backend goes on serving others. */
export const check: Check<Evidence> = {
  id: 'resilience/malformed-http',
  claim: 'Broken HTTP harms nobody else',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-444' },
  needs: [],
  instance: 'own',
  applies: (contract) =>
    contract.operations.some((each) => methodOf(each) === 'GET') ? applies : doesNotApply('there is nothing to GET'),
  probe: async (context) => {
    const setup = new Setup(context);
    // A read that succeeds, where there is one; else whatever can be asked for.
    let good: RequestSpec | null = (await ordinaryRequests(context, setup)).requests[0] ?? null;
    for (const operation of good !== null
      ? []
      : context.contract.operations.filter((each) => methodOf(each) === 'GET')) {
      try {
        good = await setup.request(operation.id);
        break;
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
      }
    }
    if (good === null) return { before: null, tried: [] };
    const before = await context.backend.send(good);
    const tried: Malformed[] = [];
    for (const { flaw, mustRefuse, bytes, hidesRequest = false } of flaws(good.target, context.backend.authority)) {
      if (context.signal.aborted) break;
      const harm = async () => {
        const { received } = await context.backend.raw(bytes, {
          timeoutMs: 1000,
          halfClose: true,
          signal: context.signal,
          until: (all) => (hidesRequest ? behindIn(all) : readRawResponse(all)) !== null,
        });
        return { received, afterwards: await context.backend.send(good, { timeoutMs: 15_000 }) };
      };
      let { received, afterwards } = await harm();
      // What fails now and then by itself is no consequence: it has to fail each time after the bytes, and not without them.
      if (isFailure(afterwards) && context.backend.alive && !isFailure(await context.backend.send(good)))
        ({ received, afterwards } = await harm());
      tried.push({
        flaw,
        mustRefuse,
        sent: Buffer.from(bytes).toString('latin1').slice(0, 400),
        received: Buffer.from(received).toString('latin1').slice(0, 1000),
        status: readRawResponse(received)?.status ?? null,
        behind: hidesRequest ? behindIn(received) : null,
        afterwards,
        alive: context.backend.alive,
      });
      if (!context.backend.alive) break;
    }
    return { before, tried };
  },
  judge: ({ before, tried }) => {
    if (before?.response === undefined || tried.length === 0)
      return undecided('no ordinary request could be sent to compare with');
    return judged(
      tried.flatMap((one) => complaints(one, before)).slice(0, 3),
      `${count(tried.length, 'malformed request')} survived`,
    );
  },
};

/** The first answer with success that came after another answer. */
function behindIn(received: Uint8Array): number | null {
  return (
    rawStatuses(received)
      .slice(1)
      .find((status) => status >= 200 && status < 300) ?? null
  );
}

interface Flaw {
  readonly flaw: string;
  readonly mustRefuse: boolean;
  readonly bytes: Uint8Array;
  /** Behind the flaw stands a request that must not be answered. */
  readonly hidesRequest?: true;
}

function flaws(target: string, host: string): readonly Flaw[] {
  const text = (flaw: string, mustRefuse: boolean, request: string) => ({
    flaw,
    mustRefuse,
    bytes: Buffer.from(request, 'latin1'),
  });
  return [
    text('no HTTP at all', true, 'hello there\r\n\r\n'),
    text('a request line that ends early', false, `GET ${target}`),
    text('headers that end early', false, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nAccept: `),
    text(
      'a Content-Length that is no number',
      true,
      `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: abc\r\n\r\n{}`,
    ),
    text('a negative Content-Length', true, `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: -5\r\n\r\n{}`),
    text(
      'two Content-Lengths that differ',
      true,
      `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 2\r\nContent-Length: 30\r\n\r\n{}`,
    ),
    {
      // RFC 9112 asks for no status here, and who does not read the body sees no flaw. But nothing behind it can be a request.
      ...text(
        'a chunk whose size is no number',
        false,
        `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\nGET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      ),
      hidesRequest: true,
    },
    text(
      'a body shorter than its Content-Length',
      false,
      `POST ${target} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"a":`,
    ),
    text(
      'a header of 300 kB',
      false,
      `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nX-Long: ${'a'.repeat(300_000)}\r\n\r\n`,
    ),
    text(
      'ten thousand headers',
      false,
      `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${Array.from({ length: 10_000 }, (_, index) => `X-${index}: 1\r\n`).join('')}\r\n`,
    ),
    text('a target of 200 kB', false, `GET ${target}?${'a'.repeat(200_000)} HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
    text('zero bytes in a header', false, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nX-Zero: a\0b\r\n\r\n`),
    text('an HTTP version of the future', false, `GET ${target} HTTP/9.9\r\nHost: ${host}\r\n\r\n`),
    {
      flaw: 'the beginning of a TLS handshake',
      mustRefuse: false,
      bytes: Buffer.from('16030100a5010000a10303', 'hex'),
    },
    {
      flaw: 'random bytes',
      mustRefuse: false,
      bytes: Uint8Array.from({ length: 512 }, (_, index) => (index * 197 + 91) % 256),
    },
  ];
}

function complaints(
  { flaw, mustRefuse, sent, received, status, behind, afterwards, alive }: Malformed,
  before: Exchange,
) {
  const raw = { kind: 'raw' as const, sent, received };
  const tell = (key: string, title: string, more: readonly Exchange[]) => [
    {
      key: `${flaw} ${key}`,
      title,
      detail:
        'Anybody can open a connection and send bytes. What one connection sends must not decide what others get, and must not be taken for a request that it is not.',
      fix: 'Leave the reading of HTTP to the server library and keep its limits on; handle its error event (clientError) by answering 400 and closing that one connection.',
      evidence: [raw, ...more.map((exchange) => ({ kind: 'exchange' as const, exchange }))],
    },
  ];
  if (!alive) return tell('ended', `The backend ended after ${flaw}`, []);
  if (isFailure(afterwards) && !isFailure(before))
    return tell('afterwards', `After ${flaw}, an ordinary request failed: ${outcome(afterwards)}`, [afterwards]);
  if (mustRefuse && status !== null && status >= 200 && status < 300)
    return tell('accepted', `A request with ${flaw} was answered ${status}; RFC 9112 asks for 400`, []);
  if (typeof behind === 'number')
    return tell('smuggled', `What stood behind ${flaw} was taken for a request of its own and answered ${behind}`, []);
  return [];
}

function isFailure({ response }: Exchange): boolean {
  return response === undefined || response.status >= 500;
}
