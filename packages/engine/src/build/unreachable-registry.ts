/** What package managers, and nobody else, print when they could not reach a registry at all. */
const ofTheirOwn = [
  /npm (ERR!|error) (network|(code|errno) (EAI_AGAIN|ENOTFOUND|ENETUNREACH|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ERR_SOCKET_TIMEOUT|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_\w+))/,
  /trouble with your network connection/,
  /An unexpected error occurred: "https?:.*(EAI_AGAIN|ENOTFOUND|ENETUNREACH|ETIMEDOUT|ECONNREFUSED|SELF_SIGNED_CERT|certificate)/,
  /\bYN\d{4}\b.*(RequestError|EAI_AGAIN|ENOTFOUND|ENETUNREACH|ETIMEDOUT|ECONNREFUSED|certificate)/,
  /ERR_PNPM_META_FETCH_FAIL|(WARN|ERROR).* GET https?:\S+ error \(|Error when performing the request to https?:/,
  /(\bpip\b|\/simple\/|pypi).*(Failed to establish a new connection|Temporary failure in name resolution|Name or service not known|CERTIFICATE_VERIFY_FAILED|timed out)/,
  /curl error (6|7|28|35)\b/,
  /Could not transfer (artifact|metadata).*(refused|timed out|Unknown host|UnknownHost|Name or service not known|Temporary failure in name resolution|PKIX)/,
  /Downloading from \S+ failed|(wget|curl): Failed to fetch/,
  /^go: .*dial tcp|Get "\S*(\/@v\/|\/@latest|\/sumdb\/|\?go-get=1)\S*": (dial tcp|net\/http: TLS|tls: |x509: )/,
  /unable to access 'https?:\/\/[^']*': (Could not resolve host|Failed to connect)/,
  /binaries\.prisma\.sh.*(EAI_AGAIN|ENOTFOUND|ENETUNREACH|ETIMEDOUT|ECONNREFUSED)/,
];

/** Gradle's and Maven's wrappers load the tool itself; what they throw is told from a backend's own exception by its trace. */
const thrown = /Exception in thread "main" java\.\S*(ConnectException|SocketTimeoutException|Timeout|UnknownHost)/;
const wrapper = /\borg\.(gradle|apache\.maven)\.wrapper\./;

/** What any program may print. It is a registry's only where the command does nothing but load, or loads among other things. */
const ofAnyProgram =
  /EAI_AGAIN|ENOTFOUND|ENETUNREACH|ERR_SOCKET_TIMEOUT|Temporary failure in name resolution|Name or service not known|Failed to establish a new connection|Could not resolve host|UnknownHostException|Unknown host|dial tcp.*(lookup|timeout)|SELF_SIGNED_CERT|unable to get local issuer certificate|CERTIFICATE_VERIFY_FAILED/;
const loads =
  /\b(npm (ci|i|install)|(yarn|pnpm|yarn@\S+|pnpm@\S+|@yarnpkg\/cli-dist\S*) (i|install)|pip3? install|uv (sync|pip)|(poetry|pipenv|pdm|bundle) (install|sync)|composer (install|update)|mvnw?|gradlew?|go (mod|get|install|build)|cargo (build|fetch|install))\b/;

/** Where a line names the host that was looked for. */
const named =
  /(?:getaddrinfo \w+|UnknownHostException:|Unknown host|Could not resolve host:|lookup|host=')\s*([\w.-]+)|([\w.-]+): (?:Name or service not known|Temporary failure in name resolution)/;

/**
 * The line that says that a registry could not be reached, if any does. That a host named `db` is not there is the backend's own affair:
 * a build that wants one cannot be built anywhere.
 */
export function unreachableRegistry(log: readonly string[], command: string): string | null {
  const own = log.find((line) => ofTheirOwn.some((sign) => sign.test(line)));
  if (own !== undefined) return own;
  if (log.some((line) => wrapper.test(line))) {
    const exception = log.find((line) => thrown.test(line));
    if (exception !== undefined) return exception;
  }
  if (!loads.test(command)) return null;
  return log.find((line) => ofAnyProgram.test(line) && !namesBareHost(line)) ?? null;
}

function namesBareHost(line: string): boolean {
  const [, before, after] = named.exec(line) ?? [];
  const host = before ?? after;
  return host !== undefined && !host.includes('.');
}
