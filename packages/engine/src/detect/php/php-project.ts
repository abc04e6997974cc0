import type { FolderView } from '../folder-view.ts';
import type { Proposal } from '../stack-rule.ts';
import { readComposerJson, type ComposerJson } from './composer-json.ts';
import { frontController, phpServer } from './router.ts';

export interface PhpStack {
  readonly framework: string | null;
  readonly evidence: string;
  readonly release: string | null;
  readonly compile?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Assignments in front of the start command, for what is known only when it starts. */
  readonly assignments?: string;
  readonly speaksPostgres: boolean | null;
}

/**
 * What any PHP backend has in common. Packages are installed without autoloader and scripts, so that they can be shared between
 * sources; the autoloader is made, and with it the scripts are run, beside the sources it loads.
 */
export function phpProposal(view: FolderView, composer: ComposerJson | null, stack: PhpStack): Proposal {
  const script = frontController(view);
  const server = script === null ? null : phpServer(view, script);
  const prefix = stack.assignments === undefined ? '' : `${stack.assignments} `;
  const locked = view.hasFile('composer.lock');
  const { assignments: _, compile = [], environment = {}, ...rest } = stack;
  return {
    ecosystem: 'php',
    language: 'PHP',
    ...rest,
    install:
      composer === null
        ? []
        : [
            `composer ${locked ? 'install' : 'update'} --no-dev --no-scripts --no-autoloader --no-interaction --no-progress --prefer-dist`,
          ],
    lockFiles: ['composer.json', 'composer.lock', 'auth.json'].filter((file) => view.hasFile(file)),
    dependencyFolders: composer === null ? [] : locked ? ['vendor'] : ['vendor', 'composer.lock'],
    installReadsSources: /"type"\s*:\s*"path"/.test(view.text('composer.json') ?? ''),
    compile: composer === null ? [] : ['composer dump-autoload --no-dev --optimize --no-interaction', ...compile],
    start:
      server === null
        ? { missing: 'there is no public/index.php and no index.php' }
        : { command: `${prefix}${server.command}` },
    // One worker handles one request at a time; a backend that is never asked two things at once shows nothing.
    environment: { PHP_CLI_SERVER_WORKERS: '4', ...environment },
    files: server?.files ?? {},
    tools: [
      { program: 'php', purpose: 'to run it' },
      ...(composer === null ? [] : [{ program: 'composer', purpose: 'to install its packages' }]),
    ],
  };
}

/** The script of composer.json that prepares a fresh database. */
export function migrationScript(composer: ComposerJson | null): string | null {
  const name = ['release', 'migrate', 'migrations:migrate', 'db:migrate'].find(
    (script) => composer !== null && script in composer.scripts,
  );
  return name === undefined ? null : `composer run-script --no-interaction ${name}`;
}

export { readComposerJson };
