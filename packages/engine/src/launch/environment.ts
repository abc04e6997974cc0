import type { BuiltBackend } from '../backend.ts';

/** How the backend signs in to the database. The address is ours to say. */
export interface DatabaseLogin {
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * What the backend is told about where to listen and where its database is; the names that the languages and frameworks look for.
 *
 * @param scheme of DATABASE_URL, from which SQLAlchemy reads the driver: `postgresql+asyncpg`
 */
export function connectionVariables(
  listen: Address,
  database: { readonly at: Address; readonly login: DatabaseLogin } | null,
  scheme = 'postgresql',
): Readonly<Record<string, string>> {
  const own = {
    PORT: String(listen.port),
    HOST: listen.host,
    SERVER_PORT: String(listen.port),
    SERVER_ADDRESS: listen.host,
  };
  if (database === null) return own;
  const { at, login } = database;
  const [user, password, name] = [login.user, login.password, login.database].map(encodeURIComponent);
  const address = `${at.host}:${at.port}/${name}`;
  return {
    ...own,
    DATABASE_URL: `${scheme}://${user}:${password}@${address}`,
    JDBC_DATABASE_URL: `jdbc:postgresql://${address}?user=${user}&password=${password}`,
    SPRING_DATASOURCE_URL: `jdbc:postgresql://${address}`,
    SPRING_DATASOURCE_USERNAME: login.user,
    SPRING_DATASOURCE_PASSWORD: login.password,
    SPRING_R2DBC_URL: `r2dbc:postgresql://${address}`,
    SPRING_R2DBC_USERNAME: login.user,
    SPRING_R2DBC_PASSWORD: login.password,
    PGHOST: at.host,
    PGPORT: String(at.port),
    PGUSER: login.user,
    PGPASSWORD: login.password,
    PGDATABASE: login.database,
    // Go's lib/pq insists on TLS where nothing is said.
    PGSSLMODE: 'disable',
  };
}

/** Laravel reads an address in parts, under names of its own. */
function laravelVariables(at: Address, login: DatabaseLogin): Readonly<Record<string, string>> {
  return {
    DB_CONNECTION: 'pgsql',
    DB_HOST: at.host,
    DB_PORT: String(at.port),
    DB_DATABASE: login.database,
    DB_USERNAME: login.user,
    DB_PASSWORD: login.password,
  };
}

/**
 * The whole environment of a backend: nothing of the person's own. Settings in `assay.yaml` may refer to what we give, `$PGHOST` or `${PGHOST}`,
 * for backends that look for other names; they cannot change it, but for the driver in the scheme of DATABASE_URL.
 */
export function backendEnvironment(options: {
  readonly built: BuiltBackend;
  readonly listen: Address;
  readonly database: { readonly at: Address; readonly login: DatabaseLogin } | null;
  readonly home: string;
  readonly temporary: string;
  readonly memoryBytes: number;
  /** Its speed is measured: it runs as it would anywhere. Otherwise what makes it start sooner is set. */
  readonly measured: boolean;
  /** Variables that mark the process as ours. */
  readonly markers: Readonly<Record<string, string>>;
}): Readonly<Record<string, string>> {
  const { built, database } = options;
  const { stack } = built.detected;
  const driver = /^postgres(?:ql)?\+\w+(?=:\/\/)/.exec(built.detected.environment.DATABASE_URL ?? '')?.[0];
  const given = connectionVariables(options.listen, database, driver);
  const expand = (value: string): string =>
    value.replaceAll(
      /\$(?:([A-Z_]+)|\{([A-Z_]+)\})/g,
      (whole, bare: string | undefined, braced: string | undefined) => given[bare ?? braced ?? ''] ?? whole,
    );
  const expanded = (variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, expand(value)]));
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    USER: 'backend',
    LOGNAME: 'backend',
    SHELL: '/bin/sh',
    ...defaultsFor(stack.language, options.memoryBytes, options.measured),
    ...(stack.framework === 'Laravel' && database !== null ? laravelVariables(database.at, database.login) : {}),
    ...(database === null ? {} : expanded(built.detected.databaseVariables ?? {})),
    ...built.environment,
    ...expanded(built.detected.environment),
    ...(readsServerAddress.test(stack.language) ? given : withoutServerAddress(given)),
    HOME: options.home,
    TMPDIR: options.temporary,
    ...options.markers,
  };
}

/** In other languages, settings of that name hold a port as well, `0.0.0.0:8080`: a host alone is no address for them. */
const readsServerAddress = /^(Java|Kotlin|unknown)$/;

function withoutServerAddress(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== 'SERVER_ADDRESS'));
}

function defaultsFor(language: string, memoryBytes: number, measured: boolean): Readonly<Record<string, string>> {
  switch (language) {
    case 'JavaScript':
    case 'TypeScript':
      return { NODE_ENV: 'production' };
    case 'Python':
      // Lines come when they are printed, and nothing is written beside the sources.
      return { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' };
    case 'Java':
    case 'Kotlin':
      // It sizes its heap by the machine's memory, and would grow beyond what it may have before it cleans up.
      return {
        JDK_JAVA_OPTIONS: `-XX:MaxRAM=${memoryBytes}${measured ? '' : ' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC'}`,
      };
    case 'unknown':
      // Whoever starts a jar or `sbt` runs on a JVM as well; others do not read it.
      return { JDK_JAVA_OPTIONS: `-XX:MaxRAM=${memoryBytes}` };
    default:
      return {};
  }
}
