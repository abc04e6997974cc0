import {
  bodyText,
  type Contract,
  headerOf,
  isJsonObject,
  mediaTypeName,
  type Operation,
  type RecordedRequest,
} from '@assay/contract';
import { plainSchema } from './body-schema.ts';

/**
 * Whether a request sends a list or an object as a field of a form. Each framework reads its own spelling of them (`tags[]`, `address.street`, JSON in a
 * part), which a document tells only with an `encoding`.
 */
export function carriesNestedForm(
  { headers, body }: RecordedRequest,
  { requestBody }: Operation,
  contract: Contract,
): boolean {
  const type = mediaTypeName(headerOf(headers, 'content-type') ?? '');
  const content = requestBody?.content.find(({ mediaType }) => mediaTypeName(mediaType) === type);
  const { properties } = plainSchema(contract, content?.schema);
  if (!isJsonObject(properties)) return false;
  const { partTypes = {} } = content ?? {};
  return fieldNames(type, bodyText(body)).some((name) => {
    if (Object.hasOwn(partTypes, name)) return false;
    const schema = plainSchema(contract, properties[name]);
    const types = [schema['type']].flat();
    return types.includes('array') || types.includes('object') || Object.keys(schema['properties'] ?? {}).length > 0;
  });
}

function fieldNames(type: string, text: string): readonly string[] {
  if (type === 'application/x-www-form-urlencoded') return [...new URLSearchParams(text).keys()];
  return type === 'multipart/form-data'
    ? [...text.matchAll(/form-data; name="([^"]*)"/g)].map(([, name = '']) => name)
    : [];
}
