import { readContract } from '../openapi/read-contract.ts';
import type { Contract, ContractShape } from '../vocabulary/operation.ts';
import { inferShape } from './infer-shape.ts';

/** What an operation answers and takes, in short: `201 Todo <Todo` answers 201 with a Todo and takes one; `200 [Todo]` answers a list. */
export type Sketch = Readonly<Record<string, string>>;

const components = {
  Todo: { type: 'object', properties: { id: { type: 'integer', readOnly: true }, title: { type: 'string' } } },
};

/**
 * A contract from a sketch: keys are `GET /todos/{id}`, which are the operations' ids too. Schemas are YAML in flow style or the names of
 * components; `?a&b:integer:told` adds query parameters.
 */
function sketched(
  sketch: Sketch,
  schemas: Readonly<Record<string, unknown>> = {},
  extra: Readonly<Record<string, object>> = {},
): Contract {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, text] of Object.entries(sketch)) {
    const [method = '', path = ''] = id.split(' ');
    const [answer = '', body] = text.split(' <');
    const [, status = '200', schema, query] = /^(\d+)(?: ([^?]*))?(?:\?(.*))?$/.exec(answer.trim()) ?? [];
    const parameters = [
      ...[...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
        name: match[1],
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...(query ?? '')
        .split('&')
        .filter(Boolean)
        .map((one) => one.split(':'))
        .map(([name, type = 'string', description = '']) => ({ name, in: 'query', schema: { type }, description })),
    ];
    (paths[path] ??= {})[method.toLowerCase()] = {
      operationId: id,
      parameters,
      ...(body === undefined
        ? {}
        : { requestBody: { required: true, content: { 'application/json': { schema: '@@' + body } } } }),
      responses: {
        [status]: {
          description: 'ok',
          ...(schema?.trim() ? { content: { 'application/json': { schema: '@@' + schema.trim() } } } : {}),
          ...extra[id],
        },
      },
    };
  }
  const document = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'T' },
    paths,
    components: { schemas: { ...components, ...schemas } },
  });
  return readContract({
    path: 'sketch.yaml',
    text: document.replaceAll(/"@@((?:[^"\\]|\\.)*)"/g, (_, written: string) =>
      schemaOf(written.replaceAll('\\"', '"')),
    ),
  });
}

function schemaOf(written: string): string {
  const list = /^\[(\w+)\]$/.exec(written)?.[1];
  if (list !== undefined) return `{"type": "array", "items": {"$ref": "#/components/schemas/${list}"}}`;
  return /^\w+$/.test(written) ? `{"$ref": "#/components/schemas/${written}"}` : written;
}

export function shapeOf(
  sketch: Sketch,
  schemas?: Readonly<Record<string, unknown>>,
  extra?: Readonly<Record<string, object>>,
): ContractShape {
  return inferShape(sketched(sketch, schemas, extra));
}

/** An object schema as flow-style YAML from property names and types. */
export function object(properties: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type: 'object', properties });
}
