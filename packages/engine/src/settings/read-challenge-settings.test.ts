import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../detect/test-folder.ts';
import { readChallengeSettings } from './read-challenge-settings.ts';

function read(source: string) {
  return readChallengeSettings(join(testFolder({ 'challenge.yaml': source }), 'challenge.yaml'));
}

test('reads who has an account, and the variables that make it so', () => {
  expect(
    read(`title: Blog
env: { ADMIN_EMAIL: root@example.com, ADMIN_PASSWORD: correct-horse }
identities: { users: [{ email: root@example.com, password: correct-horse, role: admin }] }
`),
  ).toEqual({
    env: { ADMIN_EMAIL: 'root@example.com', ADMIN_PASSWORD: 'correct-horse' },
    identities: {
      register: null,
      login: null,
      users: [{ login: 'root@example.com', password: 'correct-horse', role: 'admin' }],
    },
  });
  expect(read('title: Todo\n')).toEqual({ env: {}, identities: null });
});

test('names the place of a mistake', () => {
  expect(() => read('title: Blog\nidentities: { users: [{ email: a }] }\n')).toThrow(
    'challenge.yaml:2:23: an entry of `users` needs a `password`.',
  );
});
