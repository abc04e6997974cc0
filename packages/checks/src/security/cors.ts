import {
  type Check,
  type Exchange,
  headerOf,
  type ProbeContext,
  type RequestSpec,
  responseHeaderOf,
} from '@assay/contract';
import { applies, distinct, doesNotApply, judged, toldOnce, undecided } from '../kit/judgement.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, requestLine } from '../kit/words.ts';

interface Asked {
  readonly operation: string;
  readonly how: 'request' | 'preflight';
  readonly exchange: Exchange;
}

interface Evidence {
  /** How many requests with a foreign origin were answered. */
  readonly answered: number;
  readonly suspects: readonly Asked[];
}

const likeLocal = 'http://localhost';
/** How many operations are asked; the rule is nearly always one for all. */
const mostOperations = 20;

/**
 * Scripts of other sites may not read answers in the name of a signed-in person. The proof: an origin that nobody can have heard of (one that begins
 * like `localhost`, too, and `null`, which any sandboxed page has) is named back together with the permission to send credentials.
 */
export const check: Check<Evidence> = {
  id: 'security/cors',
  claim: 'No foreign web origin may read answers with credentials',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-942', owasp: 'API8:2023' },
  needs: [],
  instance: 'shared',
  applies: (contract) => (contract.operations.length > 0 ? applies : doesNotApply('the contract has no operations')),
  probe: async (context) => {
    const setup = new Setup(context);
    const site = `${context.random.unique('origin')}.example.net`;
    // The second is taken for the machine of whoever develops by a test that looks at how it begins, or for a word in it.
    const origins = [`https://${site}`, `${likeLocal}.${site}`, 'null'];
    const suspects: Asked[] = [];
    let answered = 0;
    const ask = async (operation: string, how: Asked['how'], request: RequestSpec, origin: string): Promise<void> => {
      const exchange = await context.backend.send({
        ...request,
        headers: [...(request.headers ?? []), ['origin', origin]],
      });
      if (exchange.response !== undefined) answered += 1;
      if (letsIn(exchange)) suspects.push({ operation, how, exchange });
    };
    for (const operation of chosen(context)) {
      if (context.signal.aborted) break;
      const { method, id } = operation;
      const request = method === 'GET' ? await made(setup, id) : null;
      for (const origin of origins) {
        if (request !== null) await ask(id, 'request', request, origin);
        const preflight: RequestSpec = {
          method: 'OPTIONS',
          target: request?.target ?? operation.path.replaceAll(/\{[^{}]*\}/g, '1'),
          headers: [
            ['access-control-request-method', method],
            ['access-control-request-headers', 'authorization,content-type'],
          ],
        };
        await ask(id, 'preflight', preflight, origin);
      }
    }
    return { answered, suspects };
  },
  judge: ({ answered, suspects }) => {
    if (answered === 0) return undecided('no request with a foreign origin was answered');
    return judged(
      toldOnce(
        distinct(
          suspects
            .filter(({ exchange }) => letsIn(exchange))
            .map(({ operation, how, exchange }) => {
              const origin = headerOf(exchange.request.headers, 'origin') ?? '';
              const called =
                origin === 'null'
                  ? 'the origin null'
                  : origin.startsWith(likeLocal)
                    ? `an origin that only begins like ${likeLocal}`
                    : 'the origin (made up for this run)';
              return {
                key: `${operation} ${origin === 'null' ? 'null' : 'foreign'}`,
                title: `${requestLine(exchange)} lets ${called} read its answers with credentials`,
                detail: `The ${how} named the origin ${origin}, and the answer has Access-Control-Allow-Origin: ${origin} and Access-Control-Allow-Credentials: true. A page of any site that a signed-in person opens can then call this in their name, with their cookies, and read the answer.${origin === 'null' ? ' Every page can have the origin null: a sandboxed frame is enough.' : ''}`,
                fix: 'Compare the origin with a list of those you know, exactly and as a whole, and answer without the CORS header fields for all others. An API for everybody says * and no Access-Control-Allow-Credentials.',
                operation,
                evidence: [{ kind: 'exchange' as const, exchange }],
              };
            }),
        ),
      ),
      `${count(answered, 'request')} with a foreign origin answered`,
    );
  },
};

/** Those that read first: their answers are what a foreign page wants. */
function chosen({ contract, focus }: ProbeContext): ProbeContext['contract']['operations'] {
  return contract.operations
    .filter(({ id }) => focus === null || focus === id)
    .toSorted((a, b) => Number(b.method === 'GET') - Number(a.method === 'GET'))
    .slice(0, mostOperations);
}

async function made(setup: Setup, operation: string): Promise<RequestSpec | null> {
  try {
    return await setup.request(operation);
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return null;
  }
}

function letsIn(exchange: Exchange): boolean {
  const origin = headerOf(exchange.request.headers, 'origin');
  return (
    origin !== undefined &&
    responseHeaderOf(exchange, 'access-control-allow-origin')?.toLowerCase() === origin.toLowerCase() &&
    responseHeaderOf(exchange, 'access-control-allow-credentials')?.trim().toLowerCase() === 'true'
  );
}
