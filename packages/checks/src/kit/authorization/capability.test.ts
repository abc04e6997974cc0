import { randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '@assay/contract';
import { expect, it } from 'vitest';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { isCapability } from './capability.ts';
import { contextOfPeople, contractOfPeople, twoPeople } from './people-for-tests.ts';
import { trespasses } from './trespass.ts';

const uuid = '5ec0de00-0000-4000-8000-123456789abc';

it.each<[string, Json, Json | undefined]>([
  ['orderCode', '7F3KQ9ZX', { id: 1 }],
  ['token', 'aZ3-kqP0sLxV', { token: 'aZ3-kqP0sLxV' }],
  ['inviteCode', '482913', { id: 1 }],
  ['share_id', uuid, { id: 7, share_id: uuid }],
  ['token', uuid, undefined],
  ['couponcode', 'K7F3QZ', {}],
  ['shareID', 'aZ3-kqP0sLxV', {}],
  ['joinCode', 'QWEABC128394', {}],
])('takes %s = %s for what is handed on', (parameter, value, body) => {
  expect(isCapability(parameter, value, { body })).toBe(true);
});

it.each<[string, Json, Json]>([
  ['id', 'aZ3-kqP0sLxV', { id: 'aZ3-kqP0sLxV' }],
  ['orderCode', 41, { orderCode: 41 }],
  ['hash', uuid, { id: uuid }],
  ['hash', uuid, { data: { id: uuid } }],
  ['codeId', uuid, {}],
  ['permalink', 'my-diary-of-spring', {}],
  ['orderCode', 'ORD-000042', {}],
  ['bookingCode', 'INV-2024-0007', {}],
  ['patientCode', 'P00012', {}],
  ['code', '100001', {}],
  ['projectCode', 'WEB', {}],
  ['barcode', '4006381333931', {}],
  ['country_code', 'Liechtenstein', {}],
])('takes %s = %s for an id like any other', (parameter, value, body) => {
  expect(isCapability(parameter, value, { body })).toBe(false);
});

it('knows what was sent again, but for what is made to be told', () => {
  const chosen = { sent: { title: 'Ribbon of copper' } };
  expect(isCapability('code', 'ribbon-of-copper', chosen)).toBe(false);
  expect(isCapability('code', 'ribbon-of-copper', { ...chosen, resource: 'coupons' })).toBe(true);
  expect(isCapability('inviteCode', 'ABCD', {})).toBe(true);
});

/** What another one is told to be forbidden, where people make things at `/gifts` that stand in their own lists, and whoever has the code redeems one. */
async function grounds(name: string, isReadByAll: boolean) {
  const gift = object({ [name]: text, title: text });
  const at = (path: string, operation: JsonObject) => ({
    [path]: { parameters: [{ name, in: 'path', required: true, schema: text }], ...operation },
  });
  const contract = contractOfPeople({
    '/gifts': {
      post: {
        operationId: 'makeGift',
        requestBody: taken(object({ title: text })),
        responses: { '201': said(gift) },
      },
      get: { operationId: 'listGifts', responses: { '200': said({ type: 'array', items: gift }) } },
    },
    ...at(`/gifts/{${name}}`, { get: { operationId: 'readGift', responses: { '200': said(gift) } } }),
    ...at(`/gifts/{${name}}/open`, { post: { operationId: 'openGift', responses: { '200': said(gift) } } }),
  });
  const gifts: JsonObject[] = [];
  const backend = await served(({ method, path, json, request }, response) => {
    const answer = (status: number, value?: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value ?? {}));
    if (path === '/register') return answer(201);
    if (path === '/login') return answer(200, { token: `token of ${String(json['email'])}` });
    const owner = request.headers.authorization ?? '';
    const [, , which, deed] = path.split('/');
    if (method === 'POST' && which === undefined) {
      gifts.push({ title: String(json['title']), [name]: randomBytes(12).toString('base64url'), owner });
      return answer(201, gifts.at(-1));
    }
    if (which === undefined)
      return answer(
        200,
        gifts.filter((one) => one['owner'] === owner),
      );
    const found = gifts.find((one) => one[name] === which);
    if (found === undefined) return answer(404);
    return deed === undefined && !isReadByAll && found['owner'] !== owner ? answer(404) : answer(200, found);
  });
  const context = contextOfPeople(contract, backend);
  const { tried } = await trespasses(context, ...(await twoPeople(context)));
  return (operation: string) =>
    new Set(tried.filter((one) => one.operation === operation).flatMap((one) => one.grounds));
}

it('leaves what a code opens to whoever has it', async () => {
  expect((await grounds('code', true))('readGift')).toEqual(new Set());
  expect((await grounds('code', false))('openGift')).toEqual(new Set());
  expect((await grounds('id', true))('readGift')).toEqual(new Set(['list']));
  expect((await grounds('id', false))('openGift')).toEqual(new Set(['hidden']));
});
