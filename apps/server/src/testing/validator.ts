import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Holds answers against an OpenAPI document; returns what is wrong with one. */
export function validatorOf(
  document: object,
): (template: string, method: string, status: number, body: unknown) => readonly unknown[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'document', ...document });
  return (template, method, status, body) => {
    const place = ['paths', template, method, 'responses', String(status), 'content', 'application/json', 'schema'];
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = ajv.getSchema(`document#/${pointer}`);
    if (validate === undefined || validate(body) === true) return [];
    return validate.errors ?? [];
  };
}
