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
    /["']?\b(?:url|specUrl|configUrl)["']?\s*:\s*["']([^"']*(?:openapi|swagger|api-docs|schema|spec|\.json|\.ya?ml)[^"']*)["']/i.exec(
      html,
    )?.[1];
  const url = said === undefined ? null : URL.parse(said, `http://backend.invalid${page}`);
  return url === null ? null : url.pathname + url.search;
}
