import { ProblemLog } from './source/problem-log.ts';
import { child, items, members, type Place } from './source/place.ts';

interface Server {
  readonly path: string;
  readonly kind: 'relative' | 'local' | 'remote';
}

/**
 * The path that the nearest `servers` puts in front of every path: of the first entry that can be used, or where that is a host far away and another
 * is this machine, of that one, since the backend under test runs here. A gateway far away often adds a path that the backend itself knows nothing
 * of. Null where no servers are given.
 */
export function readBasePath(owner: Place, log: ProblemLog): string | null {
  return readServerOf(owner, log)?.path ?? null;
}

/**
 * The path that is in front of every path only because every server of the document is far away: a gateway there may add it. Null where there is
 * none, or a server is near.
 */
export function distantBasePath(root: Place): string | null {
  const server = readServerOf(root, new ProblemLog());
  return server?.kind === 'remote' && server.path !== '' ? server.path : null;
}

function readServerOf(owner: Place, log: ProblemLog): Server | null {
  const servers = child(owner, 'servers');
  if (servers.value !== undefined && servers.value !== null && !Array.isArray(servers.value))
    log.odd(servers, '`servers` must be a list; it is left out');
  const read = items(servers).flatMap((server) => readServer(server, log) ?? []);
  const [first] = read;
  const local = first?.kind === 'remote' ? read.find(({ kind }) => kind === 'local') : undefined;
  return local ?? first ?? null;
}

function readServer(server: Place, log: ProblemLog): Server | null {
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
  const meant = serverAt(filled, /^https?:/i.test(server.source.name) ? server.source.name : 'http://localhost/');
  if (meant === null) log.odd(url, `\`${url.value}\` is not a URL; it is left out`);
  return meant;
}

/** Meant as hosts, though by the letter a scheme or a path: `localhost:8080/v1`, `api.example.com/v1`. `index.php/v1` is a path. */
const bareHost = /^(?:[\w.-]+:\d+|localhost|(?:[\w-]+\.){2,}[a-z]{2,})(?:\/|$)/i;
const localHost = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])$/;

function serverAt(url: string, base: string): Server | null {
  const whole = bareHost.test(url) ? `http://${url}` : url;
  if (!URL.canParse(whole, base)) return null;
  const { pathname, hostname } = new URL(whole, base);
  const isRelative = !/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(whole);
  return {
    path: decodedBraces(pathname).replace(/\/+$/, ''),
    kind: isRelative ? 'relative' : localHost.test(hostname) ? 'local' : 'remote',
  };
}

/** A brace that is left in a path would read as a parameter of it. */
function decodedBraces(path: string): string {
  return path.replaceAll(/[{}]/g, (brace) => encodeURIComponent(brace));
}
