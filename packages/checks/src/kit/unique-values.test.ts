import { bodyText, type Json } from '@assay/contract';
import { describe, expect, it } from 'vitest';
import { contextOf, scripted } from './scripted-for-tests.ts';
import { notes } from './identity/notes-for-tests.ts';
import { Setup } from './setup.ts';
import { uniqueSources } from './unique-values.ts';

/** Takes every address once. */
function oncePerAddress() {
  const taken = new Set<Json>();
  return scripted((line, body) => {
    if (line !== 'POST /register') return [401];
    const email = (body as Readonly<Record<string, Json>> | undefined)?.['email'] ?? null;
    if (taken.has(email)) return [409];
    taken.add(email);
    return [201, { id: 'a' }];
  });
}

describe('uniqueSources', () => {
  it('finds the address that two sign up with, where signing up makes nothing that has a path', async () => {
    const instance = oncePerAddress();
    const context = contextOf(notes, instance);
    const found: unknown[] = [];
    for (const source of uniqueSources(context, new Setup(context))) found.push(await source().catch(() => null));
    expect(found).toContainEqual(expect.objectContaining({ operation: 'register', value: 'email', kind: 'member' }));
  });

  it('gives both requests the same new address', async () => {
    const instance = oncePerAddress();
    const context = contextOf(notes, instance);
    for (const source of uniqueSources(context, new Setup(context))) {
      const unique = await source().catch(() => null);
      if (unique === null) continue;
      const { first, second } = await unique.prepare();
      expect(first.body).toBe(second.body);
      expect((await instance.send(first)).response?.status).toBe(201);
      expect((await instance.send(second)).response?.status).toBe(409);
      expect(bodyText({ text: String(first.body) })).toContain('@');
    }
    expect.assertions(4);
  });
});
