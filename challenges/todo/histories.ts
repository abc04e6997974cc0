import {
  bodyJson,
  type Exchange,
  type HistoryOperation,
  type HistorySource,
  isJsonObject,
  type Json,
} from '@assay/contract';
import { model } from './model.ts';

/** Two todos whose titles are changed and read by everybody, and now and then deleted. */
const titles: HistorySource = {
  id: 'titles',
  title: 'todos',
  model: model.name,
  async prepare({ random, send }) {
    const opening: { input: Json }[] = [];
    const ids: string[] = [];
    for (const title of [random.unique('title'), random.unique('title')]) {
      const created = await send({ ...json('POST', '/todos', { title }), operation: 'createTodo' });
      const id = memberOf(created, 'id');
      if (created.response?.status !== 201 || typeof id !== 'number') return null;
      ids.push(String(id));
      opening.push({ input: { f: 'put', key: String(id), value: title } });
    }
    return {
      opening,
      next(_client, source): HistoryOperation {
        const key = source.pick(ids);
        const target = `/todos/${key}`;
        const kind = source.integer(1, 40);
        if (kind <= 20)
          return {
            input: { f: 'get', key },
            request: { method: 'GET', target, operation: 'getTodo' },
            read: (exchange) => {
              if (exchange.response?.status === 404) return { outcome: 'ok', output: null };
              const title = memberOf(exchange, 'title');
              const isRead = exchange.response?.status === 200 && title !== undefined;
              return isRead ? { outcome: 'ok', output: title } : { outcome: 'unknown' };
            },
          };
        if (kind === 40)
          return {
            input: { f: 'delete', key },
            request: { method: 'DELETE', target, operation: 'deleteTodo' },
            read: written,
          };
        const title = source.unique('title');
        const request =
          kind % 2 === 0
            ? { ...json('PUT', target, { title }), operation: 'replaceTodo' }
            : { ...json('PATCH', target, { title }, 'application/merge-patch+json'), operation: 'updateTodo' };
        return { input: { f: 'put', key, value: title }, request, read: written };
      },
    };
  },
};

export const histories: readonly HistorySource[] = [titles];

/** A todo that is gone was not changed; of any other error it cannot be told what had been done by then. */
function written({ response }: Exchange): { readonly outcome: 'ok' | 'failed' | 'unknown' } {
  if (response === undefined) return { outcome: 'unknown' };
  if (response.status === 404) return { outcome: 'failed' };
  return { outcome: response.status < 300 ? 'ok' : 'unknown' };
}

function json(method: string, target: string, body: Json, mediaType = 'application/json') {
  return { method, target, headers: [['content-type', mediaType]] as const, body: JSON.stringify(body) };
}

function memberOf(exchange: Exchange, name: string): Json | undefined {
  const body = bodyJson(exchange.response?.body);
  return isJsonObject(body) ? body[name] : undefined;
}
