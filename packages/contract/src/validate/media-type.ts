import type { MediaContent, Schema } from '../vocabulary/operation.ts';
import { own } from '../vocabulary/own.ts';

/** A media type's name in lower case, without parameters: `Application/JSON; charset=utf-8` → `application/json`. */
export function mediaTypeName(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** The parameters of a media type, names in lower case, values as they are written: `a/b; Version="X;2"` → `{ version: 'X;2' }`. */
export function mediaTypeParameters(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/;\s*([^\s=;"]+)\s*=\s*(?:"([^"]*)"|([^\s;"]+))/g);
  const entries = [...found].map(([, name = '', quoted, plain = '']) => [name.toLowerCase(), quoted ?? plain] as const);
  // Of one that is said twice the first counts.
  return Object.fromEntries(entries.reverse());
}

const ofAny = new WeakMap<MediaContent, Schema>();

/**
 * The schema of a documented content that a Content-Type means: of its variants the one whose parameters it has all of, the most of them first. Where that is
 * none, or several, any of them will do.
 */
export function schemaFor(content: MediaContent, contentType: string): Schema {
  const { schema, variants } = content;
  if (variants === undefined) return schema;
  const actual = mediaTypeParameters(contentType);
  const meant = variants
    .map((variant) => ({ variant, parameters: Object.entries(variant.parameters) }))
    .filter(({ parameters }) =>
      parameters.every(([name, value]) => own(actual, name)?.toLowerCase() === value.toLowerCase()),
    )
    .toSorted((a, b) => b.parameters.length - a.parameters.length);
  const [best, next] = meant;
  if (best !== undefined && best.parameters.length !== next?.parameters.length) return best.variant.schema;
  let any = ofAny.get(content);
  if (any === undefined) ofAny.set(content, (any = { anyOf: variants.map((variant) => variant.schema) }));
  return any;
}

/** Whether a media type is JSON: `application/json`, `text/json`, or any with the suffix `+json`. */
export function isJsonMediaType(text: string): boolean {
  const name = mediaTypeName(text);
  return name === 'application/json' || name === 'text/json' || /^[^/]+\/[^/]+\+json$/.test(name);
}

/** How closely a documented media type or range speaks of an actual one; null when it does not. Higher is closer. */
function closeness(documented: string, actual: string): number | null {
  const range = mediaTypeName(documented);
  if (range === actual) return 3;
  if (range === '*/*' || range === '*') return 0;
  const [type, subtype] = range.split('/');
  const [actualType, actualSubtype = ''] = actual.split('/');
  if (type !== actualType && type !== '*') return null;
  if (subtype === '*') return 1;
  if (subtype?.startsWith('*+') === true && actualSubtype.endsWith(subtype.slice(1))) return 2;
  return null;
}

/**
 * The documented content that a Content-Type speaks of: the same type first, then `application/*+json`, `application/*` and `*∕*`. Parameters
 * are not compared.
 */
export function findContent<T extends { readonly mediaType: string }>(
  content: readonly T[],
  contentType: string,
): T | undefined {
  const actual = mediaTypeName(contentType);
  let best: { readonly entry: T; readonly score: number } | undefined;
  for (const entry of content) {
    const score = closeness(entry.mediaType, actual);
    if (score !== null && (best === undefined || score > best.score)) best = { entry, score };
  }
  return best?.entry;
}
