import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exploration } from '../exploration/explore.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { movedTo } from './other-times.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const request = (value: Json, query: Record<string, Json> = {}) => ({
  operation: 'book',
  path: {},
  query,
  headers: {},
  cookies: {},
  body: { mediaType: 'application/json', value },
});

describe('a request at another time', () => {
  it('has its dates on other days, in their order and as they were written', () => {
    const stay = {
      to: '2021-05-09T10:00:00.123+02:00',
      from: '2021-05-09T09:00:00Z',
      days: ['1999-01-01'],
      note: 'oak',
    };
    const moved = movedTo(request(stay, { on: '1999-01-01', q: '1999' }), 30, now);
    expect(moved.body?.value).toEqual({
      from: '2026-04-01T09:00:00Z',
      to: '2026-04-02T10:00:00.123+02:00',
      days: ['2026-03-31'],
      note: 'oak',
    });
    expect(moved.query).toEqual({ on: '2026-03-31', q: '1999' });
  });

  it('is the same where it names none', () => {
    const plain = request({ note: '2021-05-09 or so', at: '2021-05' });
    expect(movedTo(plain, 30, now)).toBe(plain);
  });

  it('shows that it was refused for its dates alone', async () => {
    const schema = {
      type: 'object',
      required: ['from', 'name'],
      properties: { from: { type: 'string', format: 'date' }, name: { type: 'string', minLength: 1, maxLength: 9 } },
    };
    const content = { 'application/json': { schema } };
    const contract = contractOf({
      '/stays': {
        post: {
          operationId: 'book',
          requestBody: { required: true, content },
          responses: { 201: { description: 'ok' } },
        },
      },
    });
    const judgeable = async (takes: (from: number) => boolean) => {
      const backend = scripted((_line, body) => {
        const from = isJsonObject(body) ? String(body['from']) : '';
        return takes(Date.parse(from)) ? [201, {}] : [400, {}];
      });
      const { probes } = await exploration(contextOf(contract, backend));
      const valid = probes.filter(({ intent, repeats }) => intent.kind === 'valid' && !repeats);
      return new Set(valid.map(({ exchange }) => exchange.response?.status));
    };
    const inDays = (from: number): number => (from - Date.now()) / 86_400_000;
    expect(await judgeable((from) => inDays(from) > 0 && inDays(from) < 90)).toEqual(new Set([201]));
    expect(await judgeable((from) => inDays(from) < 0 && inDays(from) > -90)).toEqual(new Set([201]));
    expect(await judgeable((from) => inDays(from) < -20 * 365 && inDays(from) > -90 * 365)).toEqual(new Set([201]));
    expect(await judgeable(() => false)).toEqual(new Set([400]));
  });
});
