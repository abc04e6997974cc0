import type { Contract, Operation } from '@assay/contract';
import { signsOut } from '../requests/text-inputs.ts';

/** The last part of a path that is read by machines, or before anybody is somebody. */
const forAnybody =
  /^(health|health[-_]?checks?|healthz|live|livez|liveness|ready|readyz|readiness|ping|version|([cx]srf)([-_]?(token|cookie))?|jwks(\.json)?|openid-configuration|(openapi|swagger)([.-](json|ya?ml))?)$/i;
const endsSession = /\/sessions?(\/(current|me))?$/i;

/**
 * Whether an operation is open wherever people are signed in, though a contract with one rule for all operations makes no exception for it: whether the backend lives,
 * what is needed to sign in, and signing out.
 */
export function isOpenByNature({ id, method, path, roles }: Operation): boolean {
  if (path.includes('{') || roles.length > 0) return false;
  return isWayOut({ id, method, path }) || (method === 'GET' && forAnybody.test(path.split('/').at(-1) ?? ''));
}

/** Whether it signs out whoever asks: what proved until then who asks may be no good afterwards. */
export function isWayOut({ id, method, path }: Pick<Operation, 'id' | 'method' | 'path'>): boolean {
  return [id, path].some((text) => signsOut.test(text)) || (method === 'DELETE' && endsSession.test(path));
}

/** Whether who asks may be told by a certificate alone: what is sent over plain HTTP shows nothing of that. */
export function isToldByCertificate({ security }: Operation, { securitySchemes }: Contract): boolean {
  const byCertificate = new Set(securitySchemes.filter(({ type }) => type === 'mutualTLS').map(({ name }) => name));
  return security.some((alternative) => alternative.length > 0 && alternative.every((name) => byCertificate.has(name)));
}
