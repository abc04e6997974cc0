import { bodyJson, type Exchange, isJsonObject, type Json, type Resource } from '@assay/contract';
import { counterpart } from '../answers/counterpart.ts';
import { isSuccess } from '../words.ts';

/** Whether a read has any of the members that were sent: where it has none, there is nothing to compare. */
export function showsAnyOf(resource: Pick<Resource, 'idPointer'>, sent: Json, read: Exchange): boolean {
  const body = bodyJson(read.response?.body) as Json | undefined;
  if (body === undefined || !isSuccess(read)) return false;
  const pair = counterpart(resource, sent, body);
  const { back } = pair;
  return !isJsonObject(pair.sent) || (isJsonObject(back) && Object.keys(pair.sent).some((name) => name in back));
}
