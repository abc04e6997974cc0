import { type Contract, isJsonObject, type Operation, type RecordedRequest } from '@assay/contract';
import { plainSchema } from './body-schema.ts';

/** Parameters whose text is in a language of its own: names of columns, of relations, an expression. */
const languages = /^(sort|order(ing)?)(_?by)?$|^(include|expand|embed|fields|select|filter|where)(\[.*\])?$/i;

/** Whether a query says something in such a language that the schema leaves open: a word that names no column is refused with reason. */
export function speaksFreely({ target }: RecordedRequest, operation: Operation, contract: Contract): boolean {
  const names = new Set(new URLSearchParams(target.split('?')[1] ?? '').keys());
  return [...names].some((name) => languages.test(name) && isOpen(name, operation, contract));
}

/** What no parameter has for its name is a member of one: `sort` of a `pageable`. */
function isOpen(name: string, { parameters }: Operation, contract: Contract): boolean {
  const own = parameters.find((parameter) => parameter.in === 'query' && parameter.name === name);
  if (own === undefined) return true;
  const whole = plainSchema(contract, own.schema);
  const {
    type,
    enum: listed,
    pattern,
    format,
  } = isJsonObject(whole['items']) ? plainSchema(contract, whole['items']) : whole;
  const types = Array.isArray(type) ? type : [type ?? 'string'];
  return (
    listed === undefined &&
    pattern === undefined &&
    format === undefined &&
    (types.includes('string') || types.includes('object'))
  );
}
