import type { TSchema } from 'typebox';

/** How an operation is described: what it answers when all goes well. */
export function json<T extends TSchema>(description: string, schema: T) {
  return { description, content: { 'application/json': { schema } } };
}

/** The answer of a request that made something, with where it is. */
export function created<T extends TSchema>(description: string, schema: T) {
  return {
    ...json(description, schema),
    headers: { location: { type: 'string', format: 'uri-reference', description: 'Where it is' } },
  };
}

export const noContent = { type: 'null', description: 'Done' } as const;
