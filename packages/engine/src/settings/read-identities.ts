import { isSeq, type YAMLMap } from 'yaml';
import type { IdentitySettings, IdentityStep, KnownUser } from '@assay/contract';
import { describe, mapping, type SettingsReader, text } from './settings-reader.ts';

/** How people are told apart in an entry of `users`; each is what they log in with. */
const loginKeys = ['login', 'email', 'username'];

/** What stands under `identities`; null when nothing does. */
export function readIdentities(reader: SettingsReader, top: YAMLMap): IdentitySettings | null {
  const node: unknown = top.get('identities', true);
  if (reader.plain(node) === undefined || reader.plain(node) === null) return null;
  const map = reader.map(node, '`identities`');
  if (map === null) return null;
  reader.onlyKeys(map, '`identities`', ['register', 'login', 'users']);
  return {
    register: readStep(reader, map, 'register'),
    login: readStep(reader, map, 'login'),
    users: readUsers(reader, map),
  };
}

function readStep(reader: SettingsReader, identities: YAMLMap, key: string): IdentityStep | null {
  const node: unknown = identities.get(key, true);
  if (node === undefined) return null;
  const map = reader.map(node, `\`${key}\``);
  if (map === null) return null;
  reader.onlyKeys(map, `\`${key}\``, ['operation', 'body', 'token']);
  const operation = reader.value(map, 'operation', { ...text, expected: 'the id of an operation' });
  if (operation === null && !map.has('operation'))
    reader.mistake(map, `\`${key}\` needs \`operation\`: the id of an operation.`);
  const token = reader.value(map, 'token', {
    expected: 'a JSONPath such as `$.token`',
    read: (value) => (typeof value === 'string' && value.startsWith('$') ? value : undefined),
  });
  return { operation: operation ?? '', body: reader.value(map, 'body', mapping), token };
}

function readUsers(reader: SettingsReader, identities: YAMLMap): readonly KnownUser[] {
  const node: unknown = identities.get('users', true);
  if (reader.plain(node) === undefined || reader.plain(node) === null) return [];
  if (!isSeq(node)) {
    reader.mistake(node, `\`users\` must be a list of people; here stands ${describe(node)}.`);
    return [];
  }
  return node.items.flatMap((item: unknown) => {
    const map = reader.map(item, 'An entry of `users`');
    if (map === null) return [];
    reader.onlyKeys(map, 'An entry of `users`', [...loginKeys, 'password', 'role']);
    const named = loginKeys.flatMap((key) => reader.value(map, key, text) ?? []);
    const password = reader.value(map, 'password', text);
    const role = reader.value(map, 'role', text);
    const [login] = named;
    if (named.length !== 1 && loginKeys.filter((key) => map.has(key)).length !== 1)
      reader.mistake(map, 'an entry of `users` needs one of `login`, `email` or `username`.');
    if (password === null && !map.has('password')) reader.mistake(map, 'an entry of `users` needs a `password`.');
    return login === undefined || password === null ? [] : [{ login, password, role }];
  });
}
