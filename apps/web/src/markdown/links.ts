/** Where a link of a document leads: to a page of the app, out of it, or nowhere that the app could show. */
export type Destination =
  | { readonly kind: 'page'; readonly path: string }
  | { readonly kind: 'web'; readonly address: string }
  | { readonly kind: 'nowhere' };

/**
 * @param base the document's place in the repository: `docs/checks/http/charset.md`; null for texts that have none.
 */
export function destinationOf(href: string, base: string | null): Destination {
  if (/^https?:\/\//i.test(href)) return URL.canParse(href) ? { kind: 'web', address: new URL(href).href } : nowhere;
  // Any other scheme, javascript: among them, and links within the page.
  if (/^[a-z][a-z0-9+.-]*:/i.test(href) || href.startsWith('//') || href.startsWith('#') || base === null)
    return nowhere;
  const { pathname } = new URL(href, `http://repository/${base}`);
  const [, check] = /^\/docs\/checks\/([a-z0-9-]+\/[a-z0-9-]+)\.md$/.exec(pathname) ?? [];
  if (check !== undefined) return { kind: 'page', path: `/checks/${check}` };
  if (pathname === '/docs/checks/README.md') return { kind: 'page', path: '/checks' };
  const [, challenge] = /^\/challenges\/([a-z0-9-]+)\/(?:brief\.md)?$/.exec(pathname) ?? [];
  if (challenge !== undefined) return { kind: 'page', path: `/challenges/${challenge}` };
  return nowhere;
}

const nowhere: Destination = { kind: 'nowhere' };
