import { type Check, type Exchange, type FindingDraft, type Operation, type RequestSpec } from '@assay/contract';
import { distinct, judged, undecided } from '../kit/judgement.ts';
import { Setup } from '../kit/setup/setup.ts';
import { withHeader } from '../kit/soap/envelope-edits.ts';
import { accepted, appliesToSoap, instead, isAnswer, onePerPort, soapOperations } from '../kit/soap/messages.ts';
import { count, outcome } from '../kit/words.ts';

interface Asked {
  readonly operation: string;
  readonly optional: Exchange;
  readonly mandatory: Exchange;
  /** The message without any such block is answered once more. */
  readonly isRepeatable?: boolean;
}

interface Evidence {
  readonly asked: readonly Asked[];
  readonly trouble: string | null;
}

/** A header block that nobody knows is refused when it must be understood, and passed over when it need not be. */
export const check: Check<Evidence> = {
  id: 'soap/must-understand',
  claim: 'A header block that must be understood and is not is refused',
  skill: 'apis',
  severity: 'medium',
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
      const send = (must: boolean) => setup.instance.send(withBlock(good.request, operation, must));
      const optional = await send(false);
      // What can be done but once is refused the second time, whatever its header says.
      const isRepeatable = isAnswer(optional) || isAnswer(await setup.instance.send(good.request));
      asked.push({ operation: operation.id, optional, mandatory: await send(true), isRepeatable });
    }
    return { asked, trouble };
  },
  judge: ({ asked, trouble }) =>
    asked.length === 0
      ? undecided(trouble ?? 'no operation could be asked')
      : judged(
          distinct(asked.flatMap(complaints)),
          `${count(asked.length, 'port')} asked with a header block that nobody knows`,
        ),
};

function withBlock(request: RequestSpec, operation: Operation, must: boolean): RequestSpec {
  const flag = operation.soap?.version === '1.2' ? 'true' : '1';
  return withHeader(
    request,
    `<a:audit xmlns:a="urn:assay:unknown"${must ? ` soap:mustUnderstand="${flag}"` : ''}>yes</a:audit>`,
  );
}

function complaints({ operation, optional, mandatory, isRepeatable = true }: Asked): readonly FindingDraft[] {
  const found: FindingDraft[] = [];
  if (isRepeatable && !isAnswer(optional) && optional.response !== undefined && optional.response.status !== 429)
    found.push({
      key: `${operation} optional`,
      title: `${outcome(optional)}${instead(optional)} to a header block that need not be understood`,
      detail:
        'Intermediaries and tools add header blocks (tracing, addressing). Without mustUnderstand they are to be passed over by whoever does not know them.',
      fix: 'Pass over header blocks that you do not know unless they carry mustUnderstand.',
      operation,
      evidence: [{ kind: 'exchange', exchange: optional }],
    });
  const { response } = mandatory;
  if (response === undefined || response.status === 429 || response.fault?.blames === 'must-understand') return found;
  const ran = isAnswer(mandatory);
  if (!ran && !isRepeatable) return found;
  found.push({
    key: `${operation} mandatory`,
    title: `${outcome(mandatory)}${instead(mandatory)} to a header block with mustUnderstand that nobody knows; the fault MustUnderstand belongs there`,
    detail: ran
      ? 'mustUnderstand says: do this only when you know what the block means (a transaction, a signature, a rule of routing). It was done without, and the sender believes that it was done with.'
      : 'The code tells the sender what to leave out. Any other one looks like a mistake in the message.',
    fix: 'Before anything is done, look through the header: for a block addressed to you with mustUnderstand that you do not handle, answer the fault MustUnderstand (status 500).',
    severity: ran ? 'medium' : 'low',
    operation,
    evidence: [{ kind: 'exchange', exchange: mandatory }],
  });
  return found;
}
