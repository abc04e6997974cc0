import type { ProblemLog } from './source/problem-log.ts';
import { child, items, members, type Place } from './source/place.ts';

/**
 * The path that the nearest `servers` puts in front of every path: of the first entry that can be used. The host is ignored, since the
 * backend under test runs here. Null where no servers are given.
 */
export function readBasePath(owner: Place, log: ProblemLog): string | null {
  const servers = child(owner, 'servers');
  if (servers.value !== undefined && servers.value !== null && !Array.isArray(servers.value))
    log.odd(servers, '`servers` must be a list; it is left out');
  for (const server of items(servers)) {
    const path = readServer(server, log);
    if (path !== null) return path;
  }
  return null;
}

function readServer(server: Place, log: ProblemLog): string | null {
  const url = child(server, 'url');
  if (typeof url.value !== 'string') {
    log.odd(server, 'a server has no `url`; it is left out');
    return null;
  }
  const variables = new Map(members(child(server, 'variables')));
  const filled = url.value.trim().replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = variables.get(name);
    const value =
      variable === undefined
        ? undefined
        : (child(variable, 'default').value ?? items(child(variable, 'enum'))[0]?.value);
    if (value !== undefined && value !== null) return String(value);
    log.odd(url, `the variable {${name}} of the server has no \`default\``);
    return 'x';
  });
  const path = pathOf(filled, /^https?:/i.test(server.source.name) ? server.source.name : 'http://localhost/');
  if (path === null) log.odd(url, `\`${url.value}\` is not a URL; it is left out`);
  return path;
}

function pathOf(url: string, base: string): string | null {
  // `localhost:8080/v1` and `api.example.com/v1` are meant as hosts, though by the letter they are a scheme or a path.
  const whole = /^[\w.-]+:\d+(?:\/|$)/.test(url) ? `http://${url}` : url;
  if (!URL.canParse(whole, base)) return null;
  const { pathname } = new URL(whole, base);
  return decodedBraces(pathname).replace(/\/+$/, '');
}

/** A brace that is left in a path would read as a parameter of it. */
function decodedBraces(path: string): string {
  return path.replaceAll(/[{}]/g, (brace) => encodeURIComponent(brace));
}
