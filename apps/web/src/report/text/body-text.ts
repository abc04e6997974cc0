import type { Body } from '@assay/contract';

/** A body as text; bytes that are no UTF-8 become replacement characters. */
export function bodyText(body: Body | undefined): string {
  if (body === undefined) return '';
  if ('text' in body) return body.text;
  return new TextDecoder().decode(Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0)));
}

/** What is to be known of a body beside its text; null when there is nothing. */
export function bodyRemark(body: Body | undefined): string | null {
  if (body === undefined) return null;
  const remarks = [
    ...('base64' in body ? ['not UTF-8; what is no character is shown as \ufffd'] : []),
    ...(body.truncatedFrom === undefined ? [] : [`the beginning of ${body.truncatedFrom.toLocaleString('en')} bytes`]),
  ];
  return remarks.length === 0 ? null : remarks.join('; ');
}
