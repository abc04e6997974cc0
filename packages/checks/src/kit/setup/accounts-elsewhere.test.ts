import { expect, it } from 'vitest';
import { check } from '../../security/object-authorization.ts';
import { actingAs } from '../identity/acting-as.ts';
import { Setup } from './setup.ts';
import { shop, shopContract, type ShopFlaws } from './shop-for-tests.ts';
import { contextOfPeople, contractOfPeople } from '../authorization/people-for-tests.ts';
import { object, said, taken, text } from '../testing/openapi-for-tests.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';
import { accountOf, accountsElsewhere } from './accounts-elsewhere.ts';

async function told(flaws: ShopFlaws, security: Parameters<typeof shop>[1] = 'bearer') {
  const context = await shop(flaws, security);
  return judged(check, await check.probe(context), shopContract(security));
}
const keysOf = ({ findings }: Awaited<ReturnType<typeof told>>) => findings.map(({ key }) => key);

it('takes for somebody’s account what shows them their own login name', async () => {
  const context = await shop();
  const somebody = await context.identities.another(context.backend);
  if (!('token' in somebody)) throw new Error('nobody was signed in');
  const [people] = accountsElsewhere(context);
  if (people === undefined) throw new Error('there are no people');
  const setup = new Setup(context, actingAs(context.backend, somebody));
  expect(await accountOf(context, setup, people, somebody)).toMatchObject({
    resource: 'users',
    body: { email: somebody.login },
  });
  expect(await accountOf(context, setup, people, { ...somebody, login: 'nobody@example.com' })).toBeNull();
});

it('gives requests the account of whoever sends them, and none to what changes or closes one', async () => {
  const context = await shop();
  const usual = await context.identities.usual(context.backend);
  if (usual === null || !('token' in usual)) throw new Error('nobody was signed in');
  const setup = new Setup(context);
  const own = await setup.request('listOrdersOf');
  const exchange = await setup.instance.send({ ...own, as: usual });
  expect(exchange.response?.status).toBe(200);
  expect((await setup.request('getUser')).target).toBe(own.target.replace('/orders', ''));
  await expect(setup.request('deleteUser')).rejects.toThrow('no operation that creates users');
  // Nor where somebody else sends them.
  const other = new Setup(context, actingAs(context.backend, usual));
  await expect(other.request('getUser')).rejects.toThrow('no operation that creates users');
});

it('gives the account to nothing that could take something from it', async () => {
  const parameters = [{ name: 'id', in: 'path', required: true, schema: text }];
  const user = object({ id: text, email: text });
  const role = {
    put: {
      operationId: 'setRole',
      parameters,
      requestBody: taken(object({ role: text })),
      responses: { '200': said(user) },
    },
  };
  const contract = contractOfPeople({
    '/users/{id}': { get: { operationId: 'getUser', parameters, responses: { '200': said(user) } } },
    '/users/{id}/role': role,
  });
  let email: unknown = null;
  const instance = await served(({ path, json }, response) => {
    if (path === '/register') email ??= json['email'];
    const answer = path === '/login' ? { token: 't' } : { id: '7', email };
    response
      .writeHead(path === '/register' ? 201 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer));
  });
  const setup = new Setup(contextOfPeople(contract, instance));
  expect((await setup.request('getUser')).target).toBe('/users/7');
  await expect(setup.request('setRole')).rejects.toThrow('no operation that creates users');
});

it('ends where the kind that is looked for is needed to look for it', async () => {
  const at = (name: string) => [{ name, in: 'path', required: true, schema: text }];
  const made = { '201': said(object({ id: text })) };
  const member = object({ id: text, email: text });
  const contract = contractOfPeople({
    '/clubs': { post: { operationId: 'addClub', requestBody: taken(object({ memberId: text })), responses: made } },
    '/clubs/{clubId}': {
      get: { operationId: 'getClub', parameters: at('clubId'), responses: { '200': said(object({ id: text })) } },
    },
    '/clubs/{clubId}/members/{memberId}': {
      get: {
        operationId: 'getMember',
        parameters: [...at('clubId'), ...at('memberId')],
        responses: { '200': said(member) },
      },
    },
    '/payments': { post: { operationId: 'pay', requestBody: taken(object({ memberId: text })), responses: made } },
    '/payments/{id}': {
      get: { operationId: 'getPayment', parameters: at('id'), responses: { '200': said(object({ id: text })) } },
    },
  });
  const instance = await served(({ path }, response) => {
    const token = path === '/login' ? { token: 't' } : { id: '1' };
    response
      .writeHead(path === '/login' ? 200 : 201, { 'content-type': 'application/json' })
      .end(JSON.stringify(token));
  });
  await expect(new Setup(contextOfPeople(contract, instance)).make('payments')).rejects.toThrow(
    'no operation that creates',
  );
});

it('passes accounts that are closed to others', async () => {
  expect(await told({})).toMatchObject({ status: 'passed', reason: expect.stringContaining('refused by') });
});

it('finds that somebody closes the account of another one, who may not be read', async () => {
  expect(keysOf(await told({ ownerless: ['deleteUser'] }))).toEqual(['deleteUser lockout']);
});

it('finds it where profiles are public, by the login that is refused since', async () => {
  const { findings } = await told({ ownerless: ['deleteUser'], profiles: true });
  expect(findings).toMatchObject([
    { key: 'deleteUser lockout', severity: 'critical', title: expect.stringContaining('own login is refused') },
  ]);
  expect(await told({ profiles: true })).toMatchObject({ status: 'passed', findings: [] });
});

it('says nothing of logins that are refused to everybody', async () => {
  expect(keysOf(await told({ ownerless: ['deleteUser'], profiles: true, allOut: true }))).toEqual([]);
});

it('asks whoever is signed in where the contract says of nothing who may ask', async () => {
  expect(keysOf(await told({ ownerless: ['getOrder'] }, 'silent'))).toEqual(['getOrder read']);
  expect(await told({}, 'silent')).toMatchObject({ status: 'passed' });
});

it('learns nothing from a list that somebody has no scope for', async () => {
  expect(keysOf(await told({ ownerless: ['getOrder'], scopeOfFirst: true }, 'scopes'))).toEqual([]);
});

it('takes scopes for what everybody may have', async () => {
  expect(keysOf(await told({ ownerless: ['deleteOrder'] }, 'scopes'))).toEqual(['deleteOrder delete']);
  expect(await told({}, 'scopes')).toMatchObject({ status: 'passed' });
});
