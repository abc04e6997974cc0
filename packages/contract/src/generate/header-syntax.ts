import { lookUp } from '../validate/definitions.ts';
import { isJsonObject, type Json } from '../vocabulary/json.ts';
import type { Contract, Parameter, Schema } from '../vocabulary/operation.ts';

/**
 * Header fields whose syntax HTTP itself lays down, whatever a contract says, with an ordinary value: conditions, ranges and languages (RFC 9110), `Prefer`
 * (RFC 7240), `Forwarded` (RFC 7239), `traceparent` (W3C Trace Context). Of what can be a condition, one that holds.
 */
const ordinary: Readonly<Record<string, string>> = {
  'if-match': '*',
  'if-none-match': '"assay"',
  'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT',
  'if-unmodified-since': 'Thu, 31 Dec 2099 23:59:59 GMT',
  'if-range': '"assay"',
  range: 'bytes=0-',
  'accept-charset': 'utf-8',
  'accept-language': 'en',
  'content-language': 'en',
  date: 'Thu, 01 Jan 2026 00:00:00 GMT',
  origin: 'http://localhost',
  prefer: 'return=representation',
  forwarded: 'for=192.0.2.1',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};

const telling = ['pattern', 'format', 'enum', 'const', 'anyOf', 'oneOf', 'allOf'];

/** Whether HTTP says how a parameter is written and its schema does not: any text fits the schema, and the backend may refuse most. */
export function isWrittenByHttp(contract: Contract, { in: place, name, schema }: Parameter): boolean {
  const plain =
    place === 'header' && Object.hasOwn(ordinary, name.toLowerCase()) ? plainSchema(contract, schema) : false;
  if (typeof plain === 'boolean') return plain;
  const types = plain.type === undefined ? ['string'] : [plain.type].flat();
  return types.includes('string') && telling.every((keyword) => plain[keyword] === undefined);
}

/**
 * What is sent of such a parameter: its examples, else an ordinary value where it is required. A condition that is required has the ordinary one as
 * well: an example of an entity tag is hardly ever the one that the backend has, and then nothing would get past 412. Null for any other parameter.
 */
export function valuesWrittenByHttp(contract: Contract, parameter: Parameter): readonly string[] | null {
  if (!isWrittenByHttp(contract, parameter)) return null;
  const schema = plainSchema(contract, parameter.schema);
  const { examples, default: usual } = isJsonObject(schema) ? schema : {};
  const told = [...parameter.examples, ...(Array.isArray(examples) ? examples : []), usual].filter(
    (value: Json | undefined) => typeof value === 'string' && value !== '',
  );
  const name = parameter.name.toLowerCase();
  const isCondition = name.startsWith('if-');
  if (!parameter.required || (told.length > 0 && !isCondition)) return [...new Set(told)];
  return [...new Set([ordinary[name] ?? '*', ...told])];
}

function plainSchema(contract: Contract, schema: Schema, depth = 0): Schema {
  const target = isJsonObject(schema) && typeof schema.$ref === 'string' ? lookUp(contract, schema.$ref) : undefined;
  if (target === undefined) return schema;
  return depth > 8 ? false : plainSchema(contract, target.schema, depth + 1);
}
