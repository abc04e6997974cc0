import type { Operation, RequestCase } from '@assay/contract';

/** The request without what its query may leave out: which members to show, what to join. Whether a thing is there does not hang on it. */
export function withoutOptions({ parameters }: Operation, request: RequestCase): RequestCase {
  const needed = new Set(parameters.flatMap((one) => (one.in === 'query' && one.required ? [one.name] : [])));
  return { ...request, query: Object.fromEntries(Object.entries(request.query).filter(([name]) => needed.has(name))) };
}
