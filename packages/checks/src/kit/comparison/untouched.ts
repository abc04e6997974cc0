import { bodyJson, type Contract, type Exchange, isJsonObject, type Json, type JsonObject } from '@assay/contract';
import { counterpart } from '../answers/counterpart.ts';
import { bodySchema, propertySchema } from '../requests/body-schema.ts';
import { differences } from './compare.ts';

interface BeforePatch {
  readonly operation: string;
  readonly idPointer?: string | null;
  readonly sent: Json;
  /** What the thing was made of. */
  readonly made?: Json | undefined;
  readonly before: Exchange;
  /** The same read once more. */
  readonly again?: Exchange;
}

/**
 * What a partial update did not name and leaves as it is: members that it could have named and that are the client's own. What the backend computes of
 * the others (`slug`, `total`, `completedAt`), and what moves by being read, may be otherwise afterwards.
 */
export function untouched(
  contract: Contract,
  { operation, idPointer = null, sent, made, before, again }: BeforePatch,
): JsonObject {
  const shownBy = (exchange: Exchange): Json =>
    counterpart({ idPointer }, sent, (bodyJson(exchange.response?.body) as Json | undefined) ?? null).back;
  const old = shownBy(before);
  const older = again === undefined ? old : shownBy(again);
  const { sent: named } = counterpart({ idPointer }, sent, bodyOf(before));
  const origin = made === undefined ? null : counterpart({ idPointer }, made, bodyOf(before)).sent;
  if (!isJsonObject(old) || !isJsonObject(older) || !isJsonObject(named)) return {};
  const asked = contract.operations.find(({ id }) => id === operation);
  const schema = asked === undefined ? null : bodySchema(contract, asked);
  const lists = isJsonObject(schema?.['properties']) && Object.keys(schema['properties']).length > 0;
  const canBeNamed = (name: string): boolean => {
    const member = propertySchema(contract, schema, name);
    return !lists || (member !== null && member['readOnly'] !== true);
  };
  const isClients = (name: string, value: Json): boolean =>
    origin === null ||
    (isJsonObject(origin) && origin[name] !== undefined && differences(origin[name], value).length === 0);
  return Object.fromEntries(
    Object.entries(old).filter(
      ([name, value]) =>
        !(name in named) &&
        !/(updated|modified|changed|version|etag|revision)/i.test(name) &&
        canBeNamed(name) &&
        isClients(name, value) &&
        JSON.stringify(older[name]) === JSON.stringify(value),
    ),
  );
}

function bodyOf({ response }: Exchange): Json {
  return (bodyJson(response?.body) as Json | undefined) ?? null;
}
