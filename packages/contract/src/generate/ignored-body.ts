import type { Contract, Operation } from '../vocabulary/operation.ts';

/**
 * Whether a backend may leave a request's body unread, so that nothing that is wrong with it can be held against an answer: HTTP gives the body of GET and HEAD
 * no meaning, and OpenAPI 3.0 has it ignored for DELETE as well (3.0.4, Operation Object). It is sent all the same, for who reads it needs it.
 */
export function mayIgnoreBody({ version }: Contract, { method, soap }: Operation): boolean {
  if (soap !== null) return false;
  return method === 'GET' || method === 'HEAD' || (method === 'DELETE' && /^(?:2|3\.0)(?:\D|$)/.test(version));
}
