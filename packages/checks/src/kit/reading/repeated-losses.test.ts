import { isJsonObject, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { check } from '../../data/update-is-visible.ts';
import { judged } from '../testing/recordings-for-tests.ts';
import { contextOf, contractOf, scripted } from '../testing/scripted-for-tests.ts';

type Ticket = Readonly<Record<string, Json>>;

const text = { type: 'string', minLength: 3, maxLength: 20 };
const states = (...words: readonly string[]): Json => ({ type: 'string', enum: words });

/** Keys of findings, over several seeds, of a backend that keeps tickets and does `change` with them. */
async function keysOf(
  properties: Readonly<Record<string, Json>>,
  begin: Ticket,
  change: (was: Ticket, sent: Ticket) => Ticket,
  method = 'patch',
): Promise<readonly string[]> {
  const schema: Json = { type: 'object', properties: { title: text, ...properties } };
  const content = { 'application/json': { schema } };
  const shown: Json = { description: 'It', content };
  const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }];
  const tickets = contractOf({
    '/tickets': { post: { operationId: 'add', requestBody: { required: true, content }, responses: { 201: shown } } },
    '/tickets/{id}': {
      parameters,
      get: { operationId: 'read', responses: { 200: shown } },
      [method]: { operationId: 'change', requestBody: { required: true, content }, responses: { 200: shown } },
    },
  });
  const found = new Set<string>();
  for (let seed = 1; seed <= 6; seed += 1) {
    const kept: Ticket[] = [];
    const backend = scripted((line, body) => {
      const sent = isJsonObject(body) ? body : {};
      const at = line.startsWith('POST') ? kept.length : Number(line.split('/').at(-1)) - 1;
      if (body !== undefined)
        kept[at] = line.startsWith('POST') ? { ...begin, ...sent, id: at + 1 } : change(kept[at] ?? {}, sent);
      return [line.startsWith('POST') ? 201 : 200, kept[at] ?? null];
    });
    const context = contextOf(tickets, backend);
    const evidence = await check.probe({ ...context, random: { ...context.random, seed } });
    for (const { key } of judged(check, evidence, tickets).findings) found.add(key);
  }
  return [...found].toSorted();
}

describe('what follows from another member', () => {
  it('is no loss: whoever is assigned a ticket opens it', async () => {
    const assigned = (was: Ticket, sent: Ticket): Ticket => {
      const opens = 'assignee' in sent && !('status' in sent) && was['status'] === 'open';
      return { ...was, ...sent, ...(opens ? { status: 'assigned' } : {}) };
    };
    const members = { status: states('open', 'assigned', 'solved'), assignee: text };
    expect(await keysOf(members, { status: 'open', assignee: null }, assigned)).toEqual([]);
  });

  it('is none where two are kept in step, whichever of them is named', async () => {
    const inStep = (was: Ticket, sent: Ticket): Ticket => ({
      ...was,
      ...sent,
      ...(sent['status'] === 'done' ? { progress: 100 } : {}),
      ...(sent['progress'] === 100 ? { status: 'done' } : {}),
    });
    const members = {
      status: states('todo', 'doing', 'done'),
      progress: { type: 'integer', minimum: 0, maximum: 100 },
    };
    const begin = { status: 'todo', progress: 0 };
    expect(await keysOf(members, begin, inStep)).toEqual([]);
    expect(await keysOf(members, begin, inStep, 'put')).toEqual([]);
  });

  it('is none where one stands in the other', async () => {
    const moved = (was: Ticket, sent: Ticket): Ticket => {
      const leaves = 'country' in sent && !('region' in sent) && sent['country'] !== was['country'];
      return { ...was, ...sent, ...(leaves ? { region: null } : {}) };
    };
    const members = { country: states('DE', 'US', 'FR'), region: text };
    expect(await keysOf(members, { country: null, region: null }, moved)).toEqual([]);
  });
});

describe('a mistake', () => {
  const notes = { type: ['string', 'null'], minLength: 3, maxLength: 20 };
  const members = { notes, done: { type: 'boolean' }, place: text };

  it('strikes whatever else is named', async () => {
    const cleared = (was: Ticket, sent: Ticket): Ticket => ({ ...was, place: null, ...sent });
    expect(await keysOf(members, { place: null }, cleared)).toEqual(['change /place not kept']);
  });

  it('strikes what is called as if the backend computed it, and is not', async () => {
    const unwritten = (was: Ticket, sent: Ticket): Ticket => ({ ...was, ...sent, total: was['total'] ?? null });
    const computed = (was: Ticket, sent: Ticket): Ticket => ({ ...was, ...sent, total: 37.5 });
    const total = { type: 'number', minimum: 100, maximum: 900 };
    expect(await keysOf({ total, notes }, { total: 0 }, unwritten)).toEqual(['change /total not written']);
    expect(await keysOf({ total, notes }, { total: 0 }, computed)).toEqual([]);
  });

  it('strikes beside one other member', async () => {
    const cleared = (was: Ticket, sent: Ticket): Ticket => ({ ...was, notes: null, ...sent });
    expect(await keysOf({ notes }, { notes: null }, cleared)).toEqual(['change /notes not kept']);
    const reset = (was: Ticket, sent: Ticket): Ticket => ({ ...was, done: false, ...sent });
    expect(await keysOf({ done: { type: 'boolean' } }, { done: false }, reset)).toEqual(['change /done not kept']);
  });

  it('strikes what is named alone', async () => {
    const merged = (was: Ticket, sent: Ticket): Ticket => ({ ...was, ...sent });
    const truthy = (was: Ticket, sent: Ticket): Ticket =>
      merged(was, Object.fromEntries(Object.entries(sent).filter(([, value]) => Boolean(value))));
    expect(await keysOf(members, { done: false }, truthy)).toEqual([
      'change /done not written',
      'change /notes not written',
    ]);
    const forgotten = (was: Ticket, sent: Ticket): Ticket => ({ ...merged(was, sent), place: was['place'] ?? null });
    expect(await keysOf(members, { place: null }, forgotten, 'put')).toEqual(['change /place not written']);
  });
});
