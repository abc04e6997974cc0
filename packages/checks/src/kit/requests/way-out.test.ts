import { describe, expect, it } from 'vitest';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { isPlainWayOut, isWayOut } from './way-out.ts';

/** The only operation of a contract. */
function only(line: string, said: object = {}) {
  const [method = '', path = ''] = line.split(' ');
  const described = { responses: { '200': { description: '' } }, ...said };
  const [operation] = contractOf({ [path]: { [method.toLowerCase()]: described } }).operations;
  if (operation === undefined) throw new Error('there is no operation');
  return operation;
}

describe('signing out', () => {
  it.each([
    'POST /logout',
    'POST /api/v1/auth/sign-out',
    'GET /users/signOff',
    'DELETE /session',
    'DELETE /sessions/current',
    'DELETE /parking/sessions/me',
    'POST /attendance/sign-out',
  ])('may be %s', (line) => {
    expect(isWayOut(only(line))).toBe(true);
  });

  it.each(['POST /catalogout', 'GET /sessions', 'DELETE /sessions/{id}', 'POST /signal-offers'])(
    'is never %s',
    (line) => {
      expect(isWayOut(only(line))).toBe(false);
    },
  );

  it.each<[string, string, object?]>([
    ['POST /logout', '/login'],
    ['POST /api/v1/auth/sign-out', ''],
    ['POST /shop/logout', '/shop/login'],
    ['DELETE /users/sign_out', '/users/sign_in'],
    ['DELETE /session', '/session'],
    ['DELETE /sessions/current', '/sessions'],
    ['DELETE /session', '/login', { summary: 'Log me out' }],
    ['DELETE /sessions', '/sessions', { description: 'Signs out.' }],
    ['DELETE /auth/token', '/auth/token', { operationId: 'logout' }],
  ])('is surely %s where people sign in at %j', (line, login, said) => {
    expect(isPlainWayOut(only(line, said), login)).toBe(true);
  });

  it.each<[string, string, object?]>([
    ['POST /attendance/sign-out', '/login', { summary: 'Record that I left the office' }],
    ['DELETE /parking/session', '/login', { summary: 'End the running parking session' }],
    ['DELETE /session', '/login', { summary: 'End the running training session' }],
    ['DELETE /sessions', '/sessions', { summary: 'End my sessions' }],
    ['DELETE /sessions', '/login', { summary: 'End all my other sessions' }],
    ['POST /logout', '/login', { summary: 'Log out of my other devices' }],
    ['POST /logout', '/login', { description: 'Signs out everywhere but here.' }],
    ['POST /auth/logoutElsewhere', '/login'],
    ['POST /logout-others', '/login'],
    ['POST /users/{id}/logout', '/login'],
    ['POST /logout', '/login', { requestBody: { content: { 'application/json': { schema: {} } } } }],
  ])('is not surely %s where people sign in at %j', (line, login, said) => {
    expect(isPlainWayOut(only(line, said), login)).toBe(false);
  });
});
