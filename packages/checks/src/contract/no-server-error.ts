import { bodyText, type Check, type Exchange } from '@assay/contract';
import { streamsEvents } from '../kit/answers/event-streams.ts';
import type { Intent } from '../kit/exploration/explore.ts';
import { malformedHeaders } from '../kit/exploration/malformed-headers.ts';
import { type Explored, judgesExploration } from '../kit/exploration/judges-exploration.ts';
import { lacksHeaders } from '../kit/soap/refusals.ts';
import { outcome } from '../kit/words.ts';

const exploring = judgesExploration(
  ({ exchange }, operation, _, probes) => exchange.response?.fault === undefined || !lacksHeaders(operation, probes),
  ({ exchange, intent, ended }, operation) => {
    const status = exchange.response?.status;
    if (ended || exchange.error?.kind === 'aborted' || (status !== undefined && status < 500)) return [];
    if (exchange.error?.kind === 'timeout' && streamsEvents(operation)) return [];
    if (operation.soap !== null && isHonestFault(exchange, intent)) return [];
    const documented =
      status !== undefined && operation.responses.some((response) => response.status === String(status));
    if (documented && status !== 500) return [];
    return [
      {
        key: `${status ?? exchange.error?.kind ?? 'no answer'}${intent.kind === 'malformed-header' ? ` ${intent.header ?? 'header fields'}` : ''}`,
        cause: causeOf(intent),
        alike: alikeOf(exchange, intent),
        title: `${outcome(exchange)} to ${wordsFor(intent)}`,
        ...explained(exchange, intent),
      },
    ];
  },
);

/**
 * No request, valid or not, is answered with a server error or not at all. 501 is honest about an operation that is not there yet; that the
 * backend ends is told by launch/stays-up. A stream of events may be silent until there is one.
 */
export const check: Check<Explored> = {
  id: 'contract/no-server-error',
  claim: 'No request makes the backend fail',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-248', wfc: 'F100' },
  needs: [],
  instance: 'shared',
  ...exploring,
  probe: async (context) => {
    const explored = await exploring.probe(context);
    const { looked, suspects } = await malformedHeaders(context);
    return { ...explored, looked: explored.looked + looked, suspects: [...explored.suspects, ...suspects] };
  },
};

function explained({ response, error }: Exchange, intent: Intent): { readonly detail: string; readonly fix: string } {
  const answered =
    intent.kind === 'malformed-header'
      ? 'ignore what cannot be read, or answer 400'
      : 'answer with a documented status';
  const fix = `Find the exception in the log of this moment, handle its cause where it arises, and ${answered}.`;
  if (response !== undefined)
    return {
      detail:
        'A status from 500 on says that the backend itself failed. Whatever a client sends, the backend must stay in control: answer what is wrong with the request, or do what it asks.',
      fix,
    };
  if (error?.kind === 'overlong')
    return {
      detail:
        'The client takes what comes after the end for the beginning of the next answer on that connection, or gives the connection up. Behind a proxy it may be the answer to somebody else.',
      fix: 'Let the server count the bytes of the body, or count them where they are sent: of the encoded text, not of its characters, and after whatever compresses or changes it.',
    };
  return { detail: 'Every request deserves an answer. One that gets none looks like an outage to its client.', fix };
}

function wordsFor(intent: Intent): string {
  switch (intent.kind) {
    case 'invalid':
      return `an invalid request (${intent.violation.description})`;
    case 'unknown-cursor':
      return 'a cursor that it never gave';
    case 'in-use':
      return `a valid request for one that ${intent.by} refer to`;
    case 'wrong-password':
      return 'a login with a wrong password';
    case 'malformed-header':
      return `a request that is valid but for ${intent.header === null ? 'several malformed header fields' : `a malformed ${intent.header}`}`;
    default:
      return 'a valid request';
  }
}

/** What no operation sees, for it happens before one is reached: a path that is not as it must be, a body that is not there. */
function causeOf(intent: Intent): string | null {
  if (intent.kind !== 'invalid') return null;
  const { where, pointer, keyword } = intent.violation;
  const isBefore =
    where === 'path' || (where === 'body' && pointer === '' && ['required', 'content-type'].includes(keyword));
  return isBefore ? `${where} ${keyword}` : null;
}

/** One layer below the operations mostly fails where a valid request of one method gets the very same answer everywhere, and where one field is read everywhere. */
function alikeOf({ request, response }: Exchange, intent: Intent): string | null {
  if (intent.kind === 'malformed-header') return 'field';
  const said = bodyText(response?.body).trim();
  return said === '' || !['valid', 'unknown-id'].includes(intent.kind) ? null : `${request.method} ${said}`;
}

/**
 * Over SOAP a fault comes with 500 whoever is to blame. One that says itself that the server failed, and is none that the operation declares, is
 * the backend's; to an invalid message, soap/faults tells of it.
 */
function isHonestFault(exchange: Exchange, intent: Intent): boolean {
  const fault = exchange.response?.fault;
  return fault !== undefined && (fault.blames !== 'server' || fault.declared || intent.kind !== 'valid');
}
