import type { UngivenVariables } from './example-variables.ts';

export interface HintContext {
  readonly port: number;
  readonly databasePort: number | null;
  readonly log: readonly string[];
  /** Default: there is no example of its variables. */
  readonly ungiven?: UngivenVariables | null;
}

export interface Hint {
  readonly detail: string;
  readonly fix: string;
}

/** How languages and their libraries for settings complain of a variable that is not set. */
const missingVariable = new RegExp(
  [
    /KeyError: ['"]([A-Z][A-Z0-9_]{2,})['"]/,
    /Could not resolve placeholder ['"]([^'"]+)['"]/,
    /Configuration key ['"]([^'"]+)['"] does not exist/,
    /Set the ([A-Z][A-Z0-9_]+) environment variable/,
    /Missing (?:required )?environment variables?:?\s*([A-Z][A-Z0-9_]{2,})?/,
    // Of two, the first will do.
    /Either ['"]([A-Z][A-Z0-9_]{2,})['"] or ['"]\w+['"] must be set/,
    /['"`]?\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)['"`]?(?: environment variable| env var)? (?:is (?:a )?(?:required|missing|undefined|empty)|(?:is|was) not (?:set|defined|found|provided)|must be (?:set|defined|provided)|(?:setting )?must not be empty|not (?:set|found|defined))/,
    /secretOrPrivateKey must have a value|requires a secret or key/,
    /\benv(?:ironment)? var(?:iable)? ['"`]?([A-Z][A-Z0-9_]{2,})['"`]? (?:not found|not set|is missing|is required)/,
    /\b([A-Z][A-Z0-9_]{2,})\n\s+[Ff]ield required/,
    // Pydantic takes a variable in any case, and complains of bodies and documents in the same words.
    /validation errors? for \w{0,60}(?:[Ss]etting|[Cc]onfig|[Ee]nv)\w{0,60}\n(?:.*\n){0,40}?(\w+)\n\s+[Ff]ield required/,
  ]
    .map(({ source }) => source)
    .join('|'),
);

/** What is read of the log: it is the backend's to choose, and must not keep us busy. */
const read = { lines: 200, ofLine: 1000, characters: 65_536 };

/** What the last lines give away. The first that matches is told. */
export function findHint(context: HintContext): Hint | null {
  const lines = context.log.slice(-read.lines).map((line) => line.slice(0, read.ofLine));
  const text = lines.join('\n').slice(-read.characters);
  const own = context.databasePort;
  const rows: readonly (readonly [RegExp, (match: RegExpExecArray) => Hint | null])[] = [
    [
      /EADDRINUSE.*?:(\d+)\s*$|EADDRINUSE|Address already in use|Port (\d+) (?:was|is) already in use/im,
      (match) => {
        const port = match[1] ?? match[2];
        const other = port !== undefined && Number(port) !== context.port;
        return {
          detail: `The port${port === undefined ? '' : ` ${port}`} it wants is taken.`,
          fix: other
            ? `Listen on PORT, which is ${context.port}, instead of ${port}.`
            : 'Does it listen twice? Let only one of its processes open the port.',
        };
      },
    ],
    [
      /No module named ['"]?psycopg2\b/,
      () => ({
        detail: 'It cannot find psycopg2.',
        fix: 'Name psycopg2-binary among the dependencies. Where SQLAlchemy is to take another driver, name that in the scheme: `DATABASE_URL: postgresql+asyncpg://` under `env:` in assay.yaml, and Assay gives its address with it.',
      }),
    ],
    [
      /(?:Cannot find (?:module|package)|ModuleNotFoundError: No module named|ClassNotFoundException:?|NoClassDefFoundError:?) ['"]?([^'"\s]+)|\bClass ['"]?([^'"\s]+)['"]? not found/i,
      (match) => ({
        detail: `It cannot find ${(match[1] ?? match[2] ?? '').replace(/['"]$/, '')}.`,
        fix: 'Name it among the dependencies (package.json, requirements.txt, pom.xml, composer.json), with the lock file brought up to date; or mend the path.',
      }),
    ],
    [
      /(?:sh|bash|dash)(?:: \d+)?: (?:\d+: )?(\S+): (?:command )?not found/i,
      (match) => ({
        detail: `The program ${match[1]} is not there.`,
        fix: 'Correct the start command, or install the program: see `assay doctor`.',
      }),
    ],
    [
      // The error of a parser of XML or JSON says nothing of the source.
      /(?<![\w.])(?:SyntaxError(?!:.*JSON)|IndentationError|TabError|ParseError)\b|Parse error|error: unexpected token/i,
      () => ({ detail: 'Its source has a syntax error.', fix: 'Mend the line that the log names.' }),
    ],
    [
      /could not find driver/i,
      () => ({
        detail: 'PHP has no driver for the database that it opens.',
        fix: 'Open PostgreSQL (`pgsql:` in the address, DB_CONNECTION=pgsql). Where it does, PHP lacks the extension pdo_pgsql: see `assay doctor`.',
      }),
    ],
    [
      /binaries\.prisma\.sh.*(?:failed|EAI_AGAIN|ENOTFOUND|ENETUNREACH|ETIMEDOUT|ECONN)/,
      () => ({
        detail: 'Prisma tried to fetch its engine, and there is no network but to the database.',
        fix: 'Let the build fetch it: name `prisma` among the dependencies, and run `npx prisma generate` there.',
      }),
    ],
    [
      /ECONNREFUSED\s+(\S+):(\d+)\b|connection to server (?:on socket "([^"]+)"|at "([^"]+)"[^\n]*port (\d+)) failed|Connection to (\S+?):(\d+) refused|dial tcp (\S+?):(\d+): connect/i,
      (match) => {
        const [host, port] = [
          match[1] ?? match[3] ?? match[4] ?? match[6] ?? match[8],
          match[2] ?? match[5] ?? match[7] ?? match[9],
        ];
        if (own !== null && Number(port) === own)
          return {
            detail: `The connection to ${host}:${port} was refused.`,
            fix: 'Connect to PGHOST, as DATABASE_URL has it, and not by another name.',
          };
        return {
          detail: `It tried to connect to ${host}${port === undefined ? '' : `:${port}`}, where nothing listens.`,
          fix: 'Take the database from DATABASE_URL (or PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE), and need no other service.',
        };
      },
    ],
    [
      /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)|could not translate host name "([^"]+)"|UnknownHostException: (\S+)|could not find host "?([^"\s]+)/i,
      (match) => ({
        detail: `It looked for the host ${match[1] ?? match[2] ?? match[3] ?? match[4]}, which there is not.`,
        fix: 'Take the database from DATABASE_URL; there is no network but to it.',
      }),
    ],
    [
      /server does not support (?:SSL|TLS)|SSL (?:is not enabled on the server|off)/i,
      () => ({
        detail: 'It asked the database for TLS, which there is none of on the way to it.',
        fix: 'Turn TLS off where DATABASE_URL has no sslmode: `ssl: false`, `sslmode=disable`; often it is the environment that turns it on.',
      }),
    ],
    [
      /password authentication failed for user "([^"]+)"|database "([^"]+)" does not exist/i,
      () => ({
        detail: 'The database refused its name, password or database.',
        fix: 'Take user, password and database from DATABASE_URL.',
      }),
    ],
    [
      /relation "([^"]+)" does not exist/i,
      (match) => ({
        detail: `The table ${match[1]} does not exist.`,
        fix: 'Create the tables at start, or give a `release:` command in assay.yaml that does.',
      }),
    ],
    [
      missingVariable,
      (match) => {
        const name = match.slice(1).find((group) => group !== undefined);
        return {
          detail: `It needs a setting from its environment${name === undefined ? '' : `: ${name}`}.`,
          fix: `Give it under \`env:\` in assay.yaml (${whichThereAre(context.ungiven)}; \`$PGHOST\` and the like stand for the database). Nothing of your own shell is passed on.`,
        };
      },
    ],
    [
      /EACCES|EROFS|Read-only file system|Permission denied/i,
      () => ({
        detail: 'It tried to write or open what it may not.',
        fix: 'Write to its own folder or to TMPDIR, and listen on PORT.',
      }),
    ],
    [
      /heap out of memory|OutOfMemoryError|MemoryError|Cannot allocate memory/i,
      () => ({ detail: 'It ran out of memory.', fix: 'Make it need less memory at start.' }),
    ],
    [
      // Many go on without it, so whatever else was said comes first.
      /Error loading \.env file|node: \S*\.env\S*: not found|open \S*\.env: no such file/,
      () => ({
        detail: 'It reads its settings from a file .env, which there is not.',
        fix: 'Start without the file where it is not there (`--env-file-if-exists`), and give what it holds under `env:` in assay.yaml.',
      }),
    ],
  ];
  for (const [pattern, explain] of rows) {
    const match = pattern.exec(text);
    if (match !== null) return explain(match);
  }
  return null;
}

/** All at once: one that is missing hides the next. */
function whichThereAre(ungiven: UngivenVariables | null | undefined): string {
  return ungiven == null
    ? 'its .env.example or README tells which there are'
    : `${ungiven.file} names, and it was not given: ${ungiven.names.join(', ')}`;
}
