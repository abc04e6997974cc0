import {
  bodyJson,
  type Exchange,
  type HistoryOperation,
  type HistoryOutcome,
  type HistorySource,
  isJsonObject,
  type Json,
  type RequestSpec,
} from '@assay/contract';
import { model } from './model.ts';

/**
 * An article that is published, taken back and renamed by one PATCH after the other, while its author and strangers read it: a change of one member
 * that writes the others back as it found them undoes what was changed meanwhile.
 */
const articles: HistorySource = {
  id: 'articles',
  title: 'articles',
  model: model.name,
  async prepare({ random, send }) {
    const email = `${random.unique('author')}@example.org`;
    const password = random.unique('a long enough password ');
    await send(json('signUp', 'POST', '/users', null, { email, password, name: 'Author' }));
    const token = memberOf(await send(json('login', 'POST', '/sessions', null, { email, password })), 'token');
    if (typeof token !== 'string') return null;
    const title = random.unique('title');
    const body = { slug: random.unique('slug-').toLowerCase(), title, text: 'Some text.', status: 'draft' };
    const created = await send(json('createArticle', 'POST', '/articles', token, body));
    const id = memberOf(created, 'id');
    if (created.response?.status !== 201 || typeof id !== 'string') return null;
    const target = `/articles/${id}`;
    return {
      opening: [{ input: put(id, 'title', title) }, { input: put(id, 'status', 'draft') }],
      next(_client, source): HistoryOperation {
        const kind = source.integer(1, 8);
        const change = (member: 'title' | 'status', value: string): HistoryOperation => ({
          input: put(id, member, value),
          request: json('updateArticle', 'PATCH', target, token, { [member]: value }),
          read: ({ response }) => (response?.status === 200 ? { outcome: 'ok' } : { outcome: 'unknown' }),
        });
        if (kind <= 2) return change('title', source.unique('title'));
        if (kind <= 4) return change('status', source.pick(['published', 'draft']));
        const member = kind === 5 ? 'title' : 'status';
        const reader = kind === 8 ? null : token;
        return {
          input: { f: 'get', key: `${member} of ${id}` },
          request: { method: 'GET', target, operation: 'getArticle', headers: proofOf(reader) },
          read: (exchange) => readMember(exchange, member, reader === null),
        };
      },
    };
  },
};

export const histories: readonly HistorySource[] = [articles];

function put(id: string, member: 'title' | 'status', value: string): Json {
  return { f: 'put', key: `${member} of ${id}`, value };
}

/** To a stranger an article that is not there is a draft: nobody deletes any. */
function readMember(exchange: Exchange, member: string, stranger: boolean): HistoryOutcome {
  if (stranger && exchange.response?.status === 404) return { outcome: 'ok', output: 'draft' };
  const value = memberOf(exchange, member);
  if (exchange.response?.status !== 200 || typeof value !== 'string') return { outcome: 'unknown' };
  return { outcome: 'ok', output: value };
}

function json(operation: string, method: string, target: string, token: string | null, body: Json): RequestSpec {
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const headers = [['content-type', type] as const, ...proofOf(token)];
  return { method, target, operation, headers, body: JSON.stringify(body) };
}

function proofOf(token: string | null): readonly (readonly [string, string])[] {
  return token === null ? [] : [['authorization', `Bearer ${token}`]];
}

function memberOf(exchange: Exchange, name: string): Json | undefined {
  const body = bodyJson(exchange.response?.body);
  return isJsonObject(body) ? body[name] : undefined;
}
