export function isIdempotencyKey(parameter: { readonly in: string; readonly name: string }): boolean {
  return parameter.in === 'header' && /^(x-)?idempotency-key$/i.test(parameter.name);
}
