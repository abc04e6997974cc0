import {
  type Contract,
  type Exchange,
  type Operation,
  type ProbeContext,
  readEnvelope,
  type RequestSpec,
  xmlText,
} from '@assay/contract';
import { applies, doesNotApply } from '../judgement.ts';
import { type Setup, SetupFailed } from '../setup/setup.ts';

export function soapOperations({ contract, focus }: Pick<ProbeContext, 'contract' | 'focus'>): readonly Operation[] {
  return contract.operations.filter(({ id, soap }) => soap !== null && (focus === null || focus === id));
}

/** For the checks of this area. */
export function appliesToSoap(contract: Contract) {
  return contract.operations.some(({ soap }) => soap !== null) ? applies : doesNotApply('the contract is no WSDL');
}

/** Whether nothing comes back by the WSDL. The WS-I Basic Profile forbids any envelope then, and a 2xx says only that the message has come (R2714, R2727). */
export function isOneWay({ soap, responses }: Operation): boolean {
  return soap !== null && soap.output === null && responses.some(({ status }) => status === '202');
}

/** One operation of each port that answers: what is decided before an operation is looked at is decided alike for all of them. */
export function onePerPort(operations: readonly Operation[]): readonly Operation[] {
  const asked = operations.filter((operation) => !isOneWay(operation));
  const ports = Map.groupBy(asked, ({ path, soap }) => `${path} ${soap?.port ?? ''}`);
  // One that only reads changes nothing when it runs although it should not.
  return [...ports.values()].flatMap(
    (all) => all.find(({ soap }) => soap?.effect === 'read' || soap?.effect === 'list') ?? all[0] ?? [],
  );
}

/** A valid request that was answered as the WSDL says, to be changed in one thing; or why there is none. */
export async function accepted(
  setup: Setup,
  operation: Operation,
): Promise<{ readonly request: RequestSpec; readonly exchange: Exchange } | { readonly trouble: string }> {
  try {
    const request = await setup.request(operation.id);
    const exchange = await setup.instance.send(request);
    if (isAnswer(exchange)) return { request, exchange };
    return { trouble: `${operation.id} answered no valid request` };
  } catch (error) {
    if (!(error instanceof SetupFailed)) throw error;
    return { trouble: error.message };
  }
}

/** Whether the exchange ended as the operation's output, not as a fault. */
export function isAnswer({ response }: Exchange): boolean {
  return response !== undefined && response.status < 300 && response.fault === undefined;
}

/** What the answer is, for a sentence that begins with `outcome`: nothing for a fault, which is named there already. */
export function instead({ response }: Exchange): string {
  if (response === undefined || response.fault !== undefined) return '';
  const text = xmlText(response);
  if (text === '') return ' without a body';
  const envelope = readEnvelope(text);
  if (envelope.kind === 'answer') return ' as if it were right';
  return envelope.kind === 'none' ? `, and the body is no SOAP envelope: ${envelope.reason}` : '';
}
