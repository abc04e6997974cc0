import type { Check, Exchange, FindingDraft } from '@assay/contract';
import { exploration } from '../kit/exploration/explore.ts';
import { atMost, distinct, judged, toldOnce, undecided } from '../kit/judgement.ts';
import { Setup } from '../kit/setup/setup.ts';
import { cutShort } from '../kit/soap/envelope-edits.ts';
import {
  accepted,
  appliesToSoap,
  instead,
  isAnswer,
  isOneWay,
  onePerPort,
  soapOperations,
} from '../kit/soap/messages.ts';
import { isAboutHeaders, saysNothing } from '../kit/soap/refusals.ts';
import { count, list, outcome } from '../kit/words.ts';

interface Refused {
  readonly operation: string;
  readonly version: '1.1' | '1.2';
  readonly flaw: string;
  /** What is violated and where; `malformed` for a message that is no XML. */
  readonly key: string;
  readonly exchange: Exchange;
}

interface Evidence {
  readonly looked: number;
  readonly suspects: readonly Refused[];
  /** Why an operation says nothing of how it refuses. */
  readonly silent?: readonly string[];
}

/** A message that the schema does not allow is refused with a fault that blames its sender: never done, never a page, never the server's own failure. */
export const check: Check<Evidence> = {
  id: 'soap/faults',
  claim: 'A message that the schema forbids is answered with a fault that blames its sender',
  skill: 'apis',
  severity: 'medium',
  names: { cwe: 'CWE-20', wfc: 'F206' },
  needs: [],
  instance: 'shared',
  applies: appliesToSoap,
  probe: async (context) => {
    const { probes } = await exploration(context);
    const suspects: Refused[] = [];
    let looked = 0;
    const silent: string[] = [];
    for (const operation of soapOperations(context)) {
      const { id, soap } = operation;
      const own = probes.filter((probe) => probe.operation === id);
      const reason = saysNothing(operation, own);
      if (reason !== null) silent.push(reason);
      for (const { exchange, intent, ended } of reason === null ? own : []) {
        if (
          exchange.operation !== id ||
          intent.kind !== 'invalid' ||
          soap === null ||
          ended ||
          exchange.response === undefined ||
          (isOneWay(operation) && isAnswer(exchange))
        )
          continue;
        looked += 1;
        const { where, parameter, pointer, keyword, description } = intent.violation;
        const refused = {
          operation: id,
          version: soap.version,
          flaw: description,
          key: `${where} ${parameter ?? ''}${pointer} ${keyword}`,
          exchange,
        };
        if (complaints(refused).length > 0) suspects.push(refused);
      }
    }
    const setup = new Setup(context);
    for (const operation of onePerPort(soapOperations(context))) {
      const good = await accepted(setup, operation);
      if ('trouble' in good || operation.soap === null) continue;
      looked += 1;
      const exchange = await setup.instance.send(cutShort(good.request));
      const { version } = operation.soap;
      const flaw = 'the message ends in its middle';
      const refused = { operation: operation.id, version, flaw, key: malformed, exchange };
      if (complaints(refused).length > 0) suspects.push(refused);
    }
    return { looked, suspects: suspects.slice(-80), silent };
  },
  judge: ({ looked, suspects, silent = [] }) =>
    looked === 0
      ? undecided(
          silent.length > 0
            ? list([...new Set(silent)].slice(0, 2))
            : 'no message could be made that the schema forbids',
        )
      : judged(
          atMost(4, toldOnce(distinct(suspects.flatMap(complaints)))),
          `${count(looked, 'invalid message')} refused with a fault`,
        ),
};

const malformed = 'malformed';

function complaints({ operation, version, flaw, key, exchange }: Refused): readonly FindingDraft[] {
  const { response } = exchange;
  if (response === undefined || response.status === 401 || response.status === 403 || response.status === 429)
    return [];
  const [wanted, statuses] =
    version === '1.1' ? (['soap:Client', [500]] as const) : (['env:Sender', [400, 500]] as const);
  const tell = (what: string, title: string, detail: string, fix: string): readonly FindingDraft[] => [
    {
      key: `${operation} ${what}`,
      title: `${outcome(exchange)}${title}`,
      detail,
      fix,
      operation,
      evidence: [{ kind: 'exchange', exchange }],
    },
  ];
  const { fault } = response;
  // What asks for something in the header has not looked at the body.
  if (fault !== undefined && isAboutHeaders(fault)) return [];
  // What is no XML is no SOAP either, and HTTP has a status of its own for it.
  if (key === malformed && fault === undefined && response.status >= 400 && response.status < 500) return [];
  const validate = `Hold messages to ${operation} against the schema before acting on them, and answer what it forbids with a fault ${wanted}.`;
  if (fault === undefined) {
    return response.status < 300
      ? tell(
          `accepted ${key}`,
          `${instead(exchange)} although ${flaw}`,
          'The schema is what both sides agreed on. What is let in against it is stored, or done with something missing, and is what every later reader has to cope with.',
          validate,
        )
      : tell(
          'no fault',
          `${instead(exchange)}, where a fault belongs, although ${flaw}`,
          'A SOAP client reads faults, not pages and traces: it cannot tell its user what was wrong, and takes it for an outage.',
          `Answer errors with an envelope that holds a Fault, those of the XML parser too. ${validate}`,
        );
  }
  if (fault.version !== version)
    return tell(
      'version',
      `, which is a fault of SOAP ${fault.version}; the binding is of SOAP ${version}`,
      'A client reads an envelope in the version in which it asked.',
      `Write faults in SOAP ${version}.`,
    );
  if (fault.blames !== 'client' && !fault.declared)
    return tell(
      `blames ${fault.blames}`,
      `; ${wanted} belongs there, for ${flaw}`,
      fault.blames === 'server'
        ? 'The code says who has to do something. A client that is told of a failure of the server tries the same message again, and again.'
        : 'The code says who has to do something. From one that SOAP does not know, or that is for something else, a client cannot tell whether to mend its message or to try again.',
      `Answer ${wanted} when the message is at fault, with the namespace of the envelope before the code. ${validate}`,
    );
  if (!statuses.some((status) => status === response.status))
    return tell(
      `status ${response.status}`,
      `; over HTTP a fault of SOAP ${version} comes with ${statuses.join(' or ')}`,
      'Libraries look at the status to know whether to read a fault: with another one they take it for an answer, or for no SOAP at all.',
      `Send faults with status ${statuses.join(' or ')}.`,
    );
  return [];
}
