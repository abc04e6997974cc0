import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { textInputs } from '../requests/text-inputs.ts';
import { type Answer, contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { judgedPlanted, plantEach } from './plant.ts';

const text = { type: 'string' };
const taking = (...names: readonly string[]) => {
  const schema = { type: 'object', required: names, properties: Object.fromEntries(names.map((name) => [name, text])) };
  return { required: true, content: { 'application/json': { schema } } };
};
const responses = { '200': { description: 'ok' } };
const id = { name: 'id', in: 'path', required: true, schema: text };
const notes = contractOf({
  '/notes': { post: { operationId: 'add', requestBody: taking('title', 'key'), responses } },
  '/site': { put: { operationId: 'setSite', requestBody: taking('url'), responses } },
  '/notes/{id}': {
    put: { operationId: 'change', parameters: [id], requestBody: taking('title', 'key'), responses },
    get: { operationId: 'read', parameters: [id], responses },
    delete: { operationId: 'remove', parameters: [id], responses },
  },
  '/notes/{id}/archive': { post: { operationId: 'archive', parameters: [id], responses } },
});

async function planted(only: readonly string[], answer: (line: string, body: Json | undefined) => Answer) {
  const contract = { ...notes, operations: notes.operations.filter(({ id: name }) => only.includes(name)) };
  const backend = scripted(answer);
  const tally = await plantEach(
    contextOf(contract, backend),
    textInputs(contract),
    () => [{ value: 'PLANTED' }],
    () => false,
  );
  return { ...judgedPlanted(tally, []), asked: backend.asked };
}

const holdsPlanted = (line: string, sent: Json | undefined): boolean =>
  (line + JSON.stringify(sent ?? '')).includes('PLANTED');

describe('controls of planted values', () => {
  it('pass a backend that refuses what is planted and nothing else', async () => {
    const strict = await planted(['add'], (line, sent) => [holdsPlanted(line, sent) ? 400 : 201]);
    expect(strict).toMatchObject({ status: 'passed', reason: expect.stringContaining('0 were taken') });
  });

  it('leave undecided what refuses everything', async () => {
    const told = await planted(['add'], () => [422, { error: 'key is missing' }]);
    expect(told).toMatchObject({
      status: 'undecided',
      reason: 'not even an ordinary request was taken: POST /notes answered 422: {"error":"key is missing"}',
    });
    // Two inputs, and two ordinary requests.
    expect(told.asked).toHaveLength(4);
  });

  it('do not ask again what took a planted value, and tell which took nothing', async () => {
    const told = await planted(['add', 'change'], (line) => [line.startsWith('PUT') ? 200 : 400]);
    expect(told.reason).toMatch(/1 operation took no ordinary request either$/);
    expect(told.asked.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
  });

  it('ask nothing of what takes one value, which is refused for itself, nor of what deletes or only acts', async () => {
    const told = await planted(['setSite', 'read', 'remove', 'archive'], () => [400]);
    expect(told).toMatchObject({ status: 'passed' });
    expect(told.asked).toHaveLength(4);
  });
});

describe('plantEach', () => {
  it('plants into lists of objects, and sends none that is empty', async () => {
    const url = { type: 'array', items: { type: 'object', required: ['url'], properties: { url: text } } };
    const schema = { type: 'object', properties: { targets: url } };
    const contract = contractOf({
      '/hooks': {
        post: { requestBody: { required: true, content: { 'application/json': { schema } } }, responses },
      },
    });
    const bodies: (Json | undefined)[] = [];
    const backend = scripted((_, sent) => {
      bodies.push(sent);
      return [201];
    });
    const inputs = textInputs(contract);
    const values = ['PLANTED', 'PLANTED', 'PLANTED', 'PLANTED'].map((value) => ({ value }));
    await plantEach(
      contextOf(contract, backend),
      inputs,
      () => values,
      () => false,
    );
    expect(bodies.length).toBeGreaterThan(0);
    for (const sent of bodies)
      expect(sent).toMatchObject({ targets: expect.arrayContaining([{ url: 'PLANTED' }]) as Json });
  });
});

describe('the order of planted values', () => {
  const values = ['one', 'two', 'three'].map((value) => ({ value }));

  /** What was sent, as `title one`, to texts of which `key` tells. @param most the budget */
  async function sent(most: number) {
    const found: string[] = [];
    const backend = scripted(() => [200]);
    const tally = await plantEach(
      contextOf(notes, backend),
      textInputs(notes).filter(({ operation }) => ['add', 'setSite'].includes(operation.id)),
      () => values,
      ({ input, payload }) => {
        found.push(`${input.name} ${payload.value}`);
        return false;
      },
      { most, isTelling: ({ name }) => name === 'key' },
    );
    return { found, tally, reason: judgedPlanted(tally, []).reason };
  }

  it('gives inputs that tell all of theirs, with half of what may be sent', async () => {
    const { found, tally, reason } = await sent(5);
    expect(found).toEqual(['key one', 'key two', 'key three', 'title one', 'url one']);
    expect(tally.short).toBe(2);
    expect(reason).toContain('got 5 payloads, 2 inputs fewer than there are;');
  });

  it('leaves one for each of the others, and tells which got none', async () => {
    const { found, reason } = await sent(3);
    expect(found).toEqual(['title one', 'key one', 'url one']);
    expect(reason).toContain('got 3 payloads, 3 inputs fewer than there are;');
    const fewer = await sent(2);
    expect(fewer.found).toEqual(['key one', 'title one']);
    expect(fewer.reason).toContain('got 2 payloads, 2 inputs fewer than there are, 1 input none;');
  });

  it('sends everything where there is room for it', async () => {
    const { found, tally, reason } = await sent(40);
    expect(found.slice(3)).toEqual(['title one', 'url one', 'title two', 'url two', 'title three', 'url three']);
    expect(tally.short).toBe(0);
    expect(reason).not.toContain('fewer');
  });
});

describe('judgedPlanted', () => {
  const tally = { inputs: 1, operations: 1, sent: 1, taken: 0, turnedAway: null };

  it('lets a proven finding stand whatever was refused', () => {
    const finding = { key: 'k', title: 't', detail: 'd', fix: 'f', evidence: [] };
    const controls = { accepted: 0, refused: 1, refusal: null };
    expect(judgedPlanted({ ...tally, controls }, [finding]).status).toBe('failed');
  });

  it('reads recordings without controls', () => {
    expect(judgedPlanted(tally, []).status).toBe('passed');
    expect(judgedPlanted({ ...tally, sent: 0 }, []).status).toBe('undecided');
  });
});
