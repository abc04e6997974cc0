import { type Check, type Exchange, headerOf, type HeaderFields } from '@assay/contract';
import { advice } from '../kit/answers/turned-away.ts';
import { senderOf } from '../kit/identity/sender-of.ts';
import { applies, doesNotApply, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { rawRequest, readRawResponse } from '../kit/requests/raw-http.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { count, isSuccess, outcome, requestLine } from '../kit/words.ts';

interface Compared {
  readonly operation: string;
  readonly documented: boolean;
  readonly get: Exchange;
  /** The same GET once more, after HEAD: what differs between the two says nothing when HEAD differs as well. */
  readonly again: Exchange;
  /** Over a connection of its own, so that a body after the head is seen. */
  readonly head: { readonly status: number; readonly headers: HeaderFields; readonly bodyBytes: number } | null;
  readonly received: string;
}

/** Fields that must be the same, since they describe what is selected and not the message (RFC 9110, sections 8 and 9.3.2). */
const compared = ['content-type', 'etag', 'last-modified', 'content-length'] as const;

/** What is made from the content, and may be left out where there is none to make it from (section 9.3.2): ETag filters look at GET alone. */
const ofContent: readonly string[] = ['content-length', 'etag', 'last-modified'];

/** What routers answer to a method that they do not serve, and what a guard before them does. */
const unserved: readonly number[] = [401, 403, 404, 405, 501];

/** HEAD answers as GET would, without the body. A backend that has no HEAD at all is not judged unless the contract has it. */
export const check: Check<{ readonly compared: readonly Compared[]; readonly trouble: string | null }> = {
  id: 'http/head-matches-get',
  claim: 'HEAD answers as GET does, without a body',
  skill: 'apis',
  severity: 'low',
  names: {},
  needs: [],
  instance: 'shared',
  over: 'http',
  applies: (contract) =>
    contract.operations.some(({ method }) => method === 'GET') ? applies : doesNotApply('there is nothing to GET'),
  probe: async (context) => {
    const setup = new Setup(context);
    const results: Compared[] = [];
    let trouble: string | null = null;
    for (const operation of context.contract.operations.filter(({ method }) => method === 'GET')) {
      if (context.signal.aborted) break;
      try {
        const request = await setup.request(operation.id);
        // One Host for all: backends write it into links, and links into the length.
        const like = {
          ...request,
          headers: [['host', context.backend.authority], ...(request.headers ?? [])] as const,
        };
        const sender = await senderOf(context, operation, context.backend);
        const get = await context.backend.send(like);
        const { received } = await context.backend.raw(
          rawRequest({ ...like, method: 'HEAD', as: sender }, context.backend.authority),
          {
            timeoutMs: Math.max(5000, 3 * get.durationMs),
          },
        );
        const again = await context.backend.send(like);
        const documented = context.contract.operations.some(
          ({ method, path }) => method === 'HEAD' && path === operation.path,
        );
        results.push({
          operation: operation.id,
          documented,
          get,
          again,
          head: headOf(received),
          received: Buffer.from(received).toString('latin1').slice(0, 2000),
        });
      } catch (error) {
        if (!(error instanceof SetupFailed)) throw error;
        trouble = error.message;
      }
    }
    return { compared: results, trouble };
  },
  judge: ({ compared: results, trouble }) => {
    const judgeable = results.filter(
      ({ get, head, documented }) =>
        isSuccess(get) && (documented || (head !== null && !unserved.includes(head.status))),
    );
    if (judgeable.length === 0) {
      const [first] = results;
      if (first !== undefined && results.every(({ get }) => !isSuccess(get)))
        return undecided(`${outcome(first.get)}${advice(first.get)}`);
      const without = results.some(
        ({ head, documented }) => !documented && head !== null && unserved.includes(head.status),
      );
      return trouble === null || without
        ? notApplicable('the backend does not answer HEAD, and the contract does not ask for it')
        : undecided(trouble);
    }
    return judged(
      judgeable.flatMap(complaints),
      `${count(judgeable.length, 'operation')} compared${trouble === null ? '' : `; others could not be asked: ${trouble}`}`,
    );
  },
};

function headOf(received: Uint8Array): Compared['head'] {
  const response = readRawResponse(received);
  return response === null
    ? null
    : { status: response.status, headers: response.headers, bodyBytes: response.bodyBytes };
}

function isAlike(one: Exchange, other: Exchange): boolean {
  return JSON.stringify(one.response?.body) === JSON.stringify(other.response?.body);
}

function complaints({ operation, get, again, head, received }: Compared) {
  const line = requestLine(get).replace(/^GET/, 'HEAD');
  const tell = (key: string, title: string) => [
    {
      key: `${operation} ${key}`,
      title,
      detail:
        'Caches, monitors and download tools ask with HEAD to learn what GET would bring. A different answer misleads them; a body breaks the connection for whoever uses it next.',
      fix: 'Let HEAD run the handler of GET and drop only the body, which most frameworks do by themselves when no separate HEAD route is written.',
      operation,
      evidence: [
        { kind: 'exchange' as const, exchange: get },
        { kind: 'raw' as const, sent: `${line} HTTP/1.1`, received },
      ],
    },
  ];
  if (head === null) return tell('no answer', `${line} got no HTTP answer`);
  if (head.status !== get.response?.status && again.response?.status === get.response?.status)
    return tell('status', `${line} answered ${head.status}, GET answers ${get.response?.status}`);
  // Turned away for how often it was asked, or failed as the second GET did: it tells of something else.
  if (head.status !== get.response?.status) return [];
  if (head.bodyBytes > 0) return tell('body', `${line} was answered with a body of ${count(head.bodyBytes, 'byte')}`);
  for (const name of compared) {
    const [fromHead, fromGet] = [headerOf(head.headers, name), headerOf(get.response?.headers ?? [], name)];
    if (fromHead === undefined && (fromGet === undefined || ofContent.includes(name))) continue;
    if (name === 'content-length' && fromGet === undefined) continue;
    if (fromGet !== headerOf(again.response?.headers ?? [], name)) continue;
    // What differs each time may be as long twice and not the third time.
    if (name === 'content-length' && fromHead !== '0' && !isAlike(get, again)) continue;
    if (fromHead !== fromGet)
      return tell(name, `${line} answered with ${name} ${fromHead ?? 'missing'}, GET with ${fromGet ?? 'none'}`);
  }
  return [];
}
