import { type TSchema, Type } from 'typebox';
import type { ProblemBody } from './problems.ts';

/** What several features say in the same words. */

/** A value or null. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A name for a schema in the document, so that clients get a type of that name. */
export function named<T>(name: string) {
  return Type.Unsafe<T>({ $ref: `${name}#` });
}

export const problemSchema = Type.Object(
  {
    type: Type.String({ format: 'uri', description: 'Names the kind of problem' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'What was wrong here' }),
    code: Type.String({ description: 'The last part of `type`' }),
    fix: Type.String({ description: 'What to do about it' }),
    errors: Type.Optional(
      Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() }, { additionalProperties: false })),
    ),
  },
  { $id: 'Problem', additionalProperties: false, description: 'Problem details (RFC 9457)' },
);

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: named<ProblemBody>('Problem') } },
});

const descriptions = {
  400: 'The request cannot be read, or does not fit this description',
  401: 'No token, or a wrong one',
  404: 'There is no such thing',
  409: 'It does not go with how things stand here, such as a folder that does not exist',
  413: 'The body is too large',
  415: 'The body is in another form than JSON',
  421: 'The Host field names another machine',
  429: 'Too many wrong tokens',
  503: 'The database cannot be reached at the moment',
} as const;

type ErrorStatus = keyof typeof descriptions;

/** The answers that go wrong: those that every operation may give, and the named ones. */
export function problemResponses(...statuses: readonly ErrorStatus[]) {
  const always: readonly ErrorStatus[] = [400, 401, 421, 503];
  return Object.fromEntries(
    [...new Set([...always, ...statuses])].map((status) => [status, problem(descriptions[status])]),
  );
}

/** For requests with a body. */
export const bodyProblems = [413, 415] as const;

export const idSchema = Type.String({ format: 'uuid' });
export const timeSchema = Type.String({ format: 'date-time' });

/** A text that PostgreSQL can hold: without the character NUL. */
export const text = (maxLength: number, minLength = 0) =>
  Type.String({ maxLength, minLength, pattern: minLength === 0 ? '^[^\\u0000]*$' : '^[^\\u0000]+$' });

/** An absolute path; `~` stands for the home folder. */
export const pathSchema = Type.String({ minLength: 1, maxLength: 2048, pattern: '^(/|~(/|$))[^\\u0000]*$' });

/** A challenge brings code that Assay itself runs: only those that come with it have a name, and no path is taken. */
export const challengeName = Type.String({ maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$' });

export const pageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 200, description: 'The `next` of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
};

export const page = <T extends TSchema>(item: T) =>
  Type.Object(
    { items: Type.Array(item), next: nullable(Type.String({ description: 'The cursor of the next page' })) },
    { additionalProperties: false },
  );

/** Objects that are sent say exactly what is described. */
export const exactly = <T extends Record<string, TSchema>>(
  properties: T,
  options: { $id?: string; description?: string } = {},
) => Type.Object(properties, { additionalProperties: false, ...options });

export const idParams = Type.Object({ id: idSchema });
