import { type Contract, isJsonObject, type JsonObject, type Operation } from '@assay/contract';
import { plainSchema, propertySchema } from '../requests/body-schema.ts';
import { jsonContentOf } from '../requests/json-body.ts';

/** What an operation says, or what it says of a member, that may name what is not there any more. */
const ofGone = /\b(?:delet|remov|archiv|discontinu|former)|\b(?:still|gone|no longer|history)\b/i;
/** What a deletion says that leaves a use for what it deletes; of the rest each speaks. */
const ofUse = /\b(?:archiv|discontinu|former)|\b(?:still|no longer|history)\b/i;

/**
 * Whether the contract's own words may mean that an operation takes what was deleted: "also of a deleted product", "its stock can still be adjusted". That
 * they may as well mean the opposite is not told apart.
 * @param target where it names the thing: `path:id`, `body:/lines/0/productId`
 */
export function speaksOfDeleted(contract: Contract, operation: Operation, target: string, removal: Operation): boolean {
  const said = [operation.summary, operation.description, ...wordsOf(contract, operation, target)];
  return (
    said.some((text) => ofGone.test(text)) || [removal.summary, removal.description].some((text) => ofUse.test(text))
  );
}

function wordsOf(contract: Contract, operation: Operation, target: string): readonly string[] {
  const [, where = '', name = ''] = /^(\w+):(.*)$/.exec(target) ?? [];
  if (where !== 'body') {
    const parameter = operation.parameters.find((one) => one.in === where && one.name === name);
    return parameter === undefined
      ? []
      : [parameter.description, ...described(plainSchema(contract, parameter.schema))];
  }
  let schema: JsonObject | null = plainSchema(contract, jsonContentOf(operation)?.schema);
  const words = described(schema);
  for (const part of name.split('/').slice(1)) {
    schema = insideOf(contract, schema, part);
    words.push(...described(schema));
  }
  return words;
}

function insideOf(contract: Contract, schema: JsonObject | null, part: string): JsonObject | null {
  const items = schema?.['items'];
  return isJsonObject(items) ? plainSchema(contract, items) : propertySchema(contract, schema, part);
}

function described(schema: JsonObject | null): string[] {
  const text = schema?.['description'];
  return typeof text === 'string' ? [text] : [];
}
