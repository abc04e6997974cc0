import { readContract } from '@assay/contract';
import { expect, it } from 'vitest';
import { isOpenByNature, isToldByCertificate } from './open-by-nature.ts';

/** The only operation of a contract with one rule for all. */
function only(line: string, security: readonly object[] = [{ bearer: [] }]) {
  const [method = '', path = ''] = line.split(' ');
  const contract = readContract({
    path: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      security,
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, tls: { type: 'mutualTLS' } } },
      paths: { [path]: { [method.toLowerCase()]: { responses: { '200': { description: '' } } } } },
    }),
  });
  const [operation] = contract.operations;
  if (operation === undefined) throw new Error('there is no operation');
  return { operation, contract };
}

it.each([
  ['GET /api/health', true],
  ['GET /healthz', true],
  ['GET /auth/csrf-token', true],
  ['GET /.well-known/jwks.json', true],
  ['GET /version', true],
  ['GET /api/v1/health/live', true],
  ['GET /todos/health', true],
  ['GET /me/health', false],
  ['GET /orders/ready', false],
  ['GET /streams/live', false],
  ['GET /document/version', false],
  ['DELETE /session', true],
  ['DELETE /sessions/current', true],
  ['POST /auth/logout', true],
  ['GET /health-records', false],
  ['GET /users/{id}/version', false],
  ['DELETE /sessions/{id}', false],
  ['GET /sessions', false],
  ['POST /health', false],
])('%s is open by nature: %s', (line, expected) => {
  expect(isOpenByNature(only(line).operation)).toBe(expected);
});

it('takes nothing for open that is given to a role', () => {
  expect(isOpenByNature(only('GET /health', [{ bearer: ['admin'] }]).operation)).toBe(false);
});

it.each<[readonly object[], boolean]>([
  [[{ tls: [] }], true],
  [[{ tls: [] }, { bearer: [] }], true],
  [[{ tls: [], bearer: [] }], false],
  [[{ bearer: [] }], false],
  [[{}], false],
])('%j may be told by a certificate alone: %s', (security, expected) => {
  const { operation, contract } = only('GET /items', security);
  expect(isToldByCertificate(operation, contract)).toBe(expected);
});
