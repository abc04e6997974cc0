import { type Exchange, type RequestSpec, responseHeaderOf } from '@assay/contract';

/**
 * Where frameworks send a request whose path lacks a trailing slash, or has one too many: the same request to the same path but for that. Null when the
 * answer is anything else. A POST is only sent again where the status keeps the method (RFC 9110, section 15.4).
 */
export function samePlace(request: RequestSpec, exchange: Exchange): RequestSpec | null {
  const status = exchange.response?.status ?? 0;
  const repeats = [307, 308].includes(status) || ([301, 302].includes(status) && /^(GET|HEAD)$/.test(request.method));
  const location = responseHeaderOf(exchange, 'location');
  if (!repeats || location === undefined) return null;
  const [path = '', query = null] = request.target.split(/\?(.*)/s);
  const there = pathOf(location, request.target);
  if (there === null) return null;
  const isSame = there === `${path}/` || (path !== '/' && `${there}/` === path);
  return isSame ? { ...request, target: query === null ? there : `${there}?${query}` } : null;
}

function pathOf(location: string, target: string): string | null {
  try {
    return new URL(location, `http://backend${target}`).pathname;
  } catch {
    return null;
  }
}
