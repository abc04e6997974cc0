import { createHash, createHmac, pbkdf2Sync, randomBytes, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { saltedHash } from './salted-hash.ts';

const password = 'Quiet-Harbour7!word';
const salt = Buffer.from('8f14e45fceea167a5a36dedd4bea2543', 'hex');
const hexSalt = salt.toString('hex');
const sha = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

describe('saltedHash', () => {
  it.each([
    ['a salt before it, in another column', [sha(hexSalt, password), hexSalt]],
    ['a salt after it', [sha(password, hexSalt), hexSalt]],
    ['the salt’s bytes, kept in base64', [bytes(sha(salt, password)).toString('base64'), salt.toString('base64')]],
    ['as PostgreSQL writes bytes', [`\\x${sha(salt, password)}`, `\\x${hexSalt}`]],
    ['an HMAC', [createHmac('sha256', salt).update(password).digest('hex'), hexSalt]],
    ['one value, with colons', [`${hexSalt}:${sha(hexSalt, password)}`]],
    ['one value, with a salt that has a point in it', [`sha256$aB.3d$${sha('aB.3d', password)}`]],
    ['one value without anything between', [hexSalt + sha(salt, password), 'a@b.c']],
    ['one value without anything between, the salt as text', [sha(password, hexSalt) + hexSalt]],
    ['an object', [JSON.stringify({ hash: sha(hexSalt, password), salt: hexSalt })]],
    ['their address as the salt', ['ann@example.com', sha('ann@example.com', password)]],
  ])('finds %s', (_, values) => {
    expect(saltedHash(password, values)?.hash).toBe('sha256');
  });

  it('finds what LDAP calls SSHA, and MD5', () => {
    const digest = createHash('sha1').update(password).update(salt).digest();
    expect(saltedHash(password, [`{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`])?.hash).toBe('sha1');
    const old = createHash('md5').update(`x7Yq2${password}`).digest('hex');
    expect(saltedHash(password, ['a@b.c', `md5$x7Yq2$${old}`])).toEqual({ hash: 'md5', value: `md5$x7Yq2$${old}` });
  });

  it('leaves alone what is slow, of another password, or of something else', () => {
    const slow = [
      `pbkdf2_sha256$1000$x7Yq2$${pbkdf2Sync(password, 'x7Yq2', 1000, 32, 'sha256').toString('base64')}`,
      `scrypt:${hexSalt}:${scryptSync(password, salt, 64, { N: 16 }).toString('hex')}`,
      '$2b$12$CwTycUXWue0Thq9StjUM0uJ8TqTqTqTqTqTqTqTqTqTqTqTqTqTqT',
    ];
    for (const value of slow) expect(saltedHash(password, ['a@b.c', value, hexSalt])).toBeNull();
    expect(saltedHash(password, [sha(hexSalt, 'another'), hexSalt])).toBeNull();
    expect(saltedHash(password, [sha(randomBytes(32)), sha('ann@example.com'), 'ann@example.com'])).toBeNull();
    expect(saltedHash(password, [])).toBeNull();
  });
});
