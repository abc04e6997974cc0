import {
  encodeRequest,
  openMessageValidator,
  type Operation,
  type ProbeContext,
  type RequestCase,
  type SoapBinding,
} from '@assay/contract';

/** The HTTP method of an operation, or over SOAP, where all have one, that which it would have over REST by its name. */
export function methodOf({ method, soap }: Operation): string {
  return soap === null ? method : methods[soap.effect];
}

const methods = {
  create: 'POST',
  read: 'GET',
  list: 'GET',
  update: 'PUT',
  remove: 'DELETE',
  other: 'POST',
} as const satisfies Record<SoapBinding['effect'], string>;

/**
 * Of requests over SOAP those that are what they are meant to be by the XML Schema itself: what JSON tells apart (the number 1 and the text 1)
 * may be one in XML. Requests over plain HTTP stay all; over SOAP none do when the schemas cannot be compiled.
 */
export async function bySchema<T extends { readonly intent: { readonly kind: string }; readonly request: RequestCase }>(
  context: Pick<ProbeContext, 'contract'>,
  operation: Operation,
  planned: readonly T[],
): Promise<readonly T[]> {
  if (operation.soap === null) return planned;
  using validator = await openMessageValidator({ ...context.contract, operations: [operation] });
  if (validator.trouble(operation) !== null) return planned.filter(({ intent }) => intent.kind !== 'invalid');
  return planned.filter(({ intent, request }) => {
    const text = encodeRequest(operation, request).body;
    const isValid = typeof text === 'string' && validator.violations(operation, text).length === 0;
    return intent.kind === 'invalid' ? !isValid : isValid;
  });
}
