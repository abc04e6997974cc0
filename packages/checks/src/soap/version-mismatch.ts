import type { Check, Exchange, FindingDraft } from '@assay/contract';
import { distinct, judged, undecided } from '../kit/judgement.ts';
import { Setup } from '../kit/setup/setup.ts';
import { inNamespace } from '../kit/soap/envelope-edits.ts';
import { accepted, appliesToSoap, instead, isAnswer, onePerPort, soapOperations } from '../kit/soap/messages.ts';
import { count, outcome } from '../kit/words.ts';

/** The envelope of no version there is. */
const strange = 'http://www.w3.org/2099/soap-envelope';
const namespaces = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

interface Asked {
  readonly operation: string;
  readonly exchange: Exchange;
}

interface Evidence {
  readonly asked: readonly Asked[];
  readonly trouble: string | null;
}

/** An envelope of a version that nobody knows is refused with the fault that says so. */
export const check: Check<Evidence> = {
  id: 'soap/version-mismatch',
  claim: 'An envelope of an unknown version is refused as such',
  skill: 'apis',
  severity: 'low',
  names: { cwe: 'CWE-573' },
  needs: [],
  instance: 'shared',
  applies: appliesToSoap,
  probe: async (context) => {
    const setup = new Setup(context);
    const asked: Asked[] = [];
    let trouble: string | null = null;
    for (const operation of onePerPort(soapOperations(context))) {
      const good = await accepted(setup, operation);
      if ('trouble' in good) {
        ({ trouble } = good);
        continue;
      }
      const exchange = await setup.instance.send(
        inNamespace(good.request, namespaces[operation.soap?.version ?? '1.1'], strange),
      );
      asked.push({ operation: operation.id, exchange });
    }
    return { asked, trouble };
  },
  judge: ({ asked, trouble }) =>
    asked.length === 0
      ? undecided(trouble ?? 'no operation could be asked')
      : judged(
          distinct(asked.flatMap(complaints)),
          `${count(asked.length, 'port')} asked in an envelope of an unknown version`,
        ),
};

function complaints({ operation, exchange }: Asked): readonly FindingDraft[] {
  const { response } = exchange;
  if (response === undefined || response.status === 429 || response.fault?.blames === 'version') return [];
  const ran = isAnswer(exchange);
  return [
    {
      key: operation,
      title: `${outcome(exchange)}${instead(exchange)} to an envelope in the namespace ${strange}; the fault VersionMismatch belongs there`,
      detail: ran
        ? 'The namespace of the envelope is its version, and says how everything in it is to be read. What reads any of them alike does what was perhaps never asked.'
        : 'VersionMismatch tells a client that it speaks another SOAP than the service, and to choose another. Any other answer looks like a mistake in the message itself.',
      fix: 'Compare the namespace of the Envelope with the versions that you speak, before anything else, and answer the fault VersionMismatch (status 500).',
      operation,
      evidence: [{ kind: 'exchange', exchange }],
    },
  ];
}
