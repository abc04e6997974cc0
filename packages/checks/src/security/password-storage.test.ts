import { createHash } from 'node:crypto';
import { type Identity, inferShape, type Json, type Statement, type Wire } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { notes } from '../kit/identity/notes-for-tests.ts';
import { object, said, taken, text } from '../kit/testing/openapi-for-tests.ts';
import { exchangeOf, judged } from '../kit/testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../kit/testing/scripted-for-tests.ts';
import { check } from './password-storage.ts';

const password = 'Quiet-Harbour7!word';
const exchange = exchangeOf('POST /register', 201, { body: { id: '1' } });

function insert(text: string, parameters: readonly string[] = []): Statement {
  return {
    id: 1,
    connection: 1,
    transaction: null,
    protocol: parameters.length > 0 ? 'extended' : 'simple',
    text,
    parameters,
    rows: 1,
    command: 'INSERT',
    startedAt: 0,
    durationMs: 1,
  };
}

const sql = 'INSERT INTO users (email, password) VALUES ($1, $2)';

/** Sign-ups, of which the third and the fourth have the password of the first, with what was stored for each. */
function evidence(first: Statement, other: Statement, twin: Statement, confirming?: Statement) {
  const signedUp = (one: Statement, own = password) => ({ password: own, exchange, writes: [one] });
  return {
    first: signedUp(first),
    other: signedUp(other, 'Another-Harbour7!'),
    twin: signedUp(twin),
    ...(confirming === undefined ? {} : { confirming: signedUp(confirming) }),
    stored: null,
    trouble: null,
  };
}

const salted = evidence(
  insert(sql, ['a@b.c', '$argon2id$aaaaaaaaaaaaaaaaaaaaaaaa']),
  insert(sql, ['d@b.c', '$argon2id$bbbbbbbbbbbbbbbbbbbbbbbb']),
  insert(sql, ['e@b.c', '$argon2id$cccccccccccccccccccccccc']),
);

describe(check.id, () => {
  it('passes salted hashes', () => {
    expect(judged(check, salted, notes)).toMatchObject({
      status: 'passed',
      reason: expect.stringContaining('two equal ones are stored differently'),
    });
  });

  it('finds the password itself, as a parameter and in the text', () => {
    for (const statement of [
      insert(sql, ['a@b.c', password]),
      insert(`INSERT INTO users VALUES ('a@b.c', '${password}')`),
    ])
      expect(
        judged(check, { ...salted, first: { password, exchange, writes: [statement] } }, notes).findings,
      ).toMatchObject([{ key: 'plain' }]);
  });

  it.each(['md5', 'sha1', 'sha256', 'sha512'])('finds %s without a salt', (hash) => {
    for (const encoding of ['hex', 'base64'] as const) {
      const digest = createHash(hash).update(password).digest(encoding);
      expect(
        judged(check, { ...salted, first: { password, exchange, writes: [insert(sql, ['a@b.c', digest])] } }, notes)
          .findings,
      ).toMatchObject([{ key: hash }]);
    }
  });

  it('finds a fast hash whose salt is written with it', () => {
    const salt = '8f14e45fceea167a5a36dedd4bea2543';
    const digest = createHash('sha256')
      .update(salt + password)
      .digest('hex');
    const old = createHash('md5').update(`x7Yq2${password}`).digest('hex');
    for (const [key, values] of [
      ['salted sha256', ['a@b.c', digest, salt]],
      ['salted md5', ['a@b.c', `md5$x7Yq2$${old}`]],
    ] as const) {
      const first = { password, exchange, writes: [insert(sql, values)] };
      expect(judged(check, { ...salted, first }, notes).findings).toMatchObject([{ key, severity: 'high' }]);
    }
    expect(judged(check, salted, notes).reason).toContain('or with one that is written beside it');
  });

  it('finds it in another column', () => {
    const { first, other, twin } = salted;
    const found = judged(
      check,
      {
        first,
        other,
        twin,
        stored: { column: 'audit.body', form: 'plain', text: password },
        trouble: null,
      },
      notes,
    );
    expect(found.findings).toMatchObject([{ key: 'plain', title: expect.stringContaining('stands in audit.body') }]);
  });

  it('finds one salt for everybody', () => {
    const same = evidence(
      insert(sql, ['a@b.c', 'fixed$aaaaaaaaaaaaaaaa']),
      insert(sql, ['d@b.c', 'fixed$bbbbbbbbbbbbbbbb']),
      insert(sql, ['e@b.c', 'fixed$aaaaaaaaaaaaaaaa']),
      insert(sql, ['f@b.c', 'fixed$aaaaaaaaaaaaaaaa']),
    );
    expect(judged(check, same, notes).findings).toMatchObject([{ key: 'same for both' }]);
    const { confirming: _none, ...unconfirmed } = same;
    expect(judged(check, unconfirmed, notes).status).toBe('undecided');
  });

  it('takes what was picked at random, and was the same for two, for no hash', () => {
    const avatars = evidence(
      insert(sql, ['a@b.c', '/avatars/of-a-dolphin.png']),
      insert(sql, ['d@b.c', '/avatars/of-an-otter.png']),
      insert(sql, ['e@b.c', '/avatars/of-a-dolphin.png']),
      insert(sql, ['f@b.c', '/avatars/of-a-badger.png']),
    );
    expect(judged(check, avatars, notes).status).toBe('passed');
  });

  it('takes no picture for a hash, however often it was picked', () => {
    const both = 'INSERT INTO users (email, password, avatar) VALUES ($1, $2, $3)';
    const of = (name: string, hash: string, avatar: string) => insert(both, [name, `$2b$10$${hash}`, avatar]);
    const [one, two] = ['/images/default-avatar-1.png', '/images/default-avatar-2.png'];
    const avatars = evidence(of('a', 'aaaa', one), of('b', 'bbbb', two), of('c', 'cccc', one), of('d', 'dddd', one));
    expect(judged(check, avatars, notes).status).toBe('passed');
  });

  it('reads a statement that a mapper says something before', () => {
    const told = insert(`/* insert for com.example.User */ -- now\n${sql}`, ['a@b.c', password]);
    expect(judged(check, { ...salted, first: { password, exchange, writes: [told] } }, notes).findings).toMatchObject([
      { key: 'plain' },
    ]);
  });

  it('takes what is the same for everybody for no hash', () => {
    const constant = evidence(
      insert(sql, ['a@b.c', 'a constant of many letters']),
      insert(sql, ['d@b.c', 'a constant of many letters']),
      insert(sql, ['e@b.c', 'a constant of many letters']),
    );
    expect(judged(check, constant, notes).status).toBe('passed');
  });

  it('leaves alone what the database hashes', () => {
    const inside = insert(`INSERT INTO users VALUES ($1, crypt($2, gen_salt('bf')))`, ['a@b.c', password]);
    expect(judged(check, { ...salted, first: { password, exchange, writes: [inside] } }, notes).status).toBe('passed');
  });

  it('says nothing where nothing is written', () => {
    expect(judged(check, { ...salted, first: { password, exchange, writes: [] } }, notes).status).toBe(
      'not-applicable',
    );
  });

  describe('where people change their passwords', () => {
    const me = object({ current_password: text, new_password: text });
    const contract = contractOf({
      '/hello': { post: { operationId: 'hello', responses: { '201': said(object({ id: text })) } } },
      '/me': {
        patch: {
          operationId: 'changeMe',
          requestBody: taken(object({ about: text })),
          responses: { '200': said(text) },
        },
      },
      '/users/{id}/password': {
        put: {
          operationId: 'changePassword',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          requestBody: taken(me),
          responses: { '204': { description: 'changed' } },
        },
      },
    } as Json);
    const person = { name: 'Ann', role: null, login: 'ann', password, headers: [], query: [], token: null };
    const somebody: Identity = { ...person, profile: { id: 'u-7' }, exchanges: [{ ...exchange, operation: 'hello' }] };

    const told = async (keep: (password: string) => string) => {
      const statements: Statement[] = [];
      const backend = scripted((line, body) => {
        const sent = body as Readonly<Record<string, string>>;
        if (line !== 'PUT /users/u-7/password' || sent['current_password'] !== password) return [403];
        statements.push(
          insert('UPDATE users SET password = $1 WHERE id = $2', [keep(sent['new_password'] ?? ''), 'u-7']),
        );
        return [204];
      });
      const wire: Partial<Wire> = {
        mark: () => statements.length,
        since: (mark) => statements.slice(mark),
        idle: async () => {},
      };
      const give = async () => somebody;
      const context = contextOf(contract, { ...backend, wire: wire as Wire, sql: async () => [] });
      const probed = await check.probe({ ...context, identities: { unavailable: null, usual: give, another: give } });
      return judged(check, { ...probed, first: salted.first }, contract);
    };

    it('looks at what is stored then as well', async () => {
      const found = await told((changed) => changed);
      expect(found.findings).toMatchObject([
        {
          key: 'plain changed by changePassword',
          title: 'The password itself went into a statement that writes when PUT /users/u-7/password changed it',
        },
      ]);
      expect(await told((changed) => `$2b$10$${Buffer.from(changed).toString('base64').slice(-20)}`)).toMatchObject({
        status: 'passed',
        reason: expect.stringContaining('nor is one that was changed (1 operation)'),
      });
    });
  });

  describe('where nobody signs up', () => {
    const staff = object({ username: text, password: text });
    const paths = {
      '/users': {
        post: { operationId: 'addUser', requestBody: taken(staff), responses: { '201': said(object({ id: text })) } },
      },
    };
    const contract = contractOf(paths as Json);

    const told = async (keep: (password: string) => string, refuseFirst = 0) => {
      const statements: Statement[] = [];
      let posts = 0;
      const backend = scripted((_line, body) => {
        posts += 1;
        if (posts <= refuseFirst) return [404];
        const sent = body as Readonly<Record<string, string>>;
        statements.push(insert(sql, [sent['username'] ?? '', keep(sent['password'] ?? '')]));
        return [201, { id: '1' }];
      });
      const wire: Partial<Wire> = {
        mark: () => statements.length,
        since: (mark) => statements.slice(mark),
        idle: async () => {},
      };
      const instance = { ...backend, wire: wire as Wire, sql: async () => [] };
      return judged(check, await check.probe(contextOf(contract, instance)), contract);
    };

    it('looks at the accounts that somebody is given', async () => {
      expect(check.applies(contract, inferShape(contract), null).applies).toBe(true);
      expect((await told((password) => password, 2)).findings).toMatchObject([
        {
          key: 'plain',
          title: 'The password itself went into a statement that writes when somebody was given an account',
        },
      ]);
      const fixed = (password: string) => createHash('sha256').update(`pepper${password}`).digest('hex');
      expect((await told(fixed)).findings).toMatchObject([{ key: 'same for both' }]);
      let salts = 0;
      const salted = (password: string) => fixed(`${(salts += 1)}${password}`);
      expect(await told(salted)).toMatchObject({
        status: 'passed',
        reason: expect.stringContaining('two equal ones are stored differently'),
      });
      expect(await told((password) => password, 9)).toMatchObject({
        status: 'not-applicable',
        reason: 'nobody could be given an account: POST /users answered 404',
      });
    });

    it('looks at the sign-up that the settings name, where there is one', async () => {
      const more = contractOf({
        ...paths,
        '/hello': { post: { operationId: 'hello', responses: { '201': said(object({ id: text })) } } },
      } as Json);
      const context = contextOf(more, { ...scripted(() => [403]), sql: async () => [] });
      const exchanges = [{ ...exchange, operation: 'hello' }];
      const headers: Identity['headers'] = [];
      const person = { name: 'Ann', role: null, login: 'ann', password, headers, query: [], token: null };
      const somebody: Identity = { ...person, profile: undefined, exchanges };
      const give = async () => somebody;
      const identities = { unavailable: null, usual: give, another: give };
      const probed = await check.probe({ ...context, identities });
      expect(probed).toMatchObject({ first: { password, exchange: exchanges[0] } });
      expect(probed.given).toBeUndefined();
    });
  });
});
