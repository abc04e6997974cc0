import { type Exchange, type Operation, type RequestSpec, responseHeaderOf } from '@assay/contract';

/** The request without If-Match and its like: a condition holds one time and fails the next, or is answered with 304, which holds nothing to read. */
export function withoutConditions(spec: RequestSpec): RequestSpec {
  return { ...spec, headers: (spec.headers ?? []).filter(([name]) => !/^if-/i.test(name)) };
}

/**
 * The request without conditions, but for an If-Match that the contract asks for: without it the request would be refused (428). It has the entity tag of a read just
 * before, and `*` where there is none.
 */
export function withNeededTag({ parameters }: Operation, spec: RequestSpec, read: Exchange | null): RequestSpec {
  const bare = withoutConditions(spec);
  const needed = parameters.find(
    ({ in: at, name, required }) => at === 'header' && required && /^if-match$/i.test(name),
  );
  const tag = (read === null ? undefined : responseHeaderOf(read, 'etag')) ?? '*';
  return needed === undefined ? bare : { ...bare, headers: [...(bare.headers ?? []), [needed.name, tag]] };
}
