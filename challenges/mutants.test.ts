import { registry } from '@assay/checks';
import { launchChecks, listChallenges, loadChallenge, loadMutants } from '@assay/prove';
import { describe, expect, it } from 'vitest';

/** The language of each stack that a challenge has a reference in. */
const languages: Readonly<Record<string, string>> = {
  django: 'Python',
  express: 'JavaScript',
  fastapi: 'Python',
  java: 'Java',
  node: 'JavaScript',
  php: 'PHP',
};

const mutants = (
  await Promise.all(
    listChallenges().map(async (slug) =>
      loadMutants(await loadChallenge(slug)).map((mutant) => ({
        ...mutant,
        name: `${slug}/${mutant.stack}/${mutant.id}`,
      })),
    ),
  )
).flat();

/** `scenario/<id>` belongs to one challenge, which cannot ask for it in every language. */
const checks = [...launchChecks, ...registry].map(({ id }) => id);

describe('the mutants of all challenges', () => {
  it('are in stacks whose language is known', () => {
    expect(mutants.filter(({ stack }) => languages[stack] === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('name no check that there is not', () => {
    const named = mutants.flatMap(({ name, caughtBy, mayCatch = [] }) =>
      [...caughtBy, ...mayCatch]
        .filter((id) => !id.startsWith('scenario/') && !checks.includes(id))
        .map((id) => `${name}: ${id}`),
    );
    expect(named).toEqual([]);
  });

  // One mutant may be caught by what is peculiar to its stack; two in two languages show that it is the mistake.
  it.each(checks)('prove %s by two in two languages', (check) => {
    const those = mutants.filter(({ caughtBy }) => caughtBy.includes(check));
    const spoken = new Set(those.map(({ stack }) => languages[stack]));
    const has = those.map(({ name, stack }) => `${name} (${languages[stack]})`).join(', ');
    expect(
      spoken.size,
      `${check} must catch at least two mutants in two languages; it has ${has === '' ? 'none' : has}`,
    ).toBeGreaterThanOrEqual(2);
  });
});
