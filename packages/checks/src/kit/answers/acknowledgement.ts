import { isJsonObject, type Json } from '@assay/contract';

/** What an answer may say of the request, by names that things have as well. */
const ofTheRequest = /^(?:status|code|message|success|error|type|result)$/i;

/**
 * Whether an answer only says that the request was carried out (`{ status: 'ok', id: 7 }`), and does not show the thing: of all that was sent it has no other
 * members than such.
 */
export function isAcknowledgement(sent: Json, back: Json): boolean {
  if (!isJsonObject(sent) || !isJsonObject(back)) return false;
  const names = Object.keys(sent);
  return (
    names.some((name) => !ofTheRequest.test(name)) && names.every((name) => !(name in back) || ofTheRequest.test(name))
  );
}
