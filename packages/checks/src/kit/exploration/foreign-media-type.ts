import { type Exchange, headerOf, mediaTypeName, type Operation } from '@assay/contract';

/** 415 to a media type that the contract does not name: no client that is written against it will ever see that. */
export function isForeignMediaType({ request, response }: Exchange, { requestBody }: Operation): boolean {
  const sent = mediaTypeName(headerOf(request.headers, 'content-type') ?? '');
  return (
    response?.status === 415 && !(requestBody?.content ?? []).some(({ mediaType }) => mediaTypeName(mediaType) === sent)
  );
}
