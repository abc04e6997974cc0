import {
  type Contract,
  isJsonObject,
  type Json,
  type JsonObject,
  type Operation,
  propertiesOf,
  resolved,
} from '@assay/contract';
import { isWayOut } from './way-out.ts';

/** A place of an operation that takes a text. */
export interface TextInput {
  readonly operation: Operation;
  /** `path:id`, `query:q`, `header:X-Name`, `body:/title`; `body:/targets/0/url` in the first of a list of objects. */
  readonly place: string;
  /** What it is called: `q`, `title`. */
  readonly name: string;
  /** Its schema, with references followed. */
  readonly schema: JsonObject;
  /** It takes a list of texts. */
  readonly many: boolean;
}

const deepest = 3;
/** What HTTP itself reads. */
const httpFields = /^(if-|accept|authorization$|content-|cookie$|host$|range$|origin$)/i;

/**
 * Every place of the contract that takes a free text: parameters, and the members of JSON, form and SOAP bodies, named ones and those of what they hold,
 * the first of a list too.
 * @param choices also what takes one of a few texts: the code behind it may take any.
 */
export function textInputs(
  { operations, definitions }: Contract,
  { choices = false }: { readonly choices?: boolean } = {},
): readonly TextInput[] {
  const isText = choices ? isTextOrChoice : isFreeText;
  return operations
    .filter((operation) => !isWayOut(operation))
    .flatMap((operation) => {
      const parameters = operation.parameters.flatMap(({ in: where, name, schema }) => {
        if (where === 'cookie' || (where === 'header' && (httpFields.test(name) || /idempotency/i.test(name))))
          return [];
        // Only what names something is asked of an operation that deletes: anything else would delete.
        if (operation.method === 'DELETE' && where !== 'path') return [];
        return inputsIn(schema, operation, `${where}:${name}`, name, 0);
      });
      const content = operation.requestBody?.content.find(
        ({ mediaType, codec }) => codec === 'soap' || /[/+]json$|form/.test(mediaType),
      );
      return content === undefined || operation.method === 'DELETE'
        ? parameters
        : [...parameters, ...inputsIn(content.schema, operation, 'body:', '', 0)];
    });

  function inputsIn(
    schema: Json,
    operation: Operation,
    place: string,
    name: string,
    depth: number,
  ): readonly TextInput[] {
    const object = schema === true ? {} : resolved(schema, definitions);
    if (object === null || depth > deepest) return [];
    const members = [...propertiesOf(object, definitions)];
    if (members.length > 0) {
      if (!place.startsWith('body:')) return [];
      return members
        .filter(([, member]) => !(isJsonObject(member) && member['readOnly'] === true))
        .flatMap(([key, member]) => inputsIn(member, operation, `${place}/${escaped(key)}`, key, depth + 1));
    }
    const items = object['items'];
    const item =
      items === undefined || !takes(object, 'array') ? null : items === true ? {} : resolved(items, definitions);
    if (item !== null && place.startsWith('body:') && propertiesOf(item, definitions).size > 0)
      return inputsIn(item, operation, `${place}/0`, name, depth);
    if (place === 'body:') return [];
    if (takes(object, 'array') && items !== undefined) {
      return item !== null && isText(item) ? [{ operation, place, name, schema: item, many: true }] : [];
    }
    return isText(object) ? [{ operation, place, name, schema: object, many: false }] : [];
  }
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isFreeText(schema: JsonObject): boolean {
  return takes(schema, 'string') && schema['enum'] === undefined && schema['const'] === undefined;
}

function isTextOrChoice(schema: JsonObject): boolean {
  return takes(schema, 'string') && schema['const'] === undefined;
}

/** Whether a value may have the type; a schema that names none takes all. */
function takes({ type }: JsonObject, wanted: string): boolean {
  return type === undefined ? wanted === 'string' : type === wanted || (Array.isArray(type) && type.includes(wanted));
}
