import type { Exchange } from '../vocabulary/exchange.ts';
import type { Contract } from '../vocabulary/operation.ts';
import { decodeMessage, readEnvelope } from './decode-envelope.ts';
import { xmlText } from './xml-text.ts';

/**
 * The exchange with what its response says, where that is a SOAP envelope: the value, which `bodyJson` then gives as it does for JSON, or the
 * fault. Every other exchange stays as it is.
 */
export function withSoapValue(contract: Contract, exchange: Exchange): Exchange {
  const operation = contract.operations.find(({ id }) => id === exchange.operation);
  const { response } = exchange;
  if (response === undefined || operation?.soap === null || operation?.soap === undefined) return exchange;
  const { body } = response;
  if (body.truncatedFrom !== undefined) return exchange;
  const text = xmlText(response);
  const envelope = readEnvelope(text);
  if (envelope.kind === 'fault') {
    const { faults } = operation.soap;
    const declared = envelope.fault.details.some(({ namespace, local }) =>
      faults.some(({ element }) => element.namespace === namespace && element.local === local),
    );
    return { ...exchange, response: { ...response, fault: { ...envelope.fault, declared } } };
  }
  const { output, types } = operation.soap;
  if (envelope.kind !== 'answer' || output === null || envelope.element.name !== output.element.local) return exchange;
  return {
    ...exchange,
    response: {
      ...response,
      body: { text: 'text' in body ? body.text : text, value: decodeMessage(envelope.element, output, types) },
    },
  };
}
