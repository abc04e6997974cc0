import {
  type Check,
  type Exchange,
  mediaTypeParameters,
  openMessageValidator,
  readEnvelope,
  xmlText,
} from '@assay/contract';
import { exploration } from '../kit/exploration/explore.ts';
import { atMost, distinct, judged, undecided } from '../kit/judgement.ts';
import { appliesToSoap, soapOperations } from '../kit/soap/messages.ts';
import { violationKey } from '../kit/soap/violation-key.ts';
import { count, list, outcome } from '../kit/words.ts';

interface Invalid {
  readonly operation: string;
  readonly exchange: Exchange;
  /** What is wrong with it, and where. */
  readonly flaw: string;
  /** Of what the schema does not allow: which rule, and where. */
  readonly rule?: string;
  readonly kind: 'envelope' | 'media-type' | 'element' | 'schema' | 'detail';
}

interface Evidence {
  readonly looked: number;
  readonly invalid: readonly Invalid[];
  /** Why no answer of an operation could be judged. */
  readonly trouble: readonly string[];
}

/**
 * Every answer is an envelope of the binding's version, with the element that the WSDL names, valid by its XML Schema. Of a fault, the detail is
 * held against the schema when the operation declares it.
 */
export const check: Check<Evidence> = {
  id: 'soap/envelope-valid',
  claim: 'Every answer is valid by the XML Schema',
  skill: 'apis',
  severity: 'high',
  names: { wfc: 'F200' },
  needs: [],
  instance: 'shared',
  applies: appliesToSoap,
  probe: async (context) => {
    const { probes } = await exploration(context);
    using validator = await openMessageValidator(context.contract);
    const invalid: Invalid[] = [];
    const trouble: string[] = [];
    let looked = 0;
    for (const operation of soapOperations(context)) {
      const reason = validator.trouble(operation);
      if (reason !== null) trouble.push(`${operation.id}: ${reason}`);
      for (const { exchange } of probes.filter((probe) => probe.operation === operation.id)) {
        const { response } = exchange;
        const { soap } = operation;
        // What was read of it only in part is no envelope, and says nothing of the whole.
        if (response?.body.truncatedFrom !== undefined) continue;
        if (response?.fault?.declared === true && reason === null) {
          looked += 1;
          const [first] = validator.faultViolations(operation, xmlText(response));
          if (first !== undefined)
            invalid.push({
              operation: operation.id,
              exchange,
              flaw: first.message,
              rule: violationKey(first),
              kind: 'detail',
            });
        }
        if (
          soap === null ||
          soap.output === null ||
          response === undefined ||
          response.status >= 300 ||
          response.fault !== undefined
        )
          continue;
        looked += 1;
        const add = (kind: Invalid['kind'], flaw: string, rule = '') =>
          invalid.push({ operation: operation.id, exchange, flaw, rule, kind });
        const text = xmlText(response);
        const envelope = readEnvelope(text);
        const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
        if (envelope.kind === 'none') add('envelope', envelope.reason);
        else if (envelope.version !== soap.version)
          add('envelope', `it is one of SOAP ${envelope.version}, and the binding is of SOAP ${soap.version}`);
        else if (envelope.kind !== 'answer')
          add('element', `its body is empty, where ${soap.output.element.local} belongs`);
        else if (
          envelope.element.name !== soap.output.element.local ||
          envelope.element.namespace !== soap.output.element.namespace
        )
          add(
            'element',
            `its body holds ${envelope.element.name} in the namespace ${envelope.element.namespace || '(none)'}, and the WSDL says ${soap.output.element.local} in ${soap.output.element.namespace || '(none)'}`,
          );
        else {
          const wanted = soap.version === '1.1' ? 'text/xml' : 'application/soap+xml';
          if (!isOfType(type, wanted))
            add('media-type', `its Content-Type is ${type || 'missing'}, and SOAP ${soap.version} goes as ${wanted}`);
          const [first] = reason === null ? validator.violations(operation, text) : [];
          if (first !== undefined) add('schema', first.message, violationKey(first));
        }
      }
    }
    return { looked, invalid: invalid.slice(0, 60), trouble };
  },
  judge: ({ looked, invalid, trouble }) => {
    if (looked === 0) return undecided('no answer without a fault could be read whole');
    const findings = invalid.map(({ operation, exchange, flaw, rule = '', kind }) => ({
      key: `${operation} ${kind} ${rule}`.trim(),
      title: `${outcome(exchange)} with ${kind === 'detail' ? 'a detail' : 'an envelope'} that is not as the WSDL has it: ${flaw}`,
      detail:
        'Clients of a SOAP service are generated from its WSDL. What the schema does not allow, they cannot read: the call fails at the other end, after it has been done here.',
      fix:
        kind === 'schema' || kind === 'detail'
          ? `Make the answer of ${operation} valid by the schema: the order and the namespaces of elements, formats of dates and numbers, nothing missing and nothing more. Hold answers against the schema in your tests.`
          : `Answer ${operation} with an envelope of the binding's version, its media type, and the output element that the WSDL names.`,
      operation,
      evidence: [{ kind: 'exchange' as const, exchange }],
    }));
    if (findings.length === 0 && trouble.length > 0) return undecided(list(trouble));
    return judged(atMost(3, distinct(findings)), `${count(looked, 'answer')} held against the schema`);
  },
};

/** With attachments, and from MTOM, an envelope comes as multipart/related, which says the type of what is inside. */
function isOfType(contentType: string, wanted: string): boolean {
  const bare = (type: string | undefined) => type?.split(';')[0]?.trim().toLowerCase();
  if (bare(contentType) !== 'multipart/related') return bare(contentType) === wanted;
  const parameters = mediaTypeParameters(contentType);
  const said = [parameters['start-info'], parameters.type].filter((each) => each !== undefined);
  return said.length === 0 || said.some((each) => bare(each) === wanted);
}
