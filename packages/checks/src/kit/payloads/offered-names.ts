import type { Operation, ProbeContext } from '@assay/contract';
import { showsSomebody } from '../identity/own-views.ts';
import { type BodyOffer, offerOf } from './extra-properties.ts';

/** What the request offers; for one that is not closed, also what other writes of the same kind of thing do: it may just be written carelessly. */
export function offeredNames(
  { contract, shape }: ProbeContext,
  operation: Operation,
  offer: BodyOffer,
): readonly string[] {
  const resource = shape.resources.find(({ create, replace, patch }) =>
    [create, replace, patch].includes(operation.id),
  );
  const inPath = resource?.create === resource?.replace ? operation.parameters.map(({ name }) => name) : [];
  // Who signs up may say what they may say of themselves later on.
  if (!offer.closed && operation.id === shape.signIn?.signUp?.operation) {
    const profiles = contract.operations.filter(
      ({ method, path }) => (method === 'PUT' || method === 'PATCH') && showsSomebody(path),
    );
    return [...offer.names, ...profiles.flatMap((profile) => offerOf(contract, profile)?.names ?? [])];
  }
  if (offer.closed || resource === undefined) return [...offer.names, ...inPath];
  const siblings = contract.operations.filter(({ id }) =>
    [resource.create, resource.replace, resource.patch].includes(id),
  );
  return [...offer.names, ...inPath, ...siblings.flatMap((sibling) => offerOf(contract, sibling)?.names ?? [])];
}
