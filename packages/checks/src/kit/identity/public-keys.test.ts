import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import type { JsonWebToken } from './json-web-token.ts';
import { notes } from './notes-for-tests.ts';
import { publicKeysFor } from './public-keys.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const token = (alg: string, kid?: string): JsonWebToken => ({
  header: { alg, ...(kid === undefined ? {} : { kid }) },
  claims: {},
  parts: ['', '', ''],
});

/** What is found beside a backend that answers with a key set, with such settings. */
async function found(signed: JsonWebToken, keys: readonly object[], env: Record<string, string> = {}) {
  const backend = scripted((line) =>
    line === 'GET /.well-known/jwks.json' && keys.length > 0 ? [200, { keys: keys as never }] : [404, { error: 'no' }],
  );
  const texts = await publicKeysFor(contextOf(notes, backend, { env }), signed);
  return { texts, asked: backend.asked };
}

describe('publicKeysFor', () => {
  it('reads the published set, and of it the key that the token names', async () => {
    const keys = [
      { ...curve.publicKey.export({ format: 'jwk' }), kid: 'other' },
      { ...publicKey.export({ format: 'jwk' }), kid: 'ours' },
      { kty: 'RSA', kid: 'ours', n: 'x' },
    ];
    const { texts } = await found(token('RS256', 'ours'), keys);
    expect(texts).toContain(pem);
    expect(texts).toContain(pem.trimEnd());
    expect(texts).toContain(String(publicKey.export({ type: 'pkcs1', format: 'pem' })));
    expect((await found(token('ES256', 'other'), keys)).texts).toEqual(
      [String(curve.publicKey.export({ type: 'spki', format: 'pem' }))].flatMap((text) => [text, text.trimEnd()]),
    );
  });

  it.each([
    ['where the contract says', '/auth/jwks'],
    ['where Spring has it', '/oauth2/jwks'],
    ['where the settings of OpenID Connect say', '/realms/shop/certs'],
  ])('reads a set %s', async (_, place) => {
    const set = { keys: [publicKey.export({ format: 'jwk' })] as never };
    const backend = scripted((line) => {
      if (line === `GET ${place}`) return [200, set];
      const isSettings = line === 'GET /.well-known/openid-configuration' && place.startsWith('/realms');
      return isSettings ? [200, { jwks_uri: `https://shop.example.org${place}` }] : [404, { error: 'no' }];
    });
    const contract = contractOf({ '/auth/jwks': { get: { responses: { '200': { description: 'the keys' } } } } });
    expect(await publicKeysFor(contextOf(contract, backend), token('RS256'))).toContain(pem);
  });

  it.each([
    ['as it stands', pem],
    ['with its line ends escaped', pem.replaceAll('\n', String.raw`\n`)],
    ['in base64', Buffer.from(pem).toString('base64')],
    ['as the private key', String(privateKey.export({ type: 'pkcs8', format: 'pem' }))],
  ])('reads a setting that holds it %s', async (_, setting) => {
    const { texts } = await found(token('RS256'), [], { JWT_KEY: setting, OTHER: 'plain' });
    expect(texts).toContain(pem);
    expect(texts.filter((text) => text.includes('PRIVATE'))).toEqual([]);
  });

  it('asks nothing for a token whose secret is no public key, and finds none where there is none', async () => {
    expect(await found(token('HS256'), [], { KEY: pem })).toEqual({ texts: [], asked: [] });
    expect((await found(token('RS256'), [], { KEY: '-----BEGIN PUBLIC KEY-----\nno\n-----END' })).texts).toEqual([]);
  });
});
