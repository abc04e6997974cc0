import type { Exchange, Json, Operation, RequestSpec } from '@assay/contract';
import { expect, it } from 'vitest';
import { exchangeOf } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { isOfThePerson, oneReader } from './of-the-person.ts';

const contract = contractOf({
  '/diary': { get: { operationId: 'diary', responses: { '200': { description: 'all' } } } },
  '/me': { get: { operationId: 'me', responses: { '200': { description: 'oneself' } } } },
});

function operationOf(id: string): Operation {
  const found = contract.operations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

const identity = { name: 'Ann', role: null, login: 'ann@a.bc', password: 'p', headers: [], query: [], token: null };
const ann = { ...identity, profile: undefined, exchanges: [] };
const bob = { ...ann, name: 'Bob', login: 'bob@a.bc' };

/**
 * Who has asked for another person, of whom there is one; and what is known of an answer that nobody in particular was given.
 * @param later what the owner is answered after the other person
 */
function scene(theirs: readonly [status: number, body?: Json], later: Json = [{ id: 1 }]) {
  let left = 1;
  const answers = scripted(() => theirs);
  const send = async (spec: RequestSpec) =>
    spec.as === bob ? answers.send(spec) : exchangeOf('GET /diary', 200, { body: later });
  const context = contextOf(contract, { ...answers, send });
  const another = async () => ((left -= 1) < 0 ? { unavailable: 'nobody is left' } : bob);
  const reader = oneReader({ ...context, identities: { ...context.identities, another } });
  const owner: Exchange | null = exchangeOf('GET /diary', 200, { body: [{ id: 1 }] });
  return (id = 'diary', body: Json = [{ id: 1 }], mine = owner) =>
    isOfThePerson(
      context,
      operationOf(id),
      { method: 'GET', target: '/diary' },
      {
        open: exchangeOf('GET /diary', 200, { body }),
        owner: mine,
        sender: ann,
        reader,
      },
    );
}

it('takes for personal what somebody else is refused or reads another of, each time anew', async () => {
  const refused = scene([403]);
  expect([await refused(), await refused()]).toEqual([true, true]);
  expect(await scene([200, [{ id: 2 }]])()).toBe(true);
  expect(await scene([200, [{ id: 1 }]])()).toBe(false);
});

it('takes for nobody’s what has become another meanwhile', async () => {
  expect(await scene([200, [{ id: 2 }]], [{ id: 3 }])()).toBe(false);
});

it('reads other formats than JSON sign by sign', async () => {
  const csv = (text: string): Exchange => {
    const told = exchangeOf('GET /diary', 200, { headers: { 'content-type': 'text/csv' } });
    return { ...told, ...(told.response === undefined ? {} : { response: { ...told.response, body: { text } } }) };
  };
  const asked = (theirs: string) => {
    const backend = scripted(() => [200]);
    const send = async ({ as }: RequestSpec) => csv(as === bob ? theirs : 'a,1');
    return isOfThePerson(
      contextOf(contract, { ...backend, send }),
      operationOf('diary'),
      { method: 'GET', target: '/diary' },
      { open: csv('a,1'), owner: csv('a,1'), sender: ann, reader: async () => bob },
    );
  };
  expect(await asked('a,2')).toBe(true);
  expect(await asked('a,1')).toBe(false);
});

it('takes for personal what is about whoever asks, and what has their address in it', async () => {
  const everybodys = scene([200, [{ id: 1 }]]);
  expect(await everybodys('me')).toBe(true);
  expect(await everybodys('diary', [{ by: ann.login }])).toBe(true);
});

it('does not know where there is nobody else, and is none where not even the owner reads it', async () => {
  const context = contextOf(
    contract,
    scripted(() => [200]),
  );
  const open = exchangeOf('GET /diary', 200, { body: [] });
  const reader = async () => ({ unavailable: 'nobody else is named' });
  const asked = (owner: Exchange | null) =>
    isOfThePerson(
      context,
      operationOf('diary'),
      { method: 'GET', target: '/diary' },
      { open, owner, sender: ann, reader },
    );
  expect(await asked(open)).toBeNull();
  expect(await asked(null)).toBe(false);
});
