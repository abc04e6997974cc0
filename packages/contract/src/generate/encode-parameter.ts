import { isJsonMediaType } from '../validate/media-type.ts';
import { isJsonObject } from '../vocabulary/json.ts';
import type { Json } from '../vocabulary/json.ts';
import type { Parameter } from '../vocabulary/operation.ts';
import { encodeJson } from './encode-json.ts';

const unsafe = /[!'()*]/g;

/** Percent-encodes everything but the unreserved characters of RFC 3986. A segment that is only dots is encoded too, as far as that helps. */
export function percentEncode(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replace(
    unsafe,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return encoded === '.' || encoded === '..' ? encoded.replaceAll('.', '%2E') : encoded;
}

/** A scalar as the text that stands for it. Large whole numbers are written out, never as 1e+21. */
export function scalarText(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) >= 1e21
      ? BigInt(value).toString()
      : Object.is(value, -0)
        ? '-0'
        : String(value);
  return value === null ? '' : JSON.stringify(value);
}

/** Whether a parameter is described by `content`: no style applies then, and its value is read back as it was. */
export function isWrittenAsJson({ mediaType }: Pick<Parameter, 'mediaType'>): boolean {
  return mediaType !== undefined && isJsonMediaType(mediaType);
}

type Encode = (text: string) => string;

function pairsOf(value: { readonly [key: string]: Json }, encode: Encode): readonly (readonly [string, string])[] {
  return Object.entries(value).map(([name, part]) => [encode(name), encode(scalarText(part))] as const);
}

/** What stands in place of `{name}` in a path: styles simple, label and matrix. */
export function encodePathParameter(parameter: Parameter, value: Json): string {
  if (isWrittenAsJson(parameter)) return percentEncode(encodeJson(value));
  const { name, style, explode } = parameter;
  const key = percentEncode(name);
  const items = Array.isArray(value) ? value.map((item) => percentEncode(scalarText(item))) : null;
  const pairs = isJsonObject(value) ? pairsOf(value, percentEncode) : null;
  if (style === 'label') {
    if (items !== null) return `.${items.join(explode ? '.' : ',')}`;
    if (pairs !== null)
      return explode ? `.${pairs.map((pair) => pair.join('=')).join('.')}` : `.${pairs.flat().join(',')}`;
    return `.${percentEncode(scalarText(value))}`;
  }
  if (style === 'matrix') {
    if (items !== null) return explode ? items.map((item) => `;${key}=${item}`).join('') : `;${key}=${items.join(',')}`;
    if (pairs !== null)
      return explode ? pairs.map((pair) => `;${pair.join('=')}`).join('') : `;${key}=${pairs.flat().join(',')}`;
    return `;${key}=${percentEncode(scalarText(value))}`;
  }
  return simple(value, explode, percentEncode);
}

/** A header holds ASCII: in JSON every other character has an escape. */
export function encodeHeaderParameter(parameter: Parameter, value: Json): string {
  if (!isWrittenAsJson(parameter)) return simple(value, parameter.explode, (text) => text);
  return encodeJson(value).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The style of path segments and headers: parts joined by commas. */
function simple(value: Json, explode: boolean, encode: Encode): string {
  if (Array.isArray(value)) return value.map((item) => encode(scalarText(item))).join(',');
  if (isJsonObject(value)) {
    const pairs = pairsOf(value, encode);
    return explode ? pairs.map((pair) => pair.join('=')).join(',') : pairs.flat().join(',');
  }
  return encode(scalarText(value));
}

const separators: Readonly<Record<string, string>> = { form: ',', spaceDelimited: '%20', pipeDelimited: '%7C' };

/** The `name=value` parts of a query: styles form, spaceDelimited, pipeDelimited and deepObject. Also what a form's body is made of. */
export function encodeQueryParameter(
  parameter: Pick<Parameter, 'name' | 'style' | 'explode' | 'mediaType'>,
  value: Json,
): readonly string[] {
  const { name, style, explode } = parameter;
  const key = percentEncode(name);
  if (isWrittenAsJson(parameter)) return [`${key}=${percentEncode(encodeJson(value))}`];
  if (Array.isArray(value)) {
    const items = value.map((item) => percentEncode(scalarText(item)));
    // OpenAPI leaves open what a list is in this style; those who write `filter[a]=1` write `filter[]=1`.
    if (style === 'deepObject') return items.map((item) => `${key}%5B%5D=${item}`);
    if (explode) return items.map((item) => `${key}=${item}`);
    return [`${key}=${items.join(separators[style] ?? ',')}`];
  }
  if (isJsonObject(value)) {
    const pairs = pairsOf(value, percentEncode);
    if (style === 'deepObject') return pairs.map(([part, text]) => `${key}%5B${part}%5D=${text}`);
    if (explode && style === 'form') return pairs.map((pair) => pair.join('='));
    return [`${key}=${pairs.flat().join(separators[style] ?? ',')}`];
  }
  return [`${key}=${percentEncode(scalarText(value))}`];
}
