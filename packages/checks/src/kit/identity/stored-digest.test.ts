import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { mayBeDigest } from './stored-digest.ts';

const others = { template: 'UPDATE users SET picture = $1', literals: 0 };

it.each([
  createHash('sha256').update('a').digest('hex'),
  createHash('md5').update('b').digest('hex').toUpperCase(),
  `\\x${createHash('sha1').update('c').digest('hex')}`,
  createHash('sha512').update('d').digest('base64'),
  `scrypt$16384$of-all$8$1$${createHash('sha512').update('e').digest('base64')}`,
  `$2b$10$${'N9qo8uLOickgx2ZMRZoMye'}${'IjZAgcfl7p92ldGxad68LJZdL17lhWy'}`,
])('takes %s for a digest', (value) => {
  expect(mayBeDigest({ ...others, values: [value] }, 0)).toBe(true);
});

it.each([
  '/images/default-avatar-2.png',
  'https://cdn.example.com/avatars/Blue-Otter-17.png',
  'experiment-of-the-green-button',
  'linear-gradient(45deg, #aabbcc)',
  '5ec0de00-0000-4000-8000-123456789abc',
  '2026-05-03T11:12:13.123Z',
])('takes %s for none, but where a password goes', (value) => {
  expect(mayBeDigest({ ...others, values: [value] }, 0)).toBe(false);
  const insert = { template: 'INSERT INTO "users" ("email", "password_hash") VALUES ($1, $2)', literals: 0 };
  expect(mayBeDigest({ ...insert, values: ['a@b.c', value] }, 1)).toBe(true);
  expect(mayBeDigest({ ...insert, values: [value, 'a@b.c'] }, 0)).toBe(false);
});

it('tells columns of what stands in the text', () => {
  const written = {
    template: "insert into people (name, at, password, picture) values (?, now(), lower($1, ','), ?) returning id",
    literals: 2,
    values: ['Ann Oak of the hill', '/images/default-avatar.png', 'what was sent for it'],
  };
  expect([0, 1, 2].map((index) => mayBeDigest(written, index))).toEqual([false, false, false]);
  const plain = { ...written, template: 'insert into people (picture, password) values (?, ?)' };
  expect([0, 1].map((index) => mayBeDigest(plain, index))).toEqual([false, true]);
});

it.each([
  'INSERT INTO users /* (all) */ ("a, (b)", "password_hash", picture) VALUES ($1, $2, $3)',
  'INSERT INTO users (email, -- of the person\n password_hash, picture) VALUES ($1, /* , */ $2 COLLATE "C", $3::text)',
  'INSERT INTO users (email, password_hash, picture) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3)',
])('tells columns of %s', (template) => {
  const values = ['a@b.c', 'no digest by its looks', '/assets/default-2-3f9a8c7b2d1e4f5a6b7c8d9e.png'];
  expect([0, 1, 2].map((index) => mayBeDigest({ template, literals: 0, values }, index))).toEqual([false, true, false]);
});

it.each([
  ['avatar', '/assets/default-2-3f9a8c7b2d1e4f5a6b7c8d9e.png'],
  ['tenant_id', '01J8ZK3V9Q4M2N7T5R6W8X0Y1C'],
  ['experiment_group', 'ckx3h2j9p0000qz1l8v7c6b5n'],
  ['pictureUrl', 'default_avatar_v2_2024_q1_b3.png'],
])('takes nothing in a column called %s for a digest', (column, value) => {
  const insert = (name: string) => ({
    template: `INSERT INTO users (email, ${name}) VALUES ($1, $2)`,
    literals: 0,
    values: ['a@b.c', value],
  });
  expect(mayBeDigest(insert(column), 1)).toBe(false);
  expect(mayBeDigest(insert('password_digest'), 1)).toBe(true);
});

it('reads a digest in a column of any other name', () => {
  const template = 'INSERT INTO users (email, verifier) VALUES ($1, $2)';
  const digest = createHash('sha256').update('a').digest('hex');
  expect(mayBeDigest({ template, literals: 0, values: ['a@b.c', digest] }, 1)).toBe(true);
});

it('knows the digests of many texts', () => {
  for (let time = 0; time < 200; time += 1) {
    const value = createHash('sha512').update(String(time)).digest('base64');
    expect(mayBeDigest({ ...others, values: [value] }, 0), value).toBe(true);
  }
});
