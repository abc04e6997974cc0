import type { RequestSpec } from '@assay/contract';

/** The request without If-Match and its like: a condition holds one time and fails the next, or is answered with 304, which holds nothing to read. */
export function withoutConditions(spec: RequestSpec): RequestSpec {
  return { ...spec, headers: (spec.headers ?? []).filter(([name]) => !/^if-/i.test(name)) };
}
