import { type Contract, type Identity, type Instance, type Json, nobody, type ProbeContext } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../data/no-lost-update.ts';
import { authenticated } from '../identity/authenticated.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';

const content = (schema: Json): Json => ({ 'application/json': { schema } });
const object = (properties: Readonly<Record<string, Json>>): Json => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
});
const integer = { type: 'integer' };
const parameters = [{ name: 'id', in: 'path', required: true, schema: integer }];

/** A thing that is made with `made`, shows `shown`, and takes one POST below its address. */
function contractWith(made: Json, shown: Json, action: string, moved: Json | null, status: number): Contract {
  const answer = { description: 'It', content: content(shown) };
  return contractOf({
    '/things': {
      post: {
        operationId: 'make',
        requestBody: { required: true, content: content(made) },
        responses: { 201: answer },
      },
    },
    '/things/{id}': { parameters, get: { operationId: 'read', responses: { 200: answer } } },
    [`/things/{id}/${action}`]: {
      parameters,
      post: {
        operationId: action,
        ...(moved === null ? {} : { requestBody: { required: true, content: content(moved) } }),
        responses: { [status]: { description: 'Done' }, 409: { description: 'No' } },
      },
    },
  });
}

type Thing = Record<string, number>;

/** What the check says of a backend that keeps things (null: it takes no more of them) and does `act` with one of them. */
async function told(
  contract: Contract,
  begin: (sent: Readonly<Record<string, unknown>>) => Thing | null,
  act: (thing: Thing, sent: Readonly<Record<string, unknown>>, who: string, path: string) => Promise<number>,
  identities: ProbeContext['identities'] = nobody,
  show: (thing: Thing) => Json = (thing) => thing,
) {
  const kept: Thing[] = [];
  const backend = await served(async ({ method, path, json, request }, response) => {
    const answer = (status: number, body: Json = {}) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const thing = kept[Number(path.split('/')[2]) - 1];
    if (thing === undefined) {
      const begun = begin(json);
      if (begun === null) return answer(409);
      const made = { id: kept.length + 1, ...begun };
      kept.push(made);
      return answer(201, show(made));
    }
    if (method === 'GET') return answer(200, show(thing));
    return answer(await act(thing, json, String(request.headers['x-who']), path));
  });
  const sending: Instance = {
    ...backend,
    send: (sent, options) => backend.send(sent.as == null ? sent : authenticated(sent, sent.as), options),
  };
  return judged(check, await check.probe(contextOf(contract, sending, { identities })), contract);
}

/** A moment in which another request comes in between. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('a sum', () => {
  const amount = object({ amount: { type: 'integer', minimum: 1, maximum: 9 } });
  const shown = object({ id: integer, balance: integer, changed: integer, seen: integer, ttl: integer });
  const deposits = contractWith(object({ name: { type: 'string' } }), shown, 'deposits', amount, 201);

  /** In turn, two requests leave some numbers alone that they move at the same time, and the other way round. */
  const depositing = async (take: (wallet: Thing, amount: number) => Promise<void>) => {
    let busy = 0;
    return told(
      deposits,
      () => ({ balance: 0, changed: 0, seen: Math.floor(Date.now() / 1000), ttl: 60 }),
      async (wallet, { amount }) => {
        const move = (name: string, by: number) => (wallet[name] = (wallet[name] ?? 0) + by);
        move('changed', busy);
        move('seen', 1 - busy);
        move('ttl', busy - 1);
        busy = 1;
        await take(wallet, Number(amount));
        busy = 0;
        return 201;
      },
    );
  };

  it('does not lose what goes on by itself', async () => {
    const inOneStep = async (wallet: Thing, amount: number) => {
      await turn();
      wallet['balance'] = (wallet['balance'] ?? 0) + amount;
    };
    expect(await depositing(inOneStep)).toMatchObject({ status: 'passed', findings: [] });
  });

  it('loses what is computed from an old reading', async () => {
    const inTwoSteps = async (wallet: Thing, amount: number) => {
      const was = wallet['balance'] ?? 0;
      await turn();
      wallet['balance'] = was + amount;
    };
    expect((await depositing(inTwoSteps)).findings).toMatchObject([
      { key: 'deposits sum', title: expect.stringMatching(/things\/balance shows only part of them$/) },
    ]);
  });
});

describe('a sum that is hard to reach', () => {
  const name = object({ name: { type: 'string' } });
  const amount = { type: 'integer', minimum: 1, maximum: 9 };
  const shown = object({ id: integer, balance: integer });
  const deposits = contractWith(name, shown, 'deposits', object({ amount }), 201);
  const add = async (wallet: Thing, by: unknown, isOneStep: boolean) => {
    const was = wallet['balance'] ?? 0;
    await turn();
    wallet['balance'] = (isOneStep ? (wallet['balance'] ?? 0) : was) + Number(by);
    return 201;
  };
  const both = async (tell: (isOneStep: boolean) => ReturnType<typeof told>) => {
    expect((await tell(false)).findings).toMatchObject([{ key: 'deposits sum' }]);
    expect(await tell(true)).toMatchObject({ status: 'passed', findings: [] });
  };

  it('is lost where each request must have a text of its own', async () => {
    const receipts = object({ amount, receipt: { type: 'string', minLength: 1 } });
    await both((isOneStep) => {
      const known = new Set<unknown>();
      return told(
        contractWith(name, shown, 'deposits', receipts, 201),
        () => ({ balance: 0 }),
        async (wallet, sent) => {
          if (known.has(sent['receipt'])) return 409;
          known.add(sent['receipt']);
          return add(wallet, sent['amount'], isOneStep);
        },
      );
    });
  });

  it('is lost where there may be one thing of its kind', () =>
    both((isOneStep) => {
      let made = 0;
      return told(
        deposits,
        () => ((made += 1) > 1 ? null : { balance: 0 }),
        (wallet, sent) => add(wallet, sent['amount'], isOneStep),
      );
    }));

  it('is not lost where it is rounded and moves by more or less each time', async () => {
    for (const places of [28, 55, 140]) {
      let made = 0;
      const rounded = await told(
        deposits,
        () => ((made += 1) > 1 ? null : { arrived: 0 }),
        async (zone) => {
          await turn();
          zone['arrived'] = (zone['arrived'] ?? 0) + 1;
          return 201;
        },
        nobody,
        ({ id = 0, arrived = 0 }) => ({ id, balance: Math.round((100 * arrived) / places) }),
      );
      expect(rounded.findings).toEqual([]);
    }
  });

  it('is lost where the thing must be opened first', () =>
    both((isOneStep) => {
      const open = contractWith(name, shown, 'open', null, 200);
      const contract = {
        ...deposits,
        operations: [...deposits.operations, ...open.operations.filter(({ id }) => id === 'open')],
      };
      return told(
        contract,
        () => ({ balance: 0, isOpen: 0 }),
        async (wallet, sent, _who, path) => {
          if (path.endsWith('/open')) {
            wallet['isOpen'] = 1;
            return 200;
          }
          return wallet['isOpen'] === 1 ? add(wallet, sent['amount'], isOneStep) : 404;
        },
      );
    }));

  it('is lost where it stands in a list', () =>
    both((isOneStep) =>
      told(
        contractWith(name, object({ id: integer }), 'deposits', object({ amount }), 201),
        () => ({ balance: 0 }),
        (wallet, sent) => add(wallet, sent['amount'], isOneStep),
        nobody,
        ({ id = 0, balance = 0 }) => ({ id, pockets: [{ currency: 'EUR', balance }] }),
      ),
    ));
});

describe('what one can do once', () => {
  const people = (): ProbeContext['identities'] => {
    let number = 0;
    const somebody = async (): Promise<Identity> => {
      number += 1;
      const name = `user-${number}`;
      const headers = [['x-who', name]] as const;
      const nothing = { role: null, query: [], token: null, profile: undefined, exchanges: [] };
      return { name, login: name, password: name, headers, ...nothing };
    };
    const usual = somebody();
    return { unavailable: null, usual: () => usual, another: somebody };
  };

  it('is counted for two people', async () => {
    const shown = object({ id: integer, likes: integer });
    const articles = contractWith(object({ title: { type: 'string' } }), shown, 'favorite', null, 200);
    const liking = (add: (article: Thing) => Promise<void>) => {
      const known = new Set<string>();
      return told(
        articles,
        () => ({ likes: 0 }),
        async (article, _sent, who) => {
          const like = `${who} ${article['id']}`;
          if (!known.has(like)) {
            known.add(like);
            await add(article);
          }
          return 200;
        },
        people(),
      );
    };
    const inTwoSteps = async (article: Thing) => {
      const was = article['likes'] ?? 0;
      await turn();
      article['likes'] = was + 1;
    };
    const inOneStep = async (article: Thing) => {
      await turn();
      article['likes'] = (article['likes'] ?? 0) + 1;
    };
    expect((await liking(inTwoSteps)).findings).toMatchObject([{ key: 'favorite sum' }]);
    expect(await liking(inOneStep)).toMatchObject({ status: 'passed', findings: [] });
  });
});

describe('what is only accepted', () => {
  it('proves nothing: whoever does it decides once more', async () => {
    const balance = object({ balance: { type: 'integer', const: 1000 } });
    const amount = object({ amount: { type: 'integer', minimum: 1, maximum: 100_000 } });
    const payouts = contractWith(balance, object({ id: integer, balance: integer }), 'payouts', amount, 202);
    let queue = Promise.resolve();
    const answer = await told(
      payouts,
      () => ({ balance: 1000 }),
      async (wallet, { amount }) => {
        const enough = (): boolean => (wallet['balance'] ?? 0) >= Number(amount);
        if (!enough()) return 409;
        queue = queue.then(() => {
          if (enough()) wallet['balance'] = (wallet['balance'] ?? 0) - Number(amount);
        });
        return 202;
      },
    );
    expect(answer).toMatchObject({
      status: 'undecided',
      reason: 'POST /things/1/payouts answered 202, which only accepts it',
    });
  });
});
