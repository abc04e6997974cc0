import type { Operation, Random, RequestCase } from '@assay/contract';

export function isIdempotencyKey(parameter: { readonly in: string; readonly name: string }): boolean {
  return parameter.in === 'header' && /^(x-)?idempotency-key$/i.test(parameter.name);
}

/** The request with a new value for its Idempotency-Key, where the operation has one. */
export function withFreshKey({ parameters }: Operation, request: RequestCase, random: Random): RequestCase {
  const name = parameters.find(isIdempotencyKey)?.name;
  return name === undefined ? request : { ...request, headers: { ...request.headers, [name]: random.unique('key') } };
}
