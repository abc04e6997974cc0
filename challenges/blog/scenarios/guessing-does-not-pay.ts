import type { Scenario, ScenarioContext } from '@assay/contract';
import { expectStatus, newPerson } from './people.ts';

const allowed = 10;

export const guessingDoesNotPay: Scenario = {
  id: 'guessing-does-not-pay',
  claim: 'After ten failed attempts an address has to wait, whether somebody has it or not',
  fix: 'Count failed attempts for each address in the database, before the password is looked at; answer 429 with Retry-After after ten.',
  skill: 'apis',
  severity: 'high',
  async run(context: ScenarioContext) {
    const person = await newPerson(context);
    const bystander = await newPerson(context);
    const logIn = (email: string, password: string) =>
      context.request('POST', '/sessions', { body: { email, password } });
    const answers = [];
    for (const email of [person.email, `${context.random.unique('nobody')}@example.org`]) {
      for (let attempt = 1; attempt <= allowed; attempt += 1) {
        const { status, text } = await logIn(email, `guess number ${attempt}`);
        context.expect(status === 401, `A wrong password was answered with ${status} within the first ten attempts`);
        if (attempt === 1) answers.push(text);
      }
      await expectStatus(
        context,
        429,
        'The eleventh failed attempt is heard',
        logIn(email.toUpperCase(), 'guess number 11'),
      );
    }
    context.expect(answers[0] === answers[1], 'An unknown address and a wrong password are answered differently');
    await expectStatus(
      context,
      429,
      'The right password is heard although the address has to wait',
      logIn(person.email, person.password),
    );
    await expectStatus(
      context,
      200,
      'Failed attempts for one address keep out another',
      logIn(bystander.email, bystander.password),
    );
  },
};
