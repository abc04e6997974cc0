/** Pages on which frameworks show their document to people. */
export const pages = [
  '/docs',
  '/api',
  '/swagger',
  '/swagger-ui/index.html',
  '/api-docs/',
  '/api/docs',
  '/documentation',
  '/redoc',
  '/doc',
  '/reference',
  '/schema',
  '/',
];

/**
 * Where a documentation page (Swagger UI, ReDoc, Scalar, RapiDoc) says that it reads its document: a path on the same server. Null when the
 * page says nothing of it.
 * @param page the path under which the page was asked for.
 */
export function documentAddress(html: string, page: string): string | null {
  const said =
    /\b(?:spec-url|data-url)\s*=\s*["']([^"']+)["']/i.exec(html)?.[1] ??
    /["']?\b(?:url|specUrl|swaggerUrl|configUrl)["']?\s*:\s*["']([^"']*(?:openapi|swagger|api-docs|schema|spec|\.json|\.ya?ml)[^"']*)["']/i.exec(
      html,
    )?.[1];
  const url = said === undefined ? null : URL.parse(said, `http://backend.invalid${page}`);
  return url === null ? null : url.pathname + url.search;
}

/** Where frameworks serve the document of a page that says nothing of it. */
export function besides(page: string): readonly string[] {
  const base = page.replace(/\/(index\.html)?$/, '');
  return base === '' ? [] : [`${base}/json`, `${base}-json`, `${base}/openapi.json`, `${base}.json`];
}

/** The script that sets Swagger UI up, where a page names one: a path on the same server. */
export function setUpScript(html: string, page: string): string | null {
  const [, said] =
    /<script\b[^>]*\bsrc\s*=\s*["']([^"']*swagger-(?:ui-init|initializer)\.js[^"']*)["']/i.exec(html) ?? [];
  const url = said === undefined ? null : URL.parse(said, `http://backend.invalid${page}`);
  return url?.hostname === 'backend.invalid' ? url.pathname + url.search : null;
}

/** The whole document that swagger-ui-express and NestJS write into that script, as JSON; null when none stands there. */
export function documentInScript(script: string): string | null {
  const before = /["']?\bswaggerDoc["']?\s*:\s*(?=\{)/.exec(script);
  if (before === null) return null;
  const start = before.index + before[0].length;
  const end = endOfObject(script, start);
  return end === null ? null : script.slice(start, end);
}

/** Behind the brace that closes the one at `start`. Read once, for the text may be made to keep a pattern busy. */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && (depth -= 1) === 0) return at + 1;
  }
  return null;
}
