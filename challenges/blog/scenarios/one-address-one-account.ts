import type { Scenario, ScenarioContext } from '@assay/contract';
import { ask, newPerson } from './people.ts';

/** A look before the insert may go well by luck, so it is tried several times. */
const rounds = 4;
const rivals = 6;

export const oneAddressOneAccount: Scenario = {
  id: 'one-address-one-account',
  claim: 'Of several who ask for the same address or slug at once, one gets it',
  fix: 'Let a unique index decide (on `lower(email)`, and on `slug`), and turn its violation into 409.',
  skill: 'databases',
  severity: 'high',
  async run(context: ScenarioContext) {
    const person = await newPerson(context);
    const shouted = { email: person.email.toUpperCase(), password: 'a long enough password', name: 'Twin' };
    const twin = await context.request('POST', '/users', { body: shouted });
    context.expect(
      twin.status === 409,
      `Signing up with a taken address in capitals answered ${twin.status}; expected 409`,
    );
    for (let round = 0; round < rounds; round += 1) {
      const email = `${context.random.unique('rival')}@example.org`;
      const slug = context.random.unique('rival-').toLowerCase();
      const user = { email, password: 'a long enough password', name: 'Rival' };
      const article = { slug, title: 'Rival', text: '' };
      const users = await Promise.all(times(() => context.request('POST', '/users', { body: user })));
      const articles = await Promise.all(times(() => ask(context, person, 'POST', '/articles', { body: article })));
      for (const [what, answers] of [
        ['address', users],
        ['slug', articles],
      ] as const) {
        const won = answers.filter(({ status }) => status === 201).length;
        context.expect(won === 1, `Of ${rivals} who asked for the same ${what} at once, ${won} got it`);
        context.expect(
          answers.every(({ status }) => status === 201 || status === 409),
          `Of ${rivals} who asked for the same ${what} at once, one was told neither 201 nor 409`,
          { expected: [201, 409], actual: answers.map(({ status }) => status) },
        );
      }
    }
  },
};

const times = <T>(make: () => Promise<T>): readonly Promise<T>[] => Array.from({ length: rivals }, make);
