import type { FolderView } from '../folder-view.ts';
import type { Proposal } from '../stack-rule.ts';

/** The framework a build file names, with the title people know it by. */
export function javaFramework(build: string): string | null {
  if (/spring-boot/.test(build)) return 'Spring Boot';
  if (/io\.quarkus/.test(build)) return 'Quarkus';
  if (/io\.micronaut/.test(build)) return 'Micronaut';
  if (/io\.javalin/.test(build)) return 'Javalin';
  if (/com\.sparkjava/.test(build)) return 'Spark';
  if (/io\.helidon/.test(build)) return 'Helidon';
  if (/io\.ktor/.test(build)) return 'Ktor';
  return /io\.vertx/.test(build) ? 'Vert.x' : null;
}

/** The variables by which a framework is told its port and database, where it does not read `PORT` and `DATABASE_URL` itself. */
export function startAssignments(framework: string | null, build: string, hasOwnDatabase: boolean): string {
  if (framework === 'Spring Boot') {
    const database =
      !hasOwnDatabase && /jdbc|data-jpa|postgresql/.test(build)
        ? ' SPRING_DATASOURCE_URL=${SPRING_DATASOURCE_URL:-$JDBC_DATABASE_URL} SPRING_DATASOURCE_USERNAME=${SPRING_DATASOURCE_USERNAME:-$PGUSER} SPRING_DATASOURCE_PASSWORD=${SPRING_DATASOURCE_PASSWORD:-$PGPASSWORD}'
        : '';
    return `SERVER_PORT=$PORT SERVER_ADDRESS=$HOST${database}${hasOwnDatabase ? '' : migrationAssignments(build)} `;
  }
  if (framework === 'Quarkus') {
    return 'QUARKUS_HTTP_PORT=$PORT QUARKUS_HTTP_HOST=$HOST QUARKUS_DATASOURCE_JDBC_URL=$JDBC_DATABASE_URL QUARKUS_DATASOURCE_USERNAME=$PGUSER QUARKUS_DATASOURCE_PASSWORD=$PGPASSWORD ';
  }
  if (framework === 'Micronaut') {
    // With the driver of another database beside PostgreSQL's, its own settings say which it is.
    const database =
      /jdbc/.test(build) && /postgresql/.test(build) && !/h2database|mysql|mariadb/.test(build)
        ? 'DATASOURCES_DEFAULT_URL=${DATASOURCES_DEFAULT_URL:-$JDBC_DATABASE_URL} DATASOURCES_DEFAULT_USERNAME=${DATASOURCES_DEFAULT_USERNAME:-$PGUSER} DATASOURCES_DEFAULT_PASSWORD=${DATASOURCES_DEFAULT_PASSWORD:-$PGPASSWORD} '
        : '';
    return `MICRONAUT_SERVER_PORT=$PORT MICRONAUT_SERVER_HOST=$HOST ${database}`;
  }
  return '';
}

/** Beside R2DBC, Flyway and Liquibase have an address of their own, since they speak JDBC only. */
function migrationAssignments(build: string): string {
  if (!/r2dbc/.test(build)) return '';
  const tool = /flyway/.test(build) ? 'FLYWAY' : /liquibase/.test(build) ? 'LIQUIBASE' : null;
  if (tool === null) return '';
  const unlessSaid = (name: string, otherwise: string): string =>
    ` SPRING_${tool}_${name}=\${SPRING_${tool}_${name}:-${otherwise}}`;
  return [
    unlessSaid('URL', '$SPRING_DATASOURCE_URL'),
    unlessSaid('USER', '$PGUSER'),
    unlessSaid('PASSWORD', '$PGPASSWORD'),
  ].join('');
}

/** The class with a `main` method below `src/main`: what the build names, else the only one, else the one with the usual name. */
export function mainClass(view: FolderView, folder: string, build: string): string | null {
  const said =
    /<mainClass>\s*([\w.$]+)\s*<\/mainClass>/.exec(build)?.[1] ??
    /mainClass(?:Name)?(?:\.set\(|\s*=|\s)\s*['"]([\w.$]+)['"]/.exec(build)?.[1];
  if (said !== undefined) return said;
  const prefix = folder === '' ? '' : `${folder}/`;
  const files = view
    .find(/\.(java|kt)$/, 12)
    .filter(
      (path) =>
        path.startsWith(`${prefix}src/main/`) &&
        /static\s+void\s+main\s*\(|^fun\s+main\s*\(/m.test(view.text(path) ?? ''),
    );
  const usual =
    files.length === 1 ? files : files.filter((path) => /(Application|Main|App|Server)(Kt)?\.(java|kt)$/.test(path));
  const file = usual[0] ?? files[0];
  if (file === undefined) return null;
  const packageName = /^\s*package\s+([\w.]+)/m.exec(view.text(file) ?? '')?.[1];
  const name = file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.java$/, '')
    .replace(/\.kt$/, 'Kt');
  return packageName === undefined ? name : `${packageName}.${name}`;
}

/** What Maven and Gradle projects have in common. Both keep a store of their own for dependencies, shared by everything on the machine. */
export function javaProposal(
  view: FolderView,
  build: string,
  parts: Pick<Proposal, 'evidence' | 'compile' | 'start' | 'tools' | 'hasOwnDatabase'>,
): Proposal {
  return {
    ecosystem: 'java',
    language: view.find(/\.kt$/, 12).length > 0 && view.find(/\.java$/, 12).length === 0 ? 'Kotlin' : 'Java',
    framework: javaFramework(build),
    ...parts,
    install: [],
    lockFiles: [],
    dependencyFolders: [],
    installReadsSources: false,
    release: null,
    environment: {},
    files: {},
    speaksPostgres: /postgres|pgjdbc/i.test(build)
      ? true
      : /<parent>|<modules>|libs\.|include/.test(build)
        ? null
        : false,
  };
}
