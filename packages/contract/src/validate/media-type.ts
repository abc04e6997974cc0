/** A media type's name in lower case, without parameters: `Application/JSON; charset=utf-8` → `application/json`. */
export function mediaTypeName(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase();
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
