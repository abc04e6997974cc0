import { bodyText, type Exchange, type Identity, type Instance, type Json } from '@assay/contract';
import { isSuccess, status } from '../words.ts';
import { newWords, type WrittenThing } from './written-thing.ts';

/**
 * What somebody else reads of a thing that whoever wrote it may not read any more: with their id sent along, it may have become theirs. Null where the writer
 * reads it still, or it is not what was written, with a text that was sent.
 */
export async function seenBy(
  somebodyElse: Identity,
  { request, read }: WrittenThing,
  backend: Instance,
): Promise<Exchange | null> {
  if (read === null || read.request.method !== 'GET' || ![403, 404].includes(status(read) ?? 0)) return null;
  const seen = await backend.send({
    method: 'GET',
    target: read.request.target,
    ...(read.operation === undefined ? {} : { operation: read.operation }),
    as: somebodyElse,
  });
  const text = bodyText(seen.response?.body);
  return isSuccess(seen) && newWords(request.body?.value as Json).some((word) => text.includes(word)) ? seen : null;
}
