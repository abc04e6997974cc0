import { Fault } from '@assay/contract';
import type { FolderView } from '../folder-view.ts';
import { namedPrograms } from '../named-programs.ts';
import type { Proposal, StackRule } from '../stack-rule.ts';
import { compiledMain } from './compiled-main.ts';
import { entryFile, imports, listens } from './entry-file.ts';
import { migrationCommand } from './migrations.ts';
import { readPackageJson, type PackageJson } from './package-json.ts';
import { packageManagerOf, type PackageManager } from './package-manager.ts';
import { prismaClient, prismaEnvironment } from './prisma.ts';
import { isForBun, runnerOf } from './runner.ts';
import { buildScript, startScript } from './start-script.ts';

/** A framework that is recognised by its package. */
export interface NodeFramework {
  /** As it stands in `--stack`. */
  readonly name: string;
  /** `Express`. */
  readonly title: string;
  readonly package: string;
}

const serverPackages = [
  'express',
  'fastify',
  '@nestjs/core',
  'koa',
  'hono',
  '@hapi/hapi',
  'restify',
  'polka',
  'h3',
  'next',
  'apollo-server',
  '@apollo/server',
];
const drivers =
  /^(pg|pg-native|pg-promise|postgres|slonik|@databases\/pg.*|@neondatabase\/.*|@vercel\/postgres|massive|@supabase\/.*|.*postgres.*)$/;
/** These know many databases, and say nothing of which. */
const mappers = /^(knex|prisma|@prisma\/.*|sequelize|typeorm|drizzle-orm|kysely|@mikro-orm\/.*)$/;
const otherDrivers =
  /^(libsql|@libsql\/.*|sqlite3?|better-sqlite3|mysql2?|mariadb|mssql|tedious|oracledb|mongodb|@planetscale\/.*|@mikro-orm\/(libsql|sqlite|better-sqlite|mysql|mariadb|mssql|mongodb))$/;

/** A rule for a framework whose package stands among the dependencies; of several, the one that the sources import. */
export function frameworkRule(framework: NodeFramework): StackRule {
  return {
    name: framework.name,
    ecosystem: 'javascript',
    recognise(view) {
      const manifest = readPackageJson(view);
      if (manifest === null || !(framework.package in manifest.dependencies)) return null;
      const rivals = serverPackages.filter((name) => name !== framework.package && name in manifest.dependencies);
      if (rivals.length > 0 && !imports(view, framework.package) && rivals.some((name) => imports(view, name)))
        return null;
      return nodeProposal(view, manifest, framework.title, `package.json (${framework.package})`);
    },
  };
}

/** What any JavaScript or TypeScript backend has in common. `manifest` is null for a folder of plain sources. */
export function nodeProposal(
  view: FolderView,
  manifest: PackageJson | null,
  framework: string | null,
  evidence: string,
): Proposal {
  const known: PackageJson = manifest ?? {
    dependencies: {},
    scripts: {},
    main: null,
    isModule: false,
    packageManager: null,
    workspaces: [],
  };
  refuseMember(view, known);
  const manager = packageManagerOf(view, known);
  const entry = entryFile(view, known.main);
  const typed = view.hasFile('tsconfig.json') || entry?.endsWith('ts') === true;
  const start = startOf(view, known, manager, compiledMain(view, known, entry) ?? entry);
  return {
    ecosystem: 'javascript',
    language: typed ? 'TypeScript' : 'JavaScript',
    framework,
    evidence,
    install: manager.install,
    lockFiles: manager.lockFiles,
    dependencyFolders: manager.dependencyFolders,
    installReadsSources: manager.installReadsSources,
    compile: [...prismaClient(view, known, buildScript(known, manager).length > 0), ...compileOf(known, manager)],
    start,
    release: migrationCommand(view, known, manager, startedFile(start)),
    environment: prismaEnvironment(view, known),
    files: {},
    speaksPostgres: speaksPostgres(view, known),
    tools: manager.tools,
    programs: namedPrograms(Object.values(known.scripts)),
  };
}

/** What a member of a workspace needs stands beside it, where nothing is looked at. */
function refuseMember(view: FolderView, { dependencies, workspaces }: PackageJson): void {
  const sibling = Object.entries(dependencies).find(([, range]) => range.startsWith('workspace:'));
  if (sibling === undefined || workspaces.length > 0 || view.hasFile('pnpm-workspace.yaml')) return;
  throw new Fault(
    'not-a-backend',
    `package.json takes ${sibling[0]} from the workspace that ${view.root} is a member of (\`${sibling[1]}\`), so it cannot be built alone.`,
    'Give the root of the workspace, with an assay.yaml there that says how to `start:` this member.',
  );
}

/** A Nest application has to be compiled also where no script says so: its own command line does it. */
function compileOf(manifest: PackageJson, manager: PackageManager): readonly string[] {
  const build = buildScript(manifest, manager);
  return build.length === 0 && '@nestjs/cli' in manifest.dependencies ? ['npx nest build'] : build;
}

function startOf(
  view: FolderView,
  manifest: PackageJson,
  manager: PackageManager,
  entry: string | null,
): Proposal['start'] {
  const script = startScript(view, manifest, manager);
  // fastify-cli reads its address from FASTIFY_ADDRESS and knows nothing of HOST.
  if (script !== null)
    return { command: script.startsWith('fastify start') ? `FASTIFY_ADDRESS=$HOST ${script}` : script };
  if (entry !== null && isForBun(view, entry)) return { command: `bun run ${entry}` };
  if (entry !== null) return { command: `${runnerOf(manifest, entry)} ${entry}` };
  return {
    missing:
      'package.json has no `start` script, and there is no server.js, app.js, index.js or main.js (or .ts), also not in src',
  };
}

function startedFile(start: Proposal['start']): string | null {
  return 'command' in start
    ? (/(?:^|\s)(?:\.\/)?([\w./-]+\.[cm]?[jt]sx?)(?=\s|$)/.exec(start.command)?.[1] ?? null)
    : null;
}

function speaksPostgres(view: FolderView, manifest: PackageJson): boolean | null {
  const names = Object.keys(manifest.dependencies);
  if (names.some((name) => drivers.test(name))) return true;
  if (names.some((name) => mappers.test(name))) return names.some((name) => otherDrivers.test(name)) ? false : null;
  const lock = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock'].find((file) =>
    view.hasFile(file),
  );
  // A lock file too long to be read here settles nothing.
  if (lock !== undefined) {
    const locked = view.text(lock);
    return locked === null ? null : /(^|[/"'\s])(pg|postgres|pg-native)["'@]/m.test(locked);
  }
  const foreign = names.some((name) => /^(git|http|file|link|workspace|\.)/.test(manifest.dependencies[name] ?? ''));
  return foreign ? null : false;
}

/** A backend on Node.js alone: something listens, or the start script runs Node.js. */
export function plainNodeProposal(view: FolderView): Proposal | null {
  const manifest = readPackageJson(view);
  const entry = entryFile(view, manifest?.main ?? null);
  const listening = entry !== null && listens(view.text(entry) ?? '');
  const scripts = manifest === null ? [] : [manifest.scripts.start ?? '', manifest.scripts['start:prod'] ?? ''];
  const started = scripts.some((script) => /(^|\s)(node|tsx|ts-node|nodemon|bun|deno|next start)\b/.test(script));
  if (!listening && !started) return null;
  const evidence = manifest === null ? `${entry ?? 'sources'} (listens)` : 'package.json (Node.js)';
  return { ...nodeProposal(view, manifest, null, evidence), weak: !listening };
}
