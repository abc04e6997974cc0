import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** The OpenAPI document, made from the routes. */
export async function describe(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Assay',
        version,
        description:
          'What the pages of Assay use, and what a program may: challenges, backends, runs, reports. Requests that another site sends (Origin, Sec-Fetch-Site) are refused with 403, whatever they ask for. GET /api/runs/{id}/events streams what happens in a run as server-sent events; docs/web-app.md describes them.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: [
        { name: 'challenges' },
        { name: 'backends' },
        { name: 'runs' },
        { name: 'practice' },
        { name: 'checks' },
        { name: 'skills' },
        { name: 'settings' },
        { name: 'sessions' },
      ],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'The token that `assay start` prints' },
        },
      },
      security: [{ bearer: [] }],
    },
    transformObject: (found) => withRequiredHeaders('openapiObject' in found ? found.openapiObject : {}),
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) =>
        typeof json['$id'] === 'string' ? json['$id'] : `schema-${index}`,
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/** A field that is described is always sent, which the plugin has no words for. */
function withRequiredHeaders<T extends object>(document: T): T {
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'location' && isHeader(inner)) Object.assign(inner, { required: true });
      visit(inner);
    }
  };
  visit(Reflect.get(document, 'paths'));
  return document;
}

function isHeader(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'schema' in value && 'description' in value;
}
