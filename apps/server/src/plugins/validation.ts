import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems.ts';

/** Bodies are taken as they are; what stands in an address is text, and is read as what it should be. */
export function validate(app: FastifyInstance): void {
  const common = {
    allErrors: false,
    strict: false,
    useDefaults: true,
    removeAdditional: false,
    allowUnionTypes: true,
  } as const;
  const [bodies, addresses] = [
    new Ajv2020({ ...common, coerceTypes: false }),
    new Ajv2020({ ...common, coerceTypes: 'array' }),
  ];
  for (const ajv of [bodies, addresses]) addFormats.default(ajv);
  app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === 'body' ? bodies : addresses).compile(schema));
  // What is sent is typed; writing it needs no second description.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
}

/** Only JSON is spoken, in UTF-8: everything else is 415 or 400. What is cut or mangled is not mended in silence. */
export function readJson(app: FastifyInstance): void {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(decoder.decode(typeof body === 'string' ? Buffer.from(body) : body)));
    } catch (error) {
      const why = error instanceof SyntaxError ? `it is not JSON: ${error.message}` : 'it is not UTF-8';
      done(new Problem('malformed-request', `The body cannot be read: ${why}.`));
    }
  });
}
