import { isJsonMediaType } from '../validate/media-type.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import { encodeQueryParameter, scalarText } from './encode-parameter.ts';

export interface EncodedBody {
  /** With its parameters: `multipart/form-data; boundary=…`. */
  readonly contentType: string;
  readonly text: string;
}

/** Writes a body in its media type: JSON and all `+json`, both kinds of form, and text as it is for the rest. */
export function encodeBody(mediaType: string, value: Json, isFile: (field: string) => boolean): EncodedBody {
  if (isJsonMediaType(mediaType)) return { contentType: mediaType, text: encodeJson(value) };
  if (mediaType === 'application/x-www-form-urlencoded') {
    const fields = isJsonObject(value) ? Object.entries(value) : [];
    const parts = fields.flatMap(([name, field]) =>
      encodeQueryParameter(
        { name, style: 'form', explode: true },
        isJsonObject(field) ? encodeJson(field) : flat(field),
      ),
    );
    return { contentType: mediaType, text: parts.join('&').replaceAll('%20', '+') };
  }
  if (mediaType === 'multipart/form-data') return multipart(value, isFile);
  return {
    contentType: mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    text: scalarText(value),
  };
}

function flat(field: Json): Json {
  return Array.isArray(field)
    ? field.map((item) => (typeof item === 'object' && item !== null ? encodeJson(item) : item))
    : field;
}

/** JSON text. JSON.stringify writes -0 as 0; here it stays what it is, since some readers stumble over it. */
export function encodeJson(value: Json): string {
  return hasNegativeZero(value) ? withNegativeZero(value) : JSON.stringify(value);
}

function hasNegativeZero(value: Json): boolean {
  if (typeof value === 'number') return Object.is(value, -0);
  if (Array.isArray(value)) return value.some(hasNegativeZero);
  return isJsonObject(value) && Object.values(value).some(hasNegativeZero);
}

function withNegativeZero(value: Json): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(withNegativeZero).join(',')}]`;
  if (isJsonObject(value)) {
    return `{${Object.entries(value)
      .map(([name, member]) => `${JSON.stringify(name)}:${withNegativeZero(member)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

function multipart(value: Json, isFile: (field: string) => boolean): EncodedBody {
  const fields = isJsonObject(value) ? Object.entries(value) : [];
  const parts = fields.flatMap(([name, field]) =>
    (Array.isArray(field) ? field : [field]).map((item) => part(name, item, isFile(name))),
  );
  let boundary = 'assay-part';
  while (parts.some((text) => text.includes(boundary))) boundary += '-x';
  const text = `${parts.map((each) => `--${boundary}\r\n${each}\r\n`).join('')}--${boundary}--\r\n`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, text };
}

/** Field names are written as browsers write them, with quotes and line ends percent-encoded. */
function part(name: string, value: Json, file: boolean): string {
  const field = name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const disposition = `Content-Disposition: form-data; name="${field}"`;
  if (file)
    return `${disposition}; filename="file.bin"\r\nContent-Type: application/octet-stream\r\n\r\n${scalarText(value)}`;
  if (typeof value === 'object' && value !== null)
    return `${disposition}\r\nContent-Type: application/json\r\n\r\n${encodeJson(value)}`;
  return `${disposition}\r\n\r\n${scalarText(value)}`;
}
