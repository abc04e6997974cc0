import { isJsonObject, type Scenario, type ScenarioContext } from '@assay/contract';
import { admin, ask, expectStatus, listed, newPerson } from './people.ts';

export const rolesAreGiven: Scenario = {
  id: 'roles-are-given',
  claim: 'Nobody gives themselves a role, and users are listed for an admin alone',
  fix: 'Take only the documented fields from a body, by name; check the role from the database on every route that asks for one.',
  skill: 'apis',
  severity: 'critical',
  async run(context: ScenarioContext) {
    const email = `${context.random.unique('climber')}@example.org`;
    const body = { email, password: 'a long enough password', name: 'Climber', role: 'admin' };
    const refused = await context.request('POST', '/users', { body });
    context.expect(
      refused.status >= 400 && refused.status < 500,
      'Signing up with a role of one’s own choice is accepted',
    );
    const person = await newPerson(context);
    const changed = await ask(context, person, 'PATCH', '/me', { body: { role: 'admin' } });
    context.expect(changed.status >= 400 && changed.status < 500, 'Changing one’s own role is accepted');
    const me = await expectStatus(context, 200, 'GET /me fails', ask(context, person, 'GET', '/me'));
    const role = isJsonObject(me.json) ? (me.json['role'] ?? null) : null;
    context.expect(role === 'author', 'Whoever signs up is not an author', { expected: 'author', actual: role });
    await expectStatus(context, 401, 'Nobody may list the users', ask(context, null, 'GET', '/users'));
    await expectStatus(context, 403, 'An author may list the users', ask(context, person, 'GET', '/users'));
    const users = await listed(context, await admin(context), '/users?limit=1');
    context.expect(users.length === 1, 'An admin sees no users');
    context.expect(
      !/pass|hash|\$argon|\$2[aby]\$|scrypt|pbkdf2/i.test(Object.keys(users[0] ?? {}).join(' ')),
      'The list of users tells of passwords',
    );
  },
};
