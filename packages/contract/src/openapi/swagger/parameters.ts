import { isJsonObject, type Json, type JsonObject } from '../../vocabulary/json.ts';
import { upgradedSchema } from './schemas.ts';
import type { Standing } from './standing.ts';

export type Parameter = JsonObject;

/** What stays beside the schema of a parameter; everything else that 2.0 says there describes its value. */
const beside = ['name', 'in', 'required', 'description', 'allowEmptyValue', 'deprecated'];

/** How a list is written in one parameter. */
const styles: Readonly<Record<string, { readonly style?: string; readonly explode: boolean }>> = {
  csv: { explode: false },
  multi: { style: 'form', explode: true },
  ssv: { style: 'spaceDelimited', explode: false },
  tsv: { style: 'spaceDelimited', explode: false },
  pipes: { style: 'pipeDelimited', explode: false },
};

/** A parameter or a header that is no body: its value's description moves into a schema. */
export function plainParameter(parameter: Parameter, standing: Standing): JsonObject {
  const made: Record<string, Json> = {};
  for (const key of beside) if (parameter[key] !== undefined) made[key] = parameter[key];
  made.schema = schemaOf(parameter, standing);
  if (parameter['type'] === 'array') Object.assign(made, styles[String(parameter['collectionFormat'] ?? 'csv')]);
  return standing.as(parameter, made, { schema: 'type' });
}

/** The body that `in: body` or `in: formData` parameters tell of; null when there is none. */
export function bodyOf(
  parameters: readonly Parameter[],
  consumes: readonly string[],
  standing: Standing,
): JsonObject | null {
  const body = parameters.find((parameter) => parameter['in'] === 'body');
  if (body !== undefined) {
    const types = consumes.filter((mediaType) => !isForm(mediaType));
    const content = Object.fromEntries(
      (types.length > 0 ? types : ['application/json']).map((mediaType) => [
        mediaType,
        standing.as(body, { schema: upgradedSchema(body['schema'] ?? {}, standing) }),
      ]),
    );
    return standing.as(body, { required: body['required'] === true, content }, { content: 'schema' });
  }
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData');
  if (fields.length === 0) return null;
  const named = fields.flatMap((field) => (typeof field['name'] === 'string' ? [[field['name'], field] as const] : []));
  const required = named.flatMap(([name, field]) => (field['required'] === true ? [name] : []));
  const schema: JsonObject = {
    type: 'object',
    properties: Object.fromEntries(named.map(([name, field]) => [name, schemaOf(field, standing)])),
    ...(required.length > 0 ? { required } : {}),
  };
  const hasFile = fields.some((field) => field['type'] === 'file');
  const forms = consumes.filter((mediaType) => isForm(mediaType) && (!hasFile || /multipart/.test(mediaType)));
  const usual = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  const content = Object.fromEntries((forms.length > 0 ? forms : [usual]).map((mediaType) => [mediaType, { schema }]));
  return { required: required.length > 0, content };
}

function schemaOf(parameter: Parameter, standing: Standing): Json {
  if (isJsonObject(parameter['schema'])) return upgradedSchema(parameter['schema'], standing);
  const told = Object.fromEntries(
    Object.entries(parameter).filter(([key]) => !beside.includes(key) && key !== 'collectionFormat'),
  );
  return upgradedSchema(standing.as(parameter, told), standing);
}

function isForm(mediaType: string): boolean {
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(mediaType);
}
