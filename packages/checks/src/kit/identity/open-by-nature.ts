import type { Contract, Operation } from '@assay/contract';
import { isWayOut } from '../requests/way-out.ts';

/** The last part of a path that is read by machines, or before anybody is somebody. */
const forAnybody =
  /^(health|health[-_]?checks?|healthz|live|livez|liveness|ready|readyz|readiness|ping|version|([cx]srf)([-_]?(token|cookie))?|jwks(\.json)?|openid-configuration|(openapi|swagger)([.-](json|ya?ml))?)$/i;
/** Of these alone, what stands before them tells whether they are of the backend (`/orders/ready`, `/streams/live`). */
const ofThings = /\/(live|ready|version)$/i;
const ofTheBackend =
  /^(\/(api|rest|v\d+(\.\d+)*|info|app|probes?|k8s|actuator|auth|public|internal|system|server|service|status|monitoring|health(z|[-_]?check)?|_?management|[-_]))*\/[^/]+$/i;
/** Whose health it is. */
const ofAPerson = /\/(me|my|myself|self|profile|account|user)\//i;

/**
 * Whether an operation is open wherever people are signed in, though a contract with one rule for all operations makes no exception for it: whether the backend lives,
 * what is needed to sign in, and signing out.
 */
export function isOpenByNature({ id, method, path, roles }: Operation): boolean {
  if (path.includes('{') || roles.length > 0) return false;
  return isWayOut({ id, method, path }) || (method === 'GET' && isForAnybody(path));
}

function isForAnybody(path: string): boolean {
  if (ofAPerson.test(path) || (ofThings.test(path) && !ofTheBackend.test(path))) return false;
  return forAnybody.test(path.split('/').at(-1) ?? '');
}

/** Whether who asks may be told by a certificate alone: what is sent over plain HTTP shows nothing of that. */
export function isToldByCertificate({ security }: Operation, { securitySchemes }: Contract): boolean {
  const byCertificate = new Set(securitySchemes.filter(({ type }) => type === 'mutualTLS').map(({ name }) => name));
  return security.some((alternative) => alternative.length > 0 && alternative.every((name) => byCertificate.has(name)));
}
