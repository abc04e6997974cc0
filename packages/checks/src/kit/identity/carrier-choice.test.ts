import { type Contract, readContract } from '@assay/contract';
import { expect, it } from 'vitest';
import { scripted } from '../testing/scripted-for-tests.ts';
import { CarrierChoice } from './carrier-choice.ts';

function contractWith(scopes: readonly string[]): Contract {
  return readContract({
    path: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Orders', version: '1' },
      components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'Authorization' } } },
      paths: {
        '/orders': {
          get: { operationId: 'listOrders', security: [{ key: scopes }], responses: { '200': { description: 'all' } } },
        },
      },
    }),
  });
}

async function chosen(scopes: readonly string[]) {
  const backend = scripted(() => [200, []]);
  const choosy = {
    ...backend,
    send: async (...[request, options]: Parameters<typeof backend.send>) =>
      request.headers?.some(([, value]) => value.startsWith('Token ')) === true
        ? backend.send(request, options)
        : scripted(() => [401]).send(request, options),
  };
  const carriers = ['Bearer x', 'Token x'].map((value) => ({
    headers: [['authorization', value] as const],
    query: [],
  }));
  const carrier = await new CarrierChoice(contractWith(scopes)).choose(choosy, carriers);
  return carrier.headers[0]?.[1];
}

it('asks an operation that everybody who is signed in may have the scope for', async () => {
  expect(await chosen([])).toBe('Token x');
  expect(await chosen(['orders:read'])).toBe('Token x');
});

it('asks none that is for an administrator', async () => {
  expect(await chosen(['admin'])).toBe('Bearer x');
});
