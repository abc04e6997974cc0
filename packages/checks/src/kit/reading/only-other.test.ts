import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../data/update-is-visible.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';

type Label = Readonly<Record<string, Json>>;

/** Keys of findings of a backend that does `change` with labels, which have two members and take no others. */
async function keysOf(
  [first, schema]: readonly [string, Json],
  change: (was: Label, sent: Label) => Label,
): Promise<readonly string[]> {
  const properties = { [first]: schema, phone: { type: ['string', 'null'], minLength: 3, maxLength: 20 } };
  const body: Json = { type: 'object', additionalProperties: false, minProperties: 1, properties };
  const taken = { required: true, content: { 'application/json': { schema: body } } };
  const label = { type: 'object', properties: { id: { type: 'integer' }, ...properties } };
  const shown: Json = { description: 'It', content: { 'application/json': { schema: label } } };
  const labels = contractOf({
    '/labels': { post: { operationId: 'add', requestBody: taken, responses: { 201: shown } } },
    '/labels/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      get: { operationId: 'read', responses: { 200: shown } },
      patch: { operationId: 'change', requestBody: taken, responses: { 200: shown } },
    },
  });
  const kept: Label[] = [];
  const backend = scripted((line, sent) => {
    const at = line.startsWith('POST') ? kept.length : Number(line.split('/').at(-1)) - 1;
    const body = isJsonObject(sent) ? sent : {};
    if (line.startsWith('POST')) kept[at] = { [first]: null, phone: null, ...body, id: at + 1 };
    else if (line.startsWith('PATCH')) kept[at] = change(kept[at] ?? {}, body);
    return [line.startsWith('POST') ? 201 : 200, kept[at] ?? null];
  });
  const evidence = await check.probe(contextOf(labels, backend));
  return judged(check, evidence, labels).findings.map(({ key }) => key);
}

describe('where there is one other member, and it must be named', () => {
  const text = { type: 'string', minLength: 3, maxLength: 20 };
  const emptied = (was: Label, sent: Label): Label => ({ ...was, phone: null, ...sent });

  it('is a mistake to empty the one that is not named', async () => {
    expect(await keysOf(['name', text], emptied)).toEqual(['change /phone not kept']);
  });

  it('is none to do so when the other one changes', async () => {
    const follows = (was: Label, sent: Label): Label => ({
      ...(sent['name'] === was['name'] ? was : { ...was, phone: null }),
      ...sent,
    });
    expect(await keysOf(['name', text], follows)).toEqual([]);
  });

  it('may be meant where one hangs on the other, or goes by its state', async () => {
    expect(await keysOf(['country', text], emptied)).toEqual([]);
    expect(await keysOf(['mood', { type: 'string', enum: ['good', 'bad'] }], emptied)).toEqual([]);
  });

  it('may be meant to take another value', async () => {
    const derived = (was: Label, sent: Label): Label => ({ ...was, phone: 'as given', ...sent });
    expect(await keysOf(['name', text], derived)).toEqual([]);
  });
});
