import { createHmac } from 'node:crypto';
import { isJsonObject, type JsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
import { ask, expectStatus, given, newPerson } from './people.ts';

export const tokensExpire: Scenario = {
  id: 'tokens-expire',
  claim: 'A token is good until it expires, and only when it is signed as it should be',
  fix: 'Verify tokens with a library that is told the one algorithm and the key, and that requires and checks `exp`; look the user up by `sub`.',
  skill: 'apis',
  severity: 'critical',
  async run(context: ScenarioContext) {
    const person = await newPerson(context);
    const session = await context.request('POST', '/sessions', {
      body: { email: person.email, password: person.password },
    });
    const claims = claimsOf(isJsonObject(session.json) ? String(session.json['token']) : '');
    context.expect(claims?.['sub'] === person.id, 'The claim `sub` of a token is not the id of its user');
    const { iat, exp } = claims;
    context.expect(
      typeof iat === 'number' && typeof exp === 'number' && exp > iat,
      'A token has no `exp` after its `iat`',
    );
    const told = isJsonObject(session.json) ? Date.parse(String(session.json['expiresAt'])) : Number.NaN;
    context.expect(Math.abs(told / 1000 - exp) <= 1, '`expiresAt` is not the time of `exp`', {
      expected: exp,
      actual: told / 1000,
    });

    const as = (token: string) => ask(context, { ...person, token }, 'GET', '/me');
    const hour = 3600;
    const good = { sub: person.id, iat, exp };
    await expectStatus(context, 200, 'A token signed with SECRET as documented is refused', as(signed(good)));
    const expired = { ...good, iat: iat - 2 * hour, exp: iat - hour };
    await expectStatus(context, 401, 'A token that has expired is accepted', as(signed(expired)));
    await expectStatus(context, 401, 'A token without `exp` is accepted', as(signed({ sub: person.id, iat })));
    await expectStatus(context, 401, 'A token signed with another key is accepted', as(signed(good, 'not the secret')));
    await expectStatus(context, 401, 'A token that nobody signed is accepted', as(unsigned(good)));
    const stranger = { ...good, sub: '00000000-0000-4000-8000-000000000000' };
    await expectStatus(context, 401, 'A token of somebody who does not exist is accepted', as(signed(stranger)));
  },
};

function claimsOf(token: string): JsonObject | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return isJsonObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

const encoded = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims: JsonObject, key: string = given.secret): string {
  const content = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

const unsigned = (claims: JsonObject): string => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`;
