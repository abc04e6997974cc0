import { randomUUID } from 'node:crypto';
import { type Contract, type ProbeContext, readContract } from '@assay/contract';
import { contextOfPeople } from '../authorization/people-for-tests.ts';
import { credentials, object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';

const at = (name: string) => [{ name, in: 'path', required: true, schema: { type: 'string' } }];
const user = object({ id: text, email: text });
const order = object({ id: text, note: text, userId: text });

/**
 * What the contract says of who may ask: a token for all but the entrances, one that orders are also read without, nothing at all, or a scope for each
 * operation.
 */
export type Security = 'bearer' | 'readable' | 'silent' | 'scopes';

/** People who sign up at `/auth/register` and stand at `/users/{id}`, and their orders. */
export function shopContract(security: Security = 'bearer'): Contract {
  const open = security === 'silent' ? {} : { security: [] };
  const scoped = (scope: string) =>
    security === 'scopes'
      ? { security: [{ oauth: [scope] }] }
      : security === 'readable' && scope === 'orders:read'
        ? { security: [{}, { bearer: [] }] }
        : {};
  return readContract({
    path: 'openapi.json',
    text: JSON.stringify({
      openapi: '3.0.3',
      info: { title: 'Shop', version: '1' },
      ...(security === 'bearer' || security === 'readable' ? { security: [{ bearer: [] }] } : {}),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          oauth: { type: 'oauth2', flows: { password: { tokenUrl: '/auth/login', scopes: {} } } },
        },
      },
      paths: {
        '/auth/register': {
          post: { operationId: 'register', ...open, requestBody: taken(credentials), responses: { '201': said(user) } },
        },
        '/auth/login': {
          post: {
            operationId: 'login',
            ...open,
            requestBody: taken(credentials),
            responses: { '200': said(object({ token: text })), '401': said() },
          },
        },
        '/users/{id}': {
          parameters: at('id'),
          get: { operationId: 'getUser', ...scoped('users:read'), responses: { '200': said(user) } },
          delete: { operationId: 'deleteUser', ...scoped('users:write'), responses: { '204': said() } },
        },
        '/users/{userId}/orders': {
          parameters: at('userId'),
          get: {
            operationId: 'listOrdersOf',
            ...scoped('orders:read'),
            responses: { '200': said({ type: 'array', items: order }) },
          },
        },
        '/orders': {
          get: {
            operationId: 'listOrders',
            ...scoped('orders:read'),
            responses: { '200': said({ type: 'array', items: order }) },
          },
          post: {
            operationId: 'createOrder',
            ...scoped('orders:write'),
            requestBody: taken(object({ note: text })),
            responses: { '201': said(order) },
          },
        },
        '/orders/{orderId}': {
          parameters: at('orderId'),
          get: { operationId: 'getOrder', ...scoped('orders:read'), responses: { '200': said(order), '404': said() } },
          delete: { operationId: 'deleteOrder', ...scoped('orders:write'), responses: { '204': said() } },
        },
      },
    }),
  });
}

export interface ShopFlaws {
  /** Operations that do not look whose account or order it is. */
  readonly ownerless?: readonly string[];
  /** The list of somebody's orders shows others no notes. */
  readonly titles?: boolean;
  /** The list of somebody's orders is open to everybody. */
  readonly page?: boolean;
  /** Accounts are read by everybody who is signed in. */
  readonly profiles?: boolean;
  /** Nobody's login is taken any more once an account is closed. */
  readonly allOut?: boolean;
  /** Who signed up first has a scope that nobody else has, and lists orders by it. */
  readonly scopeOfFirst?: boolean;
  /** Nobody has to be signed in. */
  readonly open?: boolean;
}

/** A real HTTP backend of that contract, in memory, and a probe's context for it. */
export async function shop(flaws: ShopFlaws = {}, security: Security = 'bearer'): Promise<ProbeContext> {
  const people = new Map<string, { readonly id: string; readonly password: string }>();
  const orders = new Map<string, { readonly id: string; readonly note: string; readonly userId: string }>();
  let closed = 0;
  const instance = await served(({ method, path, json, request }, response) => {
    const answer = (status: number, value?: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const email = String(json['email']);
    if (path === '/auth/register') {
      people.set(email, { id: randomUUID(), password: String(json['password']) });
      return answer(201, { id: people.get(email)?.id, email });
    }
    if (path === '/auth/login')
      return people.get(email)?.password === json['password'] && !(flaws.allOut === true && closed > 0)
        ? answer(200, { token: `token-of-${email}` })
        : answer(401, { error: 'wrong credentials' });
    const caller = people.get((request.headers.authorization ?? '').replace('Bearer token-of-', ''));
    const [, kind, id = '', under] = path.split('/');
    const isPage = flaws.open === true || (flaws.page === true && under === 'orders');
    if (caller === undefined && !isPage) return answer(401);
    const may = (operation: string, owner: string): boolean =>
      owner === caller?.id || flaws.open === true || (flaws.ownerless ?? []).includes(operation);
    const ordersOf = (owner: string) => [...orders.values()].filter(({ userId }) => userId === owner);
    if (kind === 'users' && under === 'orders') {
      if (!isPage && !may('listOrdersOf', id)) return answer(403);
      const hidden = flaws.titles === true && id !== caller?.id;
      return answer(
        200,
        ordersOf(id).map(({ note, ...rest }) => (hidden ? rest : { ...rest, note })),
      );
    }
    if (kind === 'users') {
      const found = [...people].find(([, one]) => one.id === id);
      if (found === undefined) return answer(404);
      if (method === 'GET')
        return flaws.profiles === true || may('getUser', id) ? answer(200, { id, email: found[0] }) : answer(403);
      if (!may('deleteUser', id)) return answer(403);
      people.delete(found[0]);
      closed += 1;
      return response.writeHead(204).end();
    }
    if (kind === 'orders' && id === '') {
      if (method === 'GET' && flaws.scopeOfFirst === true && caller !== [...people.values()][0]) return answer(403);
      if (method === 'GET') return answer(200, ordersOf(caller?.id ?? ''));
      const made = { id: randomUUID(), note: String(json['note']), userId: caller?.id ?? '' };
      orders.set(made.id, made);
      return answer(201, made);
    }
    const found = orders.get(id);
    if (found === undefined || !may(method === 'GET' ? 'getOrder' : 'deleteOrder', found.userId)) return answer(404);
    if (method === 'DELETE') orders.delete(id);
    return method === 'DELETE' ? response.writeHead(204).end() : answer(200, found);
  });
  return contextOfPeople(shopContract(security), instance, { unsaid: 'the usual' });
}
