import { bodyText, type Check, type Exchange, type FindingDraft, readServedWsdl, xmlText } from '@assay/contract';
import { distinct, judged, undecided } from '../kit/judgement.ts';
import { appliesToSoap, soapOperations } from '../kit/soap/messages.ts';
import { wsdlPlaces } from '../kit/soap/wsdl-places.ts';
import { count, list, outcome } from '../kit/words.ts';

interface Served {
  readonly path: string;
  readonly exchange: Exchange;
  /** The operations that the document speaks of; null when it is no WSDL. */
  readonly operations: readonly string[] | null;
  readonly expected: readonly string[];
  /** Why it is no WSDL. */
  readonly flaw: string | null;
  /** Whether it imports other documents, in which more operations may stand. */
  readonly imports?: boolean;
}

interface Evidence {
  readonly served: readonly Served[];
}

/** The service gives its own description under `?wsdl` or in a file of its address, and it is of the same operations as the contract. */
export const check: Check<Evidence> = {
  id: 'soap/wsdl-served',
  claim: 'The service serves a WSDL that describes its operations',
  skill: 'apis',
  severity: 'low',
  names: {},
  needs: [],
  instance: 'shared',
  applies: appliesToSoap,
  probe: async (context) => {
    const served: Served[] = [];
    for (const [path, operations] of Map.groupBy(soapOperations(context), (operation) => operation.path)) {
      const expected = operations.map(({ soap, id }) => soap?.name ?? id);
      const found: Served[] = [];
      for (const target of wsdlPlaces(context.contract, path, operations)) {
        const exchange = await context.backend.send({
          method: 'GET',
          target,
          headers: [['accept', 'text/xml, application/wsdl+xml, */*;q=0.1']],
        });
        found.push({ path, exchange, expected, ...described(exchange) });
        if (exchange.response === undefined || isDescribed(found.at(-1))) break;
      }
      const [first] = found;
      const one = found.find(isDescribed) ?? first;
      if (one !== undefined) served.push(one);
    }
    return { served };
  },
  judge: ({ served }) =>
    served.every(({ exchange }) => exchange.response === undefined)
      ? undecided('no answer came')
      : judged(
          distinct(served.flatMap(complaints)),
          `${count(served.length, 'address', 'addresses')} asked for a WSDL`,
        ),
};

function isWsdl(served: Served | undefined): boolean {
  return served?.exchange.response?.status === 200 && served.operations !== null && served.flaw === null;
}

/** One from the address above may be of another service: it counts when it knows what is looked for. */
function isDescribed(served: Served | undefined): boolean {
  if (served === undefined || !isWsdl(served)) return false;
  const isOwn = served.exchange.request.target.startsWith(served.path.replace(/\/$/, ''));
  return isOwn || served.expected.every((name) => served.operations?.includes(name));
}

/** Longer than what is read of an answer: its end is unknown, and with it what stands there. */
function isCut({ response }: Exchange): boolean {
  return response?.body.truncatedFrom !== undefined;
}

/** A document in several files cannot be read as a whole here, so only what it says of operations itself is looked at. */
function described(exchange: Exchange): Pick<Served, 'operations' | 'flaw' | 'imports'> {
  const { response } = exchange;
  if (response === undefined) return { operations: null, flaw: null };
  const text = xmlText(response);
  if (isCut(exchange)) return { operations: /<(?:[\w.-]+:)?definitions\b/.test(text) ? [] : null, flaw: null };
  const served = readServedWsdl(text);
  return served.ok
    ? { operations: served.operations, flaw: null, imports: served.imports }
    : { operations: null, flaw: served.flaw };
}

function complaints(served: Served): readonly FindingDraft[] {
  const { exchange, operations, expected, flaw } = served;
  const tell = (
    key: string,
    title: string,
    severity: FindingDraft['severity'],
    fix: string,
  ): readonly FindingDraft[] => [
    {
      key,
      title,
      detail:
        'Tools and people who integrate a SOAP service ask it for ?wsdl and generate their client from what comes. It has to be there, and has to be true.',
      fix,
      ...(severity === undefined ? {} : { severity }),
      evidence: [{ kind: 'exchange', exchange }],
    },
  ];
  if (exchange.response === undefined || exchange.response.status === 429) return [];
  if (operations === null || !isWsdl(served))
    return tell(
      'not served',
      `${outcome(exchange)}${flaw === null || exchange.response.status !== 200 ? ', where its WSDL belongs' : `, and that is no WSDL: ${flaw}`}`,
      undefined,
      'Answer GET with ?wsdl at the address of the service with the WSDL (text/xml), and serve what it imports beside it.',
    );
  const missing = expected.filter((name) => !operations.includes(name));
  // With an import, the operations may be described there.
  const imports = served.imports ?? /<(?:[\w.-]+:)?import\b[^>]*\blocation\s*=/.test(bodyText(exchange.response.body));
  if (missing.length === 0 || imports || isCut(exchange)) return [];
  return tell(
    'operations differ',
    `${outcome(exchange)} with a WSDL that does not know ${list(missing)}`,
    'medium',
    'Serve the same WSDL that was agreed on; generate it, or the code, from one source.',
  );
}
