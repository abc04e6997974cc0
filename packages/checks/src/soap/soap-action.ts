import { type Check, type Exchange, type FindingDraft, openMessageValidator, type Operation } from '@assay/contract';
import { distinct, judged, notApplicable, undecided } from '../kit/judgement.ts';
import { Setup, SetupFailed } from '../kit/setup/setup.ts';
import { isAnswerOfAnother } from '../kit/soap/answer-of-another.ts';
import { withFields } from '../kit/soap/envelope-edits.ts';
import { accepted, appliesToSoap, isAnswer, onePerPort, soapOperations } from '../kit/soap/messages.ts';
import { count, outcome } from '../kit/words.ts';

interface Asked {
  readonly operation: string;
  readonly element: string;
  /** The operation whose action was sent. */
  readonly other: string;
  readonly exchange: Exchange;
  /** The elements with which the other operations of the port answer. */
  readonly others: readonly string[];
  /** The element in the answer's body; null when there is none. */
  readonly answered: string | null;
  /** The request with its own action, when the answer has the right name and holds what the other operation answers. */
  readonly disguised?: Exchange | null;
}

interface Evidence {
  readonly asked: readonly Asked[];
  readonly trouble: string | null;
  /** Ports whose operations all have one action, or none. */
  readonly alike: number;
  /** Requests that were refused with the action in quotes, as it is written, and answered without them. */
  readonly bare?: readonly { readonly operation: string; readonly refused: Exchange; readonly taken: Exchange }[];
}

/** The action of a request never makes another operation run than the one its body names. */
export const check: Check<Evidence> = {
  id: 'soap/soap-action',
  claim: 'A SOAPAction never runs another operation than the body names',
  skill: 'apis',
  severity: 'high',
  names: { cwe: 'CWE-436', owasp: 'API5:2023' },
  needs: [],
  instance: 'shared',
  applies: appliesToSoap,
  probe: async (context) => {
    const setup = new Setup(context);
    using validator = await openMessageValidator(context.contract);
    const asked: Asked[] = [];
    let trouble: string | null = null;
    let alike = 0;
    const bare: NonNullable<Evidence['bare']>[number][] = [];
    for (const operation of onePerPort(soapOperations(context))) {
      const rivals = rivalsOf(operation, soapOperations({ ...context, focus: null }));
      if (rivals.length === 0) alike += 1;
      for (const other of rivals.slice(0, 4)) {
        const good = await accepted(setup, operation);
        if ('trouble' in good) {
          ({ trouble } = good);
          const taken = await takenBare(setup, operation, soapOperations({ ...context, focus: null }));
          if (taken !== null) bare.push(taken);
          break;
        }
        const action = other.soap?.action ?? '';
        const fields: Readonly<Record<string, string>> =
          operation.soap?.version === '1.2'
            ? { 'content-type': `application/soap+xml; charset=utf-8; action="${action}"` }
            : { soapaction: `"${action}"` };
        const request = withFields(good.request, fields);
        const exchange = await setup.instance.send(request);
        const pair = { operation, other, own: good, crossed: { request, exchange } };
        const isDisguised = await isAnswerOfAnother(setup, validator, pair);
        asked.push({
          operation: operation.id,
          element: operation.soap?.output?.element.local ?? '',
          other: other.id,
          exchange,
          others: rivals.flatMap(({ soap }) => soap?.output?.element.local ?? []),
          answered: elementOf(exchange),
          disguised: isDisguised ? good.exchange : null,
        });
      }
    }
    return { asked, trouble, alike, bare };
  },
  judge: ({ asked, trouble, alike, bare = [] }) => {
    if (asked.length === 0 && bare.length === 0)
      return alike > 0 && trouble === null
        ? notApplicable('the operations have no actions that differ')
        : undecided(trouble ?? 'no operation could be asked');
    return judged(
      distinct([...asked.flatMap(complaints), ...bare.map(bareOnly)]),
      `${count(asked.length, 'request')} sent with the action of another operation`,
    );
  },
};

/** Whether what is refused with its action in quotes is answered without them: once more with them to be sure. */
async function takenBare(
  setup: Setup,
  { path, soap }: Operation,
  all: readonly Operation[],
): Promise<NonNullable<Evidence['bare']>[number] | null> {
  if (soap?.version !== '1.1') return null;
  for (const operation of all.filter((other) => other.path === path && (other.soap?.action ?? '') !== '')) {
    const request = await setup.request(operation.id).catch((error: unknown) => {
      if (error instanceof SetupFailed) return null;
      throw error;
    });
    if (request === null) continue;
    const taken = await setup.instance.send(withFields(request, { soapaction: operation.soap?.action ?? '' }));
    if (!isAnswer(taken)) continue;
    const refused = await setup.instance.send(request);
    return isAnswer(refused) || refused.response === undefined ? null : { operation: operation.id, refused, taken };
  }
  return null;
}

/** The other operations at the same address, with an action of their own. Those that answer with another element tell which one ran. */
function rivalsOf(operation: Operation, all: readonly Operation[]): readonly Operation[] {
  const { soap } = operation;
  return all.filter(
    (other) =>
      other.path === operation.path &&
      other.soap?.version === soap?.version &&
      other.soap?.action !== soap?.action &&
      other.soap?.action !== '' &&
      other.soap?.output?.element.local !== soap?.output?.element.local,
  );
}

function elementOf({ response }: Exchange): string | null {
  const text = response !== undefined && 'text' in response.body ? response.body.text : '';
  return /<(?:[\w.-]+:)?Body\b[^>]*>\s*<(?:[\w.-]+:)?([\w.-]+)/.exec(text)?.[1] ?? null;
}

function bareOnly({ operation, refused, taken }: NonNullable<Evidence['bare']>[number]): FindingDraft {
  return {
    key: `${operation} quotes`,
    title: `${outcome(refused)} to ${operation} with its SOAPAction in quotes, and answers it without them`,
    detail:
      'SOAPAction holds a URI in quotes (SOAP 1.1, section 6.1.1; WS-I Basic Profile, R1109), and so do clients made from the WSDL send it. None of them gets through: nothing else of this service could be judged.',
    fix: 'Take the quotes off before the action is compared, or choose the operation by the element in the body.',
    operation,
    evidence: [
      { kind: 'exchange', exchange: refused },
      { kind: 'exchange', exchange: taken, note: 'the same without quotes' },
    ],
  };
}

function complaints(asked: Asked): readonly FindingDraft[] {
  const { operation, other, exchange, others, answered, element, disguised = null } = asked;
  const { response } = exchange;
  if (response === undefined || response.status === 429) return [];
  const isNamed = isAnswer(exchange) && answered !== null && answered !== element && others.includes(answered);
  const ranAnother = isNamed || disguised !== null;
  const brokeDown = response.fault === undefined && response.status >= 500;
  if (!ranAnother && !brokeDown) return [];
  const came = isNamed ? `${answered}` : `${element}, and in it what ${other} answers`;
  return [
    {
      key: `${operation} ${ranAnother ? 'another' : 'no fault'}`,
      title: ranAnother
        ? `${outcome(exchange)} with ${came}: the body asks for ${operation}, and the SOAPAction of ${other} ran ${other}`
        : `${outcome(exchange)} without a fault when its SOAPAction is the one of ${other}`,
      detail: ranAnother
        ? 'Gateways and filters decide by the SOAPAction or by the body what may pass. When the service goes by the other of the two, a request that may only read is let through and deletes: this is known as SOAPAction spoofing.'
        : 'A mismatch of action and body is a mistake of the client, and deserves a fault that says so.',
      fix: 'Choose the operation by the element in the body. When the SOAPAction says another one, answer the fault Client.',
      ...(ranAnother ? {} : { severity: 'low' as const }),
      operation,
      evidence: [
        { kind: 'exchange', exchange },
        ...(disguised === null
          ? []
          : [{ kind: 'exchange' as const, exchange: disguised, note: 'the same with its own action, before' }]),
      ],
    },
  ];
}
