import type { Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../data/no-lost-update.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf } from '../testing/scripted-for-tests.ts';
import { served } from '../testing/served-for-tests.ts';

const integer = { type: 'integer', minimum: 1, maximum: 1000 };
const member = { id: { type: 'integer' }, wage: integer, onCall: { type: 'boolean' } };
const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } };
const content = (properties: Json, required: readonly string[] = []): Json => ({
  'application/json': { schema: { type: 'object', required, properties } },
});
const answers = (status: string, properties: Json): Json => ({
  [status]: { description: 'It', content: content(properties) },
  409: { description: 'One has to stay' },
});
const wards = contractOf({
  '/wards': {
    post: {
      operationId: 'openWard',
      requestBody: { required: true, content: content({ floor: integer }, ['floor']) },
      responses: answers('201', { id: { type: 'integer' } }),
    },
  },
  '/wards/{id}': { get: { operationId: 'ward', parameters: [id], responses: answers('200', { id: integer }) } },
  '/wards/{id}/doctors': {
    post: {
      operationId: 'hire',
      parameters: [id],
      requestBody: { required: true, content: content({ wage: integer }, ['wage']) },
      responses: answers('201', member),
    },
  },
  '/doctors/{id}': {
    get: { operationId: 'doctor', parameters: [id], responses: answers('200', member) },
    patch: {
      operationId: 'changeDoctor',
      parameters: [id],
      requestBody: { required: true, content: content({ onCall: { type: 'boolean' } }) },
      responses: answers('200', member),
    },
  },
});

interface Doctor {
  readonly id: number;
  readonly ward: number;
  readonly wage: number;
  onCall: boolean;
}

/** Of each ward's doctors one has to be on call. @param looksAndWrites whether others come in between @param lies a success that changes nothing */
async function judgedWards(looksAndWrites: boolean, lies = false) {
  const doctors: Doctor[] = [];
  let wardsMade = 0;
  const backend = await served(async ({ method, path, json }, response) => {
    const answer = (status: number, body: Json = {}) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const number = Number(/\d+/.exec(path)?.[0]);
    if (path === '/wards') return answer(201, { id: (wardsMade += 1) });
    if (path.endsWith('/doctors')) {
      const hired = { id: doctors.length + 1, ward: number, wage: Number(json['wage']), onCall: true };
      doctors.push(hired);
      return answer(201, { ...hired });
    }
    const own = doctors[number - 1];
    if (path.startsWith('/wards')) return answer(200, { id: number });
    if (own === undefined) return answer(404);
    if (method === 'GET') return answer(200, { ...own });
    const others = () =>
      doctors.filter(({ ward, id: other, onCall }) => ward === own.ward && other !== own.id && onCall);
    if (json['onCall'] === false && others().length === 0) return answer(409);
    // As long as another request may take.
    if (looksAndWrites) await new Promise((resolve) => setTimeout(resolve, 20));
    const isLate = lies && json['onCall'] === false && others().length === 0;
    if (typeof json['onCall'] === 'boolean' && !isLate) own.onCall = json['onCall'];
    return answer(200, { ...own });
  });
  return judged(check, await check.probe(contextOf(wards, backend)), wards);
}

describe('two things of which one has to stay', () => {
  it('are both changed where each request reads both and writes one', async () => {
    expect((await judgedWards(true)).findings).toEqual([
      {
        severity: 'high',
        key: 'changeDoctor skew',
        title:
          'Two changeDoctor at the same time were both carried out on two things of which one had to stay; in turn the second one gets 409',
      },
    ]);
  });

  it('are not where looking and writing is one step, nor is it told of a success that changed nothing', async () => {
    expect((await judgedWards(false)).findings).toEqual([]);
    expect((await judgedWards(true, true)).findings).toEqual([]);
  });
});
