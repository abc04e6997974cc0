import type { LiveIdentities } from '@assay/checks';
import type { Exchange, Identity, Instance, RequestSpec } from '@assay/contract';
import { describe, expect, test } from 'vitest';
import { sendAs } from './send-as.ts';

function identity(name: string, token: string): Identity {
  const headers = [
    ['authorization', `Bearer ${token}`],
    ['x-csrf-token', 'of the site'],
  ] as const;
  return { name, role: null, login: name, password: '', headers, query: [], token, profile: undefined, exchanges: [] };
}

const instance = { id: 'i-1' } as Instance;
const get: RequestSpec = { method: 'GET', target: '/', operation: 'read' };

/** People of whom the first has `old`, and after signing in again `new`; a backend that takes only some tokens. */
function scene(takes: readonly string[]) {
  const sent: (string | null)[] = [];
  let renewals = 0;
  let renewedOrReplaced = 0;
  const identities: LiveIdentities = {
    unavailable: null,
    signIn: null,
    another: () => Promise.resolve(identity('other', 'other')),
    usual: () => Promise.resolve(identity('usual', 'old')),
    senderOf: (_, operation) => Promise.resolve(operation === 'open' ? null : identity('usual', 'old')),
    signsOut: (operation) => operation === 'logout',
    renewed: (_, __, orNew = true) => {
      renewals += 1;
      if (orNew) renewedOrReplaced += 1;
      return Promise.resolve(identity('usual', 'new'));
    },
  };
  const send = (request: RequestSpec): Promise<Exchange> => {
    const header = request.headers?.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? null;
    sent.push(header);
    const status = takes.includes(header ?? '') ? 200 : 401;
    return Promise.resolve({
      id: 'e-1',
      check: 'test',
      instance: 'i-1',
      request: { method: request.method, target: request.target, headers: request.headers ?? [] },
      response: { status, reason: '', headers: [], body: { text: '' } },
      startedAt: 0,
      durationMs: 1,
    });
  };
  return {
    ask: (request: RequestSpec) => sendAs(request, instance, identities, send),
    sent,
    renewals: () => renewals,
    replacing: () => renewedOrReplaced,
  };
}

describe('sendAs', () => {
  test('sends as the usual identity what asks for somebody, and as nobody what does not', async () => {
    const { ask, sent } = scene(['Bearer old']);
    await ask(get);
    await ask({ ...get, operation: 'open' });
    await ask({ method: 'GET', target: '/' });
    expect(sent).toEqual(['Bearer old', null, null]);
  });

  test('lets the request say who sends it', async () => {
    const { ask, sent, renewals } = scene([]);
    await ask({ ...get, as: null });
    await ask({ ...get, as: identity('b', 'theirs') });
    await ask({ ...get, headers: [['Authorization', 'Basic x']] });
    expect(sent).toEqual([null, 'Bearer theirs', 'Basic x']);
    expect(renewals()).toBe(0);
  });

  test('sends as the usual identity what has a header against forged requests among its parameters', async () => {
    const { ask, sent } = scene(['Bearer old']);
    await ask({ ...get, headers: [['X-CSRF-Token', 'made up']] });
    expect(sent).toEqual(['Bearer old']);
  });

  test('signs in again once when the token was forgotten', async () => {
    const { ask, sent } = scene(['Bearer new']);
    expect((await ask(get)).response?.status).toBe(200);
    expect(sent).toEqual(['Bearer old', 'Bearer new']);
  });

  test('signs in again at once who was signed out, and not who was refused', async () => {
    const { ask, sent, renewals, replacing } = scene(['Bearer old']);
    await ask({ ...get, operation: 'logout' });
    expect([sent, renewals(), replacing()]).toEqual([['Bearer old'], 1, 0]);
    const refusing = scene(['Bearer other']);
    await refusing.ask({ ...get, operation: 'logout' });
    expect(refusing.sent).toEqual(['Bearer old', 'Bearer new']);
  });

  test('does not go on signing in for an operation that means something else by 401', async () => {
    const { ask, renewals } = scene([]);
    await ask(get);
    await ask(get);
    expect(renewals()).toBe(1);
  });
});
