import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { exploration } from '../exploration/explore.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';
import { operationOf } from '../requests/cases.ts';
import { movedTo, sentAtOtherTimes } from './other-times.ts';
import { Setup } from './setup.ts';

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

  it('lasts for an hour where it is close, in the offsets that it was written with', () => {
    const slot = { ends: '2020-01-01T00:00:00Z', starts: '2000-02-29T17:37:10+05:45', on: '1999-01-01' };
    expect(movedTo(request(slot), 30, now, 12).body?.value).toEqual({
      starts: '2026-03-31T17:45:00+05:45',
      ends: '2026-03-31T13:00:00Z',
      on: '2026-03-31',
    });
  });

  it('is not given up where it has helped meanwhile', async () => {
    const content = { 'application/json': { schema: { type: 'object', properties: { from: { type: 'string' } } } } };
    const responses = { 201: { description: 'ok' } };
    const contract = contractOf({ '/stays': { post: { operationId: 'book', requestBody: { content }, responses } } });
    let taken = false;
    const setup = new Setup(
      contextOf(
        contract,
        scripted(() => [taken ? 201 : 400]),
      ),
    );
    const ask = async (takes: boolean) => {
      taken = takes;
      return sentAtOtherTimes(setup, operationOf(contract, 'book'), request({ from: '2021-05-09' }));
    };
    for (const takes of [false, false, true, false, false, true]) expect((await ask(takes)) !== null).toBe(takes);
    for (let time = 0; time < 3; time += 1) await ask(false);
    expect(await ask(true)).toBeNull();
  });

  it('is the same where it names none', () => {
    const plain = request({ note: '2021-05-09 or so', at: '2021-05' });
    expect(movedTo(plain, 30, now)).toBe(plain);
  });

  it('shows that it was refused for its dates alone', async () => {
    const stays = (format: 'date' | 'date-time') => {
      const time = { type: 'string', format };
      const schema = {
        type: 'object',
        required: format === 'date' ? ['from', 'name'] : ['from', 'to', 'name'],
        properties: { from: time, to: time, name: { type: 'string', minLength: 1, maxLength: 9 } },
      };
      const requestBody = { required: true, content: { 'application/json': { schema } } };
      const post = { operationId: 'book', requestBody, responses: { 201: { description: 'ok' } } };
      return contractOf({ '/stays': { post } });
    };
    const judgeable = async (
      takes: (from: number, to: number) => boolean | number,
      format: 'date' | 'date-time' = 'date',
    ) => {
      const contract = stays(format);
      const backend = scripted((_line, body) => {
        const [from = 0, to = 0] = ['from', 'to'].map((name) =>
          Date.parse(isJsonObject(body) ? String(body[name]) : ''),
        );
        const taken = takes(from, to);
        return [typeof taken === 'number' ? taken : taken ? 201 : 400, {}];
      });
      const { probes } = await exploration(contextOf(contract, backend));
      const valid = probes.filter(({ intent, repeats }) => intent.kind === 'valid' && !repeats);
      return new Set(valid.map(({ exchange }) => exchange.response?.status));
    };
    const inDays = (from: number): number => (from - Date.now()) / 86_400_000;
    expect(await judgeable((from) => inDays(from) > 0 && inDays(from) < 90)).toEqual(new Set([201]));
    expect(await judgeable((from) => inDays(from) < 0 && inDays(from) > -90)).toEqual(new Set([201]));
    expect(await judgeable((from) => inDays(from) < -20 * 365 && inDays(from) > -90 * 365)).toEqual(new Set([201]));
    const lasts = (from: number, to: number): boolean => to > from && to - from <= 8 * 3_600_000;
    expect(await judgeable(lasts, 'date-time')).toEqual(new Set([201]));
    let booked = 0;
    const once = (from: number, to: number) => (lasts(from, to) ? ((booked += 1) === 1 ? 201 : 409) : 400);
    expect([...(await judgeable(once, 'date-time'))].toSorted()).toEqual([201, 409]);
    expect(await judgeable(() => false)).toEqual(new Set([400]));
  });
});
