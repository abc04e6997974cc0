import { isJsonMediaType } from '../validate/media-type.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { MediaContent } from '../vocabulary/operation.ts';
import { encodeJson } from './encode-json.ts';
import { encodeQueryParameter, scalarText } from './encode-parameter.ts';

export interface EncodedBody {
  /** With its parameters: `multipart/form-data; boundary=…`. */
  readonly contentType: string;
  readonly text: string;
}

/** What a contract says of a form besides its schema. */
type FormFields = Pick<MediaContent, 'files' | 'partTypes'>;

/** Writes a body in its media type: JSON and all `+json`, both kinds of form, and text as it is for the rest. */
export function encodeBody(mediaType: string, value: Json, form: FormFields): EncodedBody {
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
  if (mediaType === 'multipart/form-data') return multipart(value, form);
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

function multipart(value: Json, { files = [], partTypes = {} }: FormFields): EncodedBody {
  const fields = isJsonObject(value) ? Object.entries(value) : [];
  const parts = fields.flatMap(([name, field]) => {
    const type = Object.hasOwn(partTypes, name) ? partTypes[name] : undefined;
    if (type !== undefined && isJsonMediaType(type)) return [part(name, type, encodeJson(field))];
    return (Array.isArray(field) ? field : [field]).map((item) => {
      if (files.includes(name)) return part(name, type ?? 'application/octet-stream', scalarText(item), true);
      return typeof item === 'object' && item !== null
        ? part(name, 'application/json', encodeJson(item))
        : part(name, type, scalarText(item));
    });
  });
  let boundary = 'assay-part';
  while (parts.some((text) => text.includes(boundary))) boundary += '-x';
  const text = `${parts.map((each) => `--${boundary}\r\n${each}\r\n`).join('')}--${boundary}--\r\n`;
  return { contentType: `multipart/form-data; boundary=${boundary}`, text };
}

/** Field names are written as browsers write them, with quotes and line ends percent-encoded. */
function part(name: string, type: string | undefined, text: string, isFile = false): string {
  const field = name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const disposition = `Content-Disposition: form-data; name="${field}"${isFile ? '; filename="file.bin"' : ''}`;
  return `${disposition}${type === undefined ? '' : `\r\nContent-Type: ${type}`}\r\n\r\n${text}`;
}
