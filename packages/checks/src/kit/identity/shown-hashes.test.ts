import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contractOf } from '../testing/scripted-for-tests.ts';
import { shownHashes } from './shown-hashes.ts';

const contract = contractOf({ '/entries': { get: { responses: { '200': { description: 'ok' } } } } });
const bcrypt = `$2b$10$${'N9qo8uLOickgx2ZMRZoMye'}${'IjZAgcfl7p92ldGxad68LJZdL17lhWy'}`;

const names = (body: Json) => shownHashes(contract, exchangeOf('GET /entries', 200, { body })).map(({ name }) => name);

describe('shownHashes', () => {
  it('knows hashes of passwords by their whole form and by what they are called', () => {
    const salt = 'c29tZXNhbHQ';
    const hash = 'RdescudvJCsgt3ub+b0dWRWJTmaaJObG';
    const values = [
      bcrypt,
      `{bcrypt}${bcrypt}`,
      `$argon2id$v=19$m=65536,t=3,p=4$${salt}$${hash}`,
      `argon2$argon2id$v=19$m=102400,t=2,p=8$${salt}$${hash}`,
      `pbkdf2_sha256$870000$${salt}$${hash}=`,
      `scrypt:32768:8:1$${salt}$${'0a'.repeat(64)}`,
    ];
    for (const value of values) expect(names([{ email: 'a@example.com', password: value }])).toEqual(['password']);
    expect(names({ data: { user: { username: 'a', passwordHash: bcrypt } } })).toEqual(['passwordHash']);
  });

  it('leaves out masks, parts of a hash, other names, and what belongs to nobody', () => {
    expect(names({ email: 'a@example.com', password: '********' })).toEqual([]);
    expect(names({ email: 'a@example.com', password: bcrypt.slice(0, 29) })).toEqual([]);
    expect(names({ email: 'a@example.com', text: bcrypt })).toEqual([]);
    expect(names({ hash: bcrypt })).toEqual([]);
  });
});
