import type { Operation, RecordedRequest } from '@assay/contract';

/** Whether a query says a list in the style `deepObject`. OpenAPI leaves open how that is written, so that any way of it may be refused. */
export function carriesDeepList({ target }: RecordedRequest, { parameters }: Operation): boolean {
  const asked = new URLSearchParams(target.split('?')[1] ?? '');
  return parameters.some(
    ({ in: place, style, name }) => place === 'query' && style === 'deepObject' && asked.has(`${name}[]`),
  );
}
