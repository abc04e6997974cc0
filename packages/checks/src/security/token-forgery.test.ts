import { createHmac, generateKeyPairSync, sign, verify } from 'node:crypto';
import { inferShape, type Instance, nobody } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextOfPeople } from '../kit/authorization/people-for-tests.ts';
import { authenticated } from '../kit/identity/authenticated.ts';
import { contextWithPeople, type Flaws, notes, notesBackend, polite } from '../kit/identity/notes-for-tests.ts';
import { type Security, shop, shopContract, type ShopFlaws } from '../kit/setup/shop-for-tests.ts';
import { credentials, said, taken } from '../kit/testing/openapi-for-tests.ts';
import { judged } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../kit/testing/scripted-for-tests.ts';
import { served } from '../kit/testing/served-for-tests.ts';
import { check } from './token-forgery.ts';

async function told(flaws: Flaws) {
  const { instance } = await notesBackend(flaws);
  return judged(check, await check.probe(contextWithPeople(instance)), notes);
}

describe(check.id, () => {
  it('passes a backend that verifies', async () => {
    expect(await told({})).toMatchObject({
      status: 'passed',
      reason: expect.stringMatching(/^7 forged tokens refused/),
    });
  });

  it.each([null, 10001])('reads a refusal in the body of an answer of 200, with the code %s', async (code) => {
    const { instance } = await notesBackend({});
    const context = contextWithPeople(polite(instance, code));
    expect(judged(check, await check.probe(context), notes)).toMatchObject({
      status: 'passed',
      reason: expect.stringMatching(/^7 forged tokens refused/),
    });
  });

  it('finds one that reads without verifying', async () => {
    const { findings } = await told({ verify: 'nothing' });
    expect(findings).toHaveLength(7);
    expect(findings.map(({ key }) => key)).toContain('with the claims of somebody else and its own signature');
  });

  it('finds the algorithm none', async () => {
    expect((await told({ verify: 'not-none' })).findings).toMatchObject([
      { key: 'with the algorithm none and no signature' },
    ]);
  });

  it('finds a weak secret out, and shows what it is worth', async () => {
    expect((await told({ secret: 'notes-secret' })).findings).toMatchObject([
      { key: 'weak secret', title: expect.stringContaining('"notes-secret"') },
    ]);
  });

  it('tries an expired token where the key is known, and says so where it is not', async () => {
    const withKey = async (flaws: Flaws) => {
      const { instance } = await notesBackend({ secret: 'known to who runs it', ...flaws });
      const env = { TOKEN_KEY: 'known to who runs it' };
      return judged(check, await check.probe(contextWithPeople(instance, { env })), notes);
    };
    expect((await withKey({ expiry: 'checked' })).reason).not.toContain('could not be tried');
    expect((await withKey({ expiry: 'ignored' })).findings).toMatchObject([{ key: 'that expired long ago' }]);
    expect((await told({ expiry: 'ignored' })).reason).toContain('that an expired one is refused could not be tried');
  });

  it('says why no expired token could be made', async () => {
    expect((await told({})).reason).toContain('they hold no exp, so that no expired one could be made');
    expect((await told({ expiry: 'checked' })).reason).toContain('without the key (give it under env');
    const base64 = Buffer.from('known to who runs it').toString('base64');
    const { instance } = await notesBackend({ secret: 'known to who runs it', expiry: 'ignored' });
    const context = contextWithPeople(instance, { env: { TOKEN_KEY: base64 } });
    expect(judged(check, await check.probe(context), notes).findings).toMatchObject([{ key: 'that expired long ago' }]);
  });

  it('guesses nothing where the settings give the key in base64', async () => {
    const { instance } = await notesBackend({ secret: 'notes-secret' });
    const context = contextWithPeople(instance, { env: { KEY: Buffer.from('notes-secret').toString('base64') } });
    expect(judged(check, await check.probe(context), notes).findings).toEqual([]);
  });

  it.each([
    ['with the algorithm that the token names', true],
    ['with its own', false],
  ])('tries the published key of a backend that verifies %s', async (_, believes) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256' })}.${part({ sub: '1', exp: 4_000_000_000 })}`;
    const token = `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    const isGood = (given: string): boolean => {
      const [header = '', claims = '', signature = ''] = given.split('.');
      const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string };
      const signed = `${header}.${claims}`;
      return believes && alg === 'HS256'
        ? createHmac('sha256', pem).update(signed).digest('base64url') === signature
        : alg === 'RS256' && verify('sha256', Buffer.from(signed), publicKey, Buffer.from(signature, 'base64url'));
    };
    const backend = await served(({ path, request }, response) => {
      const isKeys = path === '/.well-known/jwks.json';
      const head = { 'content-type': 'application/json' };
      const code = isKeys || isGood(request.headers.authorization?.slice('Bearer '.length) ?? '..') ? 200 : 401;
      response
        .writeHead(code, head)
        .end(isKeys ? JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }) : '[]');
    });
    const sending: Instance = {
      ...backend,
      send: async (spec, options) => backend.send(spec.as == null ? spec : authenticated(spec, spec.as), options),
    };
    const headers = [['authorization', `Bearer ${token}`]] as const;
    const somebody = { name: 's', role: null, login: 's', password: 'p', headers, query: [], token, exchanges: [] };
    const identities = { ...nobody, another: async () => ({ ...somebody, profile: undefined }) };
    const { findings, reason } = judged(check, await check.probe(contextOf(notes, sending, { identities })), notes);
    expect(findings.map(({ key }) => key)).toEqual(
      believes ? ['signed with HS256 and the public key for its secret'] : [],
    );
    if (!believes) expect(reason).toContain('only the private key of the backend signs one');
  });

  it('makes a token that is only somebody’s id for somebody else', async () => {
    const { status, findings } = await told({ tokens: 'id in hex' });
    expect(status).toBe('failed');
    expect(findings).toMatchObject([
      {
        severity: 'critical',
        key: 'made from an id',
        title: expect.stringContaining('by writing their id in hex in place of'),
      },
    ]);
  });

  it('changes a character of a token that may be written in capitals', async () => {
    const backend = await served(({ request }, response) =>
      response.writeHead(/^bearer 0123a4567$/i.test(request.headers.authorization ?? '') ? 200 : 401).end('[]'),
    );
    const sending: Instance = {
      ...backend,
      send: async (spec, options) => backend.send(spec.as == null ? spec : authenticated(spec, spec.as), options),
    };
    const [token, headers] = ['0123a4567', [['authorization', 'Bearer 0123a4567']] as const];
    const somebody = { name: 's', role: null, login: 's', password: 'p', headers, query: [], token, exchanges: [] };
    const identities = { ...nobody, another: async () => ({ ...somebody, profile: undefined }) };
    const context = contextOf(notes, sending, { identities });
    expect(judged(check, await check.probe(context), notes).findings).toEqual([]);
  });

  describe('where a login sets several cookies', () => {
    const contract = contractOf({
      '/register': {
        post: { operationId: 'register', requestBody: taken(credentials), responses: { '201': said() } },
      },
      '/login': { post: { operationId: 'login', requestBody: taken(credentials), responses: { '200': said() } } },
      '/notes': { get: { operationId: 'listNotes', responses: { '200': said() } } },
    });

    /** @param looked how much of a session the backend looks at */
    const toldOfCookies = async (beside: string, looked = 32) => {
      const known = new Set<string>();
      const backend = await served(({ path, request }, response) => {
        if (path === '/register') return response.writeHead(201).end('{}');
        const session = /sid=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
        if (path === '/notes') return response.writeHead(known.has(session.slice(0, looked)) ? 200 : 401).end('[]');
        const made = `${known.size}`.padStart(32, '0a1b2c3d');
        known.add(made.slice(0, looked));
        return response.writeHead(200, { 'set-cookie': [`${beside}=${'x'.repeat(32)}`, `sid=${made}`] }).end('{}');
      });
      return judged(check, await check.probe(contextOfPeople(contract, backend)), contract);
    };

    it.each(['csrftoken', 'theme'])('passes a backend that does not look at %s, which is set first', async (beside) => {
      expect(await toldOfCookies(beside)).toMatchObject({ status: 'passed' });
    });

    it('finds one that looks at half of the session', async () => {
      const { findings } = await toldOfCookies('csrftoken', 8);
      expect(findings).toMatchObject([{ key: 'with one character changed' }, { key: 'cut in half' }]);
    });
  });

  it('goes on where a read cannot be asked', async () => {
    const text = { type: 'string' };
    const label = { description: '', content: { 'application/json': { schema: { properties: { id: text } } } } };
    const { operations } = contractOf({
      '/labels': {
        post: {
          operationId: 'createLabel',
          requestBody: { content: { 'application/json': { schema: { properties: { name: text } } } } },
          responses: { '201': label },
        },
      },
      '/labels/{labelId}': {
        get: {
          operationId: 'getLabel',
          parameters: [{ name: 'labelId', in: 'path', required: true, schema: text }],
          responses: { '200': label },
        },
      },
      '/shelf': {
        get: {
          operationId: 'shelf',
          parameters: [{ name: 'labelId', in: 'query', required: true, schema: text }],
          responses: { '200': { description: '' } },
        },
      },
    });
    const secured = operations.map((operation) => ({ ...operation, security: [['bearer']] }));
    const contract = { ...notes, operations: [...secured, ...notes.operations] };
    const { instance } = await notesBackend({ tokens: 'id in hex' });
    const context = contextWithPeople(instance, { contract, shape: inferShape(contract) });
    expect(judged(check, await check.probe(context), contract).findings).toMatchObject([{ key: 'made from an id' }]);
  });

  it('does not speak of credentials that are no token', () => {
    const evidence = {
      operation: '',
      genuine: null,
      kind: 'none',
      forged: [],
      guessed: null,
      impersonated: null,
      trouble: null,
    } as const;
    expect(judged(check, evidence, notes).status).toBe('not-applicable');
  });
});

describe('what takes a token', () => {
  const toldOf = async (flaws: ShopFlaws, security: Security) => {
    const context = await shop(flaws, security);
    return judged(check, await check.probe(context), shopContract(security));
  };

  it('is found where the contract says of nothing who may ask', async () => {
    expect(check.applies(shopContract('silent'), inferShape(shopContract('silent')), null)).toMatchObject({
      applies: true,
    });
    expect((await toldOf({}, 'silent')).findings).toMatchObject([{ key: 'made from an id' }]);
    expect(await toldOf({ open: true }, 'silent')).toMatchObject({ status: 'not-applicable' });
  });

  it('is found where everything has a scope', async () => {
    expect((await toldOf({}, 'scopes')).findings).toMatchObject([{ key: 'made from an id' }]);
  });
});
